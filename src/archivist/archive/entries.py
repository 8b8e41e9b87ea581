"""What the index holds of an archive, and which parts of it a change of a row touches."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archivist.model.case import Case
from archivist.model.document import Document, Field
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId
from archivist.model.quote import Quote
from archivist.model.search import Entry, Found
from archivist.storage.cases import CaseStore
from archivist.storage.documents import DocumentStore
from archivist.storage.engine import Database
from archivist.storage.links import LinkStore
from archivist.storage.quotes import QuoteStore
from archivist.storage.tags import TagStore
from archivist.storage.texts import TextStore

Key = tuple[Found, str]


@dataclass(slots=True)
class Touched:
    """The things whose entries are to be written anew."""

    documents: set[DocumentId] = field(default_factory=set)
    quotes: set[QuoteId] = field(default_factory=set)
    cases: set[CaseId] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.documents) + len(self.quotes) + len(self.cases)


class EntryMaker:
    """Makes index entries out of rows. Reads only."""

    def __init__(self, db: Database) -> None:
        self._documents = DocumentStore(db)
        self._texts = TextStore(db)
        self._quotes = QuoteStore(db)
        self._tags = TagStore(db)
        self._cases = CaseStore(db)
        self._links = LinkStore(db)

    def touched_by(self, rows: Iterable[tuple[str, str]]) -> Touched:
        """What changed rows, told as (table, id), mean for the index."""
        by_table: dict[str, list[str]] = defaultdict(list)
        for table, row_id in rows:
            by_table[table].append(row_id)
        touched = Touched()
        for table, ids in by_table.items():
            touched.documents |= self._links.documents_behind(table, ids)
            touched.quotes |= self._links.quotes_behind(table, ids)
            touched.cases |= self._links.cases_behind(table, ids)
        touched.documents |= self._links.documents_behind("quotes", touched.quotes)
        return touched

    def everything(self) -> Touched:
        """All that lives, by id only: what is of it is read when its turn comes."""
        return Touched(set(self._documents.ids()), set(self._quotes.ids()), set(self._cases.ids()))

    def entries(self, touched: Touched) -> Iterator[Entry]:
        """The entries of those of the touched things that live."""
        tag_names = {tag.id: tag.name for tag in self._tags.all()}
        cases = {case.id: case for case in self._cases.all()}
        for document_id in sorted(touched.documents):
            document = self._documents.get(document_id)
            if document and not document.deleted:
                yield self._document(document, tag_names, cases)
        for quote_id in sorted(touched.quotes):
            quote = self._quotes.get(quote_id)
            document = self._documents.get(quote.document_id) if quote else None
            if quote and document and not quote.deleted and not document.deleted:
                yield from _quote(quote, document, tag_names, cases)
        for case_id in sorted(touched.cases):
            if case := cases.get(case_id):
                yield Entry(Found.CASE, case.id, None, case.name, case_text(case), cases=_names([case]))

    @staticmethod
    def keys(touched: Touched) -> list[Key]:
        """All keys that the touched things may have in the index, living or not."""
        return [
            *((Found.DOCUMENT, document_id) for document_id in touched.documents),
            *((found, quote_id) for quote_id in touched.quotes for found in (Found.QUOTE, Found.NOTE)),
            *((Found.CASE, case_id) for case_id in touched.cases),
        ]

    def _document(self, document: Document, tag_names: dict[TagId, str], cases: dict[CaseId, Case]) -> Entry:
        text = self._texts.get(document.text_id) if document.text_id else None
        quotes = self._quotes.of_document(document.id)
        linked = {link.case_id for quote in quotes for link in quote.cases}
        return Entry(
            found=Found.DOCUMENT,
            id=document.id,
            document_id=document.id,
            title=document.title,
            text=text.content if text else "",
            tags=tuple(sorted({tag_names[tag] for quote in quotes for tag in quote.tags})),
            cases=_names(cases[case_id] for case_id in sorted(linked)),
            language=document.language,
            kind=document.kind,
            date=self._documents.best(document.id, Field.DATE),
        )


def case_text(case: Case) -> str:
    """The words of a case that are searched besides its name."""
    return "\n".join(filter(None, (*case.aliases, case.summary, case.notes)))


def _quote(
    quote: Quote, document: Document, tag_names: dict[TagId, str], cases: dict[CaseId, Case]
) -> Iterator[Entry]:
    entry = Entry(
        found=Found.QUOTE,
        id=quote.id,
        document_id=quote.document_id,
        title=document.title,
        text=quote.anchor.exact,
        tags=tuple(tag_names[tag] for tag in quote.tags),
        cases=_names(cases[link.case_id] for link in quote.cases),
        language=document.language,
        kind=document.kind,
    )
    yield entry
    if quote.note:
        yield replace(entry, found=Found.NOTE, text=quote.note)


def _names(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(name for case in cases for name in (case.name, *case.aliases))

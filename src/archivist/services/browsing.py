"""What lists, panes and the reader show of an archive. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from archivist.archive.archive import Archive
from archivist.model.anchor import Span, resolve
from archivist.model.browsing import (
    Bin,
    CasePage,
    Counts,
    DocumentDetails,
    DocumentRow,
    Listing,
    OpenDocument,
    QuoteRow,
)
from archivist.model.case import Case
from archivist.model.document import Document
from archivist.model.errors import NotFound
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId, TextId
from archivist.model.quote import Quote
from archivist.model.tag import Tag
from archivist.model.text import Section, SectionKind, Text
from archivist.storage.browsing import QuoteListing


def list_documents(archive: Archive, listing: Listing) -> list[DocumentId]:
    return archive.browsing.documents(listing)


def document_rows(archive: Archive, ids: Sequence[DocumentId]) -> list[DocumentRow]:
    """What a list shows of documents, in the order of `ids`; what is gone is left out."""
    return archive.document_rows.rows(ids)


def document_details(archive: Archive, document_id: DocumentId) -> DocumentDetails:
    """Raises NotFound where there is none."""
    with archive.reading():
        document = _document(archive, document_id)
        linked = {link.case_id for quote in archive.quotes.of_document(document_id) for link in quote.cases}
        return DocumentDetails(
            document=document,
            metadata=tuple(archive.documents.metadata(document_id)),
            provenances=tuple(archive.documents.provenances(document_id)),
            cases=tuple(case for case in archive.cases.all() if case.id in linked),
            is_open_before=archive.readings.place(document_id) is not None,
        )


def counts(archive: Archive) -> Counts:
    """How much there is of everything."""
    with archive.reading():
        facets = archive.counting.facets()
        return Counts(
            shelves=archive.counting.shelves(),
            quotes=archive.counting.quotes(),
            tags=tuple(archive.tags.all()),
            cases=tuple(archive.cases.all()),
            languages=facets.languages,
            kinds=facets.kinds,
            years=facets.years,
        )


def open_document(archive: Archive, document_id: DocumentId) -> OpenDocument:
    """A document with its text and quotes, and where reading stopped.

    Raises:
        NotFound: there is none.
    """
    with archive.reading():
        document = _document(archive, document_id)
        text = archive.texts.get(document.text_id) if document.text_id else None
        place = archive.readings.place(document_id) or ""
        return OpenDocument(document, text, tuple(quotes_of(archive, document_id)), place)


def quotes_of(archive: Archive, document_id: DocumentId) -> list[QuoteRow]:
    """The quotes of a document, in the order of its text."""
    with archive.reading():
        return _quote_rows(archive, archive.quotes.of_document(document_id))


def list_quotes(  # noqa: PLR0913 - each narrows the list
    archive: Archive,
    *,
    tag: TagId | None = None,
    case: CaseId | None = None,
    colour: str = "",
    deleted: bool = False,
    review: bool = False,
) -> list[QuoteId]:
    """The quotes for which all of this holds, document by document, in the order of the text.

    Quotes without a colour are amber.
    """
    return archive.browsing.quotes(QuoteListing(tag, case, colour, deleted, review))


def quote_rows(archive: Archive, ids: Sequence[QuoteId]) -> list[QuoteRow]:
    """What is shown of quotes, in the order of `ids`; what is gone is left out."""
    with archive.reading():
        known = archive.quotes.many(ids)
        return _quote_rows(archive, [known[quote_id] for quote_id in ids if quote_id in known])


def case_page(archive: Archive, case_id: CaseId) -> CasePage:
    """A case with its quotes, in the order set by hand.

    Raises:
        NotFound: there is none.
    """
    with archive.reading():
        case = archive.cases.get(case_id)
        if case is None:
            raise NotFound("case", case_id)
        return CasePage(case, tuple(_quote_rows(archive, archive.quotes.of_case(case_id))))


def deleted_things(archive: Archive) -> Bin:
    """What can be restored."""
    with archive.reading():
        return Bin(
            documents=tuple(archive.documents.all(deleted=True)),
            quotes=tuple(_quote_rows(archive, archive.quotes.deleted())),
            tags=tuple(archive.tags.all(deleted=True)),
            cases=tuple(archive.cases.all(deleted=True)),
        )


def read_original(archive: Archive, document_id: DocumentId) -> bytes:
    """The bytes as they were received, proved.

    Raises:
        NotFound: there is no such document.
        OriginalDamaged: they are not what was kept.
    """
    return archive.originals.read(_document(archive, document_id).sha256)


def _document(archive: Archive, document_id: DocumentId) -> Document:
    document = archive.documents.get(document_id)
    if document is None:
        raise NotFound("document", document_id)
    return document


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the quotes of one list have in common, each read once."""

    documents: Mapping[DocumentId, Document]
    tags: Mapping[TagId, Tag]
    cases: Mapping[CaseId, Case]
    sections: Mapping[TextId, tuple[Section, ...]]
    needy: set[QuoteId]

    def row(self, quote: Quote, place: "_Place") -> QuoteRow:
        return QuoteRow(
            quote=quote,
            document=self.documents[quote.document_id],
            page_label=place.page_label,
            tags=tuple(self.tags[tag_id] for tag_id in quote.tags),
            cases=tuple((self.cases[link.case_id], link.role) for link in quote.cases),
            span=place.span,
            needs_review=quote.id in self.needy,
        )

    def where_marked(self, quote: Quote) -> "_Place | None":
        """The place of a quote whose words stand where they were marked, in the text of today."""
        anchor = quote.anchor
        if quote.id in self.needy or anchor.text_id != self.documents[quote.document_id].text_id:
            return None
        return _Place(Span(anchor.start, anchor.end), _label(self.sections[anchor.text_id], anchor.page))


@dataclass(frozen=True, slots=True)
class _Place:
    span: Span | None = None
    page_label: str = ""


def _quote_rows(archive: Archive, quotes: Sequence[Quote]) -> list[QuoteRow]:
    shown = _Shown(
        documents=archive.documents.many({quote.document_id for quote in quotes}),
        tags={tag.id: tag for tag in archive.tags.all()},
        cases={case.id: case for case in archive.cases.all()},
        sections=archive.texts.sections_of({quote.anchor.text_id for quote in quotes}),
        needy=archive.reviews.needy(quote.id for quote in quotes),
    )
    looked_for = [quote for quote in quotes if shown.where_marked(quote) is None]
    found = _looked_for(archive, looked_for, shown.documents)
    return [shown.row(quote, shown.where_marked(quote) or found[quote.id]) for quote in quotes]


def _looked_for(
    archive: Archive, quotes: Iterable[Quote], documents: Mapping[DocumentId, Document]
) -> dict[QuoteId, _Place]:
    """Where quotes stand that are not where they were marked; one text at a time is read for it."""
    places: dict[QuoteId, _Place] = {}
    in_order = sorted(quotes, key=lambda quote: quote.document_id)
    for document_id, its in groupby(in_order, key=lambda quote: quote.document_id):
        text_id = documents[document_id].text_id
        text = archive.texts.get(text_id) if text_id else None
        for quote in its:
            places[quote.id] = _place(quote, text)
    return places


def _place(quote: Quote, text: Text | None) -> _Place:
    placed = resolve(quote.anchor, text.content) if text else None
    if text is None or placed is None:
        return _Place()
    return _Place(placed.span, _label(text.sections, text.page_at(placed.span.start)))


def _label(sections: Iterable[Section], page: int | None) -> str:
    """What is printed on the page, counted from 1; its number where nothing is."""
    if page is None:
        return ""
    pages = [section for section in sections if section.kind is SectionKind.PAGE]
    return pages[page - 1].label or str(page) if page <= len(pages) else ""

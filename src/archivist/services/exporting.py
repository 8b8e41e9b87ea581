"""Out of the archive: chosen cases and quotes become a briefing pack that proves itself.

The pack model is gathered here, each quote is proved against its untouched original, and
only then is anything written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from archivist import __version__
from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.citation import CitedSource, cite
from archivist.model.document import Document, Field
from archivist.model.errors import ExportStopped
from archivist.model.ids import CaseId, DocumentId, TagId, TextId, natural_id
from archivist.model.pack import Citation, Pack, PackCase, PackQuote, PackSource, Words
from archivist.model.quote import Quote
from archivist.packs.writer import WRITERS, Exhibits, Report, write_pack
from archivist.services.proving import prove

PROFILE = "internal"
FORMATS = tuple(WRITERS)


@dataclass(frozen=True, slots=True)
class PackOrder:
    """What the advocate wants in a pack. Empty `cases` and `tags` choose all.

    `day` is the date of the pack's own; None takes the day of the archive's last deed, so that the same
    state gives the same bytes.
    """

    title: str = "Briefing"
    recipient: str = ""
    author: str = ""
    language: str = "en"
    day: date | None = None
    summary: tuple[str, ...] = ()
    cases: tuple[CaseId, ...] = ()
    tags: tuple[TagId, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A pack that was written, and what is to be known of it."""

    pack: Pack
    report: Report


def export_pack(
    archive: Archive, order: PackOrder, formats: Iterable[str], out: Path, reference: bytes | None = None
) -> Exported:
    """Write the pack into a new folder below `out`.

    Raises:
        ExportStopped: there is nothing to export, or a quote could not be proved.
        AlreadyThere: that folder exists.
        StorageFull: no room on the disk; nothing is left behind.
    """
    pack, exhibits = gather_pack(archive, order)
    prove(archive, [quote for quote, _ in _chosen(archive, order)])
    target = out / f"{_slug(pack.title.text)}-{pack.date.isoformat()}"
    report = write_pack(pack, formats, exhibits, target, archive.sandbox.run, reference=reference)
    return Exported(pack, report)


def gather_pack(archive: Archive, order: PackOrder) -> tuple[Pack, Exhibits]:
    """The pack as plain values, and how to read each exhibit's original."""
    chosen = _chosen(archive, order)
    if not chosen:
        raise ExportStopped("no quote is chosen; mark quotes and link them to cases first.")
    numbering = _Numbering(archive, [quote for quote, _ in chosen])
    cases = tuple(_cases(archive, order, chosen, numbering))
    _, head = archive.history.head()
    day = order.day or archive.history.deeds(limit=1)[0].at.date()
    pack = Pack(
        id=natural_id("pack", archive.bundle.archive_id, order.title, day.isoformat(), head),
        title=Words(order.title, order.language),
        recipient=Words(order.recipient, order.language),
        author=Words(order.author, order.language),
        language=order.language,
        date=day,
        profile=PROFILE,
        summary=tuple(Words(paragraph, order.language) for paragraph in order.summary),
        cases=cases,
        sources=tuple(numbering.sources(cases)),
        chain_head=head,
        version=__version__,
    )
    reading = {
        numbering.exhibit(document.id): partial(archive.originals.chunks, document.sha256)
        for document in numbering.documents
    }
    return pack, reading


def _chosen(archive: Archive, order: PackOrder) -> list[tuple[Quote, Case | None]]:
    """The quotes in the pack's order, with the case under which each is told."""
    cases = [case for case in archive.cases.all() if not order.cases or case.id in order.cases]
    chosen: list[tuple[Quote, Case | None]] = [
        (quote, case)
        for case in cases
        for quote in archive.quotes.of_case(case.id)
        if _is_tagged(quote, order)
    ]
    if order.cases:
        return chosen
    loose = [quote for quote in archive.quotes.all() if not quote.cases and _is_tagged(quote, order)]
    return chosen + [(quote, None) for quote in loose]


def _is_tagged(quote: Quote, order: PackOrder) -> bool:
    return not order.tags or not set(order.tags).isdisjoint(quote.tags)


def _cases(
    archive: Archive, order: PackOrder, chosen: list[tuple[Quote, Case | None]], numbering: "_Numbering"
) -> Iterator[PackCase]:
    tag_names = {tag.id: tag.name for tag in archive.tags.all()}
    told = list(dict.fromkeys(case for _, case in chosen))
    for number, case in enumerate(told, start=1):
        quotes = [quote for quote, its in chosen if its == case]
        language = order.language
        yield PackCase(
            number=f"C{number:03}",
            name=Words(case.name if case else "", language),
            aliases=tuple(Words(alias, "") for alias in case.aliases) if case else (),
            summary=Words(case.summary if case else "", language),
            quotes=tuple(_quote(quote, case, tag_names, numbering, language) for quote in quotes),
        )


def _quote(
    quote: Quote, case: Case | None, tag_names: dict[TagId, str], numbering: "_Numbering", language: str
) -> PackQuote:
    exhibit = numbering.exhibit(quote.document_id)
    roles = [link.role for link in quote.cases if case and link.case_id == case.id]
    document = numbering.document(quote.document_id)
    return PackQuote(
        number=numbering.next_quote(),
        words=Words(quote.anchor.exact, document.language or language),
        citation=Citation(
            exhibit=exhibit,
            text=cite(numbering.cited(document), exhibit, numbering.page(quote)),
            page=quote.anchor.page,
        ),
        role=roles[0] if roles else "",
        tags=tuple(tag_names[tag] for tag in quote.tags),
        note=Words(quote.note, language),
    )


class _Numbering:
    """Numbers exhibits and quotes in the order in which a reader meets them."""

    def __init__(self, archive: Archive, quotes: list[Quote]) -> None:
        self._archive = archive
        self._exhibits: dict[DocumentId, str] = {}
        self._documents: dict[DocumentId, Document] = {}
        self._pages: dict[TextId, tuple[str, ...]] = {}
        self._quotes = 0
        for quote in quotes:
            document = archive.documents.get(quote.document_id)
            if document and document.id not in self._documents:
                self._documents[document.id] = document
                self._exhibits[document.id] = f"EX-{len(self._documents):03}"

    @property
    def documents(self) -> list[Document]:
        return list(self._documents.values())

    def exhibit(self, document_id: DocumentId) -> str:
        return self._exhibits[document_id]

    def document(self, document_id: DocumentId) -> Document:
        return self._documents[document_id]

    def next_quote(self) -> str:
        self._quotes += 1
        return f"Q{self._quotes:04}"

    def page(self, quote: Quote) -> str | None:
        """The page as it is printed; where it is counted otherwise, its number in the file too."""
        anchor = quote.anchor
        if anchor.page is None:
            return None
        if anchor.text_id not in self._pages:
            text = self._archive.texts.get(anchor.text_id)
            self._pages[anchor.text_id] = text.page_labels if text else ()
        label = self._pages[anchor.text_id][anchor.page - 1]
        return label if label == str(anchor.page) else f"{label} (page {anchor.page} of the file)"

    def cited(self, document: Document) -> CitedSource:
        known = self._archive.documents.best
        return CitedSource(
            title=document.title,
            author=known(document.id, Field.AUTHOR),
            publisher=known(document.id, Field.PUBLISHER),
            date=known(document.id, Field.DATE).partition("T")[0],
            source_url=known(document.id, Field.SOURCE_URL),
            file_name=document.file_name,
            sha256=document.sha256,
        )

    def sources(self, cases: tuple[PackCase, ...]) -> Iterator[PackSource]:
        quotes = [quote for case in cases for quote in case.quotes]
        for document in self.documents:
            exhibit = self.exhibit(document.id)
            cited = self.cited(document)
            provenance = self._archive.documents.provenances(document.id)[:1]
            yield PackSource(
                exhibit=exhibit,
                title=Words(document.title, document.language or ""),
                author=cited.author,
                publisher=cited.publisher,
                date=cited.date,
                language=document.language or "",
                file_name=document.file_name,
                sha256=document.sha256,
                size=document.size,
                imported_on=document.imported_at.date().isoformat(),
                received_from=provenance[0].received_from if provenance else "",
                source_url=cited.source_url,
                quotes=tuple(quote.number for quote in quotes if quote.citation.exhibit == exhibit),
            )


def _slug(title: str) -> str:
    """A folder name from a title: letters and digits of any script, hyphens between."""
    words = "".join(character if character.isalnum() else " " for character in title.lower()).split()
    return "-".join(words)[:60].strip("-") or "briefing"

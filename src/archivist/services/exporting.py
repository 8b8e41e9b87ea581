"""Out of the archive: chosen cases and quotes become a briefing pack that proves itself.

The pack model is gathered here, each quote is proved against its untouched original, and
only then is anything written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from archivist import __version__
from archivist.archive.archive import Archive
from archivist.model.anchor import Span
from archivist.model.case import Case
from archivist.model.citation import Place, cite
from archivist.model.document import Document
from archivist.model.errors import ExportStopped
from archivist.model.ids import CaseId, DocumentId, QuoteId, TagId, TextId, natural_id
from archivist.model.pack import Citation, Pack, PackCase, PackQuote, PackSource, Words
from archivist.model.quote import Quote
from archivist.model.text import Text, canonical
from archivist.packs.labels import Labels, labels_for
from archivist.packs.writer import WRITERS, Exhibits, Report, write_pack
from archivist.services.citing import place_in, source_of
from archivist.services.keeping import refuse_inside
from archivist.services.proving import OnProved, nothing_to_tell, prove

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


def export_pack(  # noqa: PLR0913 - what, how, where, and who is told on the way
    archive: Archive,
    order: PackOrder,
    formats: Iterable[str],
    out: Path,
    reference: bytes | None = None,
    *,
    on_proved: OnProved = nothing_to_tell,
) -> Exported:
    """Write the pack into a new folder below `out`.

    `on_proved` is told after each source how many of how many were held against their originals; where
    it raises, the export ends and nothing is written.

    Raises:
        ExportStopped: there is nothing to export, or a quote could not be proved.
        AlreadyThere: that folder exists.
        StorageFull: no room on the disk; nothing is left behind.
    """
    refuse_inside(archive, out)
    chosen = _chosen(archive, order)
    quotes = list({quote.id: quote for quote, _ in chosen}.values())
    prove(archive, quotes, on_proved)
    pack, exhibits = _gather(archive, order, chosen)
    target = out / f"{_slug(pack.title.text)}-{pack.date.isoformat()}"
    report = write_pack(pack, formats, exhibits, target, archive.sandbox.run, reference=reference)
    return Exported(pack, replace(report, warnings=(*_cautions(archive, pack, quotes), *report.warnings)))


def _cautions(archive: Archive, pack: Pack, quotes: list[Quote]) -> Iterator[str]:
    """What the advocate should know of the sources before the pack leaves the house."""
    for document in map(archive.documents.get, dict.fromkeys(quote.document_id for quote in quotes)):
        if document:
            yield from (f"“{document.title}”: {warning}" for warning in document.warnings)
    for quote in (quote for quote in pack.quotes if quote.citation.beside):
        where = quote.citation.beside
        yield f"{quote.number} is not of the body of its source: it stands in its {where.lower()}."


def measure(archive: Archive, order: PackOrder) -> tuple[int, int]:
    """How many quotes of how many documents the pack would have."""
    quotes = {quote.id: quote for quote, _ in _chosen(archive, order)}
    return len(quotes), len({quote.document_id for quote in quotes.values()})


def gather_pack(archive: Archive, order: PackOrder) -> tuple[Pack, Exhibits]:
    """The pack as plain values, and how to read each exhibit's original."""
    return _gather(archive, order, _chosen(archive, order))


def _gather(
    archive: Archive, order: PackOrder, chosen: list[tuple[Quote, Case | None]]
) -> tuple[Pack, Exhibits]:
    if not chosen:
        raise ExportStopped("no quote is chosen; mark quotes and link them to cases first.")
    _, head = archive.history.head()
    day = order.day or archive.history.deeds(limit=1)[0].at.date()
    numbering = _Numbering(archive, [quote for quote, _ in chosen], labels_for(order.language, day))
    cases, other_quotes = _told(archive, order, chosen, numbering)
    title = canonical(order.title)
    pack = Pack(
        id=natural_id("pack", archive.bundle.archive_id, title, day.isoformat(), head),
        title=Words(title, order.language),
        recipient=Words(canonical(order.recipient), order.language),
        author=Words(canonical(order.author), order.language),
        language=order.language,
        date=day,
        profile=PROFILE,
        summary=tuple(Words(canonical(paragraph), order.language) for paragraph in order.summary),
        cases=cases,
        other_quotes=other_quotes,
        sources=tuple(numbering.sources()),
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


def _told(
    archive: Archive, order: PackOrder, chosen: list[tuple[Quote, Case | None]], numbering: "_Numbering"
) -> tuple[tuple[PackCase, ...], tuple[PackQuote, ...]]:
    """The cases with their quotes, and the quotes outside any case."""
    language = order.language
    tag_names = {tag.id: tag.name for tag in archive.tags.all()}
    told: dict[Case | None, list[PackQuote]] = {}
    for quote, case in chosen:
        told.setdefault(case, []).append(_quote(quote, case, tag_names, numbering, language))
    cases = (
        PackCase(
            number=f"C{number:03}",
            name=Words(case.name, language),
            aliases=tuple(Words(alias, "") for alias in case.aliases),
            summary=Words(case.summary, language),
            quotes=tuple(quotes),
        )
        for number, (case, quotes) in enumerate(((c, q) for c, q in told.items() if c), start=1)
    )
    return tuple(cases), tuple(told.get(None, ()))


def _quote(
    quote: Quote, case: Case | None, tag_names: dict[TagId, str], numbering: "_Numbering", language: str
) -> PackQuote:
    roles = [link.role for link in quote.cases if case and link.case_id == case.id]
    document = numbering.document(quote.document_id)
    return PackQuote(
        number=numbering.number(quote),
        words=Words(quote.anchor.exact, document.language or language),
        citation=numbering.citation(quote),
        role=roles[0] if roles else "",
        tags=tuple(tag_names[tag] for tag in quote.tags),
        note=Words(quote.note, language),
    )


class _Numbering:
    """Numbers exhibits and quotes in the order in which a reader meets them first."""

    def __init__(self, archive: Archive, quotes: list[Quote], labels: Labels) -> None:
        self._archive = archive
        self._labels = labels
        self._numbers: dict[QuoteId, str] = {}
        self._told: defaultdict[DocumentId, list[str]] = defaultdict(list)
        self._exhibits: dict[DocumentId, str] = {}
        self._documents: dict[DocumentId, Document] = {}
        self._last: Text | None = None
        for quote in quotes:
            if quote.id not in self._numbers:
                self._numbers[quote.id] = f"Q{len(self._numbers) + 1:04}"
                self._told[quote.document_id].append(self._numbers[quote.id])
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

    def number(self, quote: Quote) -> str:
        return self._numbers[quote.id]

    def citation(self, quote: Quote) -> Citation:
        document = self.document(quote.document_id)
        return cite(
            source_of(self._archive, document), self.exhibit(document.id), self.place(quote), self._labels
        )

    def place(self, quote: Quote) -> Place:
        text = self._text(quote.anchor.text_id)
        return place_in(text, Span(quote.anchor.start, quote.anchor.end)) if text else Place()

    def _text(self, text_id: TextId) -> Text | None:
        """The text; quotes of one document follow each other, so the last one is kept at hand."""
        if self._last is None or self._last.id != text_id:
            self._last = self._archive.texts.get(text_id)
        return self._last

    def sources(self) -> Iterator[PackSource]:
        for document in self.documents:
            exhibit = self.exhibit(document.id)
            cited = source_of(self._archive, document)
            provenances = self._archive.documents.provenances(document.id)
            senders = dict.fromkeys(p.received_from for p in provenances if p.received_from)
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
                received_from="; ".join(senders),
                source_url=cited.source_url,
                quotes=tuple(self._told[document.id]),
            )


def _slug(title: str) -> str:
    """A folder name from a title: letters and digits of any script, hyphens between."""
    words = "".join(character if character.isalnum() else " " for character in title.lower()).split()
    return "-".join(words)[:60].strip("-") or "briefing"

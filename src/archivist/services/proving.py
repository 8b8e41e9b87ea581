"""Before words leave the archive: do they stand in the untouched original?"""

from collections.abc import Callable
from itertools import groupby

from archivist.archive.archive import Archive
from archivist.model.anchor import FoundBy, resolve, skeleton
from archivist.model.document import Document, Extraction
from archivist.model.errors import Damaged, ExportStopped
from archivist.model.ids import DocumentId
from archivist.model.quote import Quote
from archivist.model.sandbox import SafetyLevel
from archivist.model.text import TextOrigin
from archivist.services.importing import PASSWORD_NEEDED, UNPROVABLE

OnProved = Callable[[int, int], object]


def nothing_to_tell(*_: object) -> None:
    """Nobody waits for it."""


def prove(archive: Archive, quotes: list[Quote], on_proved: OnProved = nothing_to_tell) -> None:
    """Check each quote against its text, and the text against the original.

    The original's bytes must be those that were received. The text must be the one that was
    stored, and the words must stand in it where they were marked. Where documents can be
    read on this computer, the original is read again, and the words must stand in that too.

    Raises:
        ExportStopped: naming the document and the words.
    """
    by_document = sorted(quotes, key=lambda quote: quote.document_id)
    sources = [
        (document_id, list(its))
        for document_id, its in groupby(by_document, key=lambda quote: quote.document_id)
    ]
    for done, (document_id, its) in enumerate(sources):
        on_proved(done, len(sources))
        _prove_document(archive, document_id, its)
    on_proved(len(sources), len(sources))


def _prove_document(archive: Archive, document_id: DocumentId, quotes: list[Quote]) -> None:
    document = archive.documents.get(document_id)
    if document is None:
        raise ExportStopped("a quoted document is missing; verify the archive.")
    try:
        original = archive.originals.read(document.sha256)
    except Damaged as error:
        raise ExportStopped(
            f"the original of “{document.title}” is not what was imported ({error})"
        ) from error
    for quote in quotes:
        _prove_in_text(archive, document, quote)
    _prove_in_original(archive, document, original, quotes)


def _prove_in_text(archive: Archive, document: Document, quote: Quote) -> None:
    text = archive.texts.get(quote.anchor.text_id)
    if text is None or not text.is_unaltered:
        raise ExportStopped(f"the text of “{document.title}” was changed; verify the archive.")
    placed = resolve(quote.anchor, text.content)
    if placed is None or placed.found_by is not FoundBy.POSITION:
        raise _unproved(document, quote)


def _prove_in_original(archive: Archive, document: Document, original: bytes, quotes: list[Quote]) -> None:
    """Words of an extracted text must come out of the original again, white space and form set aside."""
    if archive.sandbox.level is SafetyLevel.NONE:
        return
    extraction = archive.sandbox.extract(original, document.file_name)
    if not isinstance(extraction, Extraction):
        if UNPROVABLE in document.warnings and extraction.reason == PASSWORD_NEEDED:  # the pack says so
            return
        raise ExportStopped(f"“{document.title}” could not be read again: {extraction.reason}")
    fresh, _ = skeleton(extraction.text)
    for quote in quotes:
        text = archive.texts.get(quote.anchor.text_id)
        words, _ = skeleton(quote.anchor.exact)
        if text and text.origin is TextOrigin.EXTRACTED and words not in fresh:
            raise _unproved(document, quote)


def _unproved(document: Document, quote: Quote) -> ExportStopped:
    words = " ".join(quote.anchor.exact.split())
    shown = words if len(words) <= 60 else words[:59] + "…"
    return ExportStopped(
        f"the quote “{shown}” does not stand in “{document.title}” any more and needs review."
    )

"""What the reader needs to show a document as it is: its pages, or how its words looked."""

from dataclasses import dataclass

from archivist.archive.archive import Archive
from archivist.extraction.pages import PageReader
from archivist.model.document import Document
from archivist.model.ids import DocumentId
from archivist.model.styles import StyledText
from archivist.model.text import Text
from archivist.services.browsing import read_original


@dataclass(frozen=True, slots=True)
class Original:
    """The proved bytes of a document, and a reader for its pages that its taker has to close."""

    content: bytes
    pages: PageReader


def get_ready(archive: Archive) -> None:
    """Start a child before the first document is opened, so that nobody waits for it."""
    archive.sandbox.keep_page_reader_ready()


def open_original(archive: Archive, document_id: DocumentId) -> Original:
    """Raises NotFound, or OriginalDamaged where the bytes are not what was kept."""
    return Original(read_original(archive, document_id), archive.sandbox.page_reader())


def styles_of(archive: Archive, document: Document, text: Text) -> StyledText | None:
    """How the words of the document looked; None where that cannot be had.

    Raises:
        NotFound, OriginalDamaged: as `open_original`.
    """
    return archive.sandbox.styles(read_original(archive, document.id), document.file_name, text)

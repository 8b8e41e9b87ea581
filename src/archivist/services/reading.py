"""Where reading stopped, and what was typed and not kept yet: the state of a desk, no deeds."""

from archivist.archive.archive import Archive
from archivist.model.ids import DocumentId


def note_reading(archive: Archive, document_id: DocumentId, place: str = "") -> None:
    """Take down that a document is open and where; from then on it is not in the inbox any more."""
    archive.readings.note(document_id, place)


def save_draft(archive: Archive, key: str, content: str) -> None:
    """Keep words that are being typed under the name of their place; no words keep nothing."""
    if content:
        archive.drafts.save(key, content)
    else:
        archive.drafts.drop(key)


def draft(archive: Archive, key: str) -> str:
    return archive.drafts.get(key)


def drop_draft(archive: Archive, key: str) -> None:
    archive.drafts.drop(key)

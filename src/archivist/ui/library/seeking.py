"""Going to a title by its first letters."""

import unicodedata
from dataclasses import replace

from archivist.archive.archive import Archive
from archivist.model.browsing import Listing
from archivist.model.ids import DocumentId
from archivist.services.browsing import document_rows, list_documents

_AT_ONCE, _MOST = 200, 4000


def find_title(
    archive: Archive, *, listing: Listing, typed: str, start: DocumentId | None
) -> DocumentId | None:
    """The next document of the list whose title begins with `typed`, from `start` on and round again.

    One letter goes on from `start`, more may stay there, as lists of files do it.
    """
    narrowed = replace(listing, words=f"{listing.words} {typed}".strip())
    ids = _from(list_documents(archive, listing), list_documents(archive, narrowed), start, len(typed) == 1)
    wanted = _folded(typed)
    for at in range(0, min(len(ids), _MOST), _AT_ONCE):
        for row in document_rows(archive, ids[at : at + _AT_ONCE]):
            if _folded(row.document.title).startswith(wanted):
                return row.document.id
    return None


def _from(
    all_ids: list[DocumentId], ids: list[DocumentId], start: DocumentId | None, goes_on: bool
) -> list[DocumentId]:
    """`ids` in the order of the list, beginning at `start` or behind it."""
    if start not in all_ids:
        return ids
    places = {identity: at for at, identity in enumerate(all_ids)}
    begin = places[start] + int(goes_on)
    later = [identity for identity in ids if places.get(identity, 0) >= begin]
    return later + ids[: len(ids) - len(later)]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()

"""How many documents there are of each sort, for the side of the window; asked after every change."""

from dataclasses import dataclass, field

from sqlite_utils import Database

from archivist.model.browsing import Shelf
from archivist.model.document import DocumentKind
from archivist.storage.browsing import BEST
from archivist.storage.remembering import Remembered
from archivist.storage.reviewing import ReviewStore

_YEARS = f"""
    SELECT substr(value, 1, 4), count(*) FROM ({BEST.format(field="date")})
    WHERE value != '' AND document_id NOT IN (SELECT id FROM documents WHERE deleted = 1)
    GROUP BY 1 ORDER BY 1 DESC
"""  # noqa: S608 -- a constant


@dataclass(frozen=True, slots=True)
class Facets:
    """What the living documents are; the numbers of documents by each."""

    kinds: tuple[tuple[DocumentKind, int], ...]
    languages: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class CountingStore:
    """Counts. Reads only, and not within a deed."""

    db: Database
    reviews: ReviewStore
    _facets: Remembered[Facets] = field(init=False)

    def __post_init__(self) -> None:
        self._facets = Remembered(self.db, ("documents", "metadata"), self._count_facets)

    def facets(self) -> Facets:
        return self._facets.get()

    def shelves(self) -> dict[Shelf, int]:
        everything = sum(count for _, count in self.facets().kinds)
        opened = self._count(
            "SELECT count(*) FROM readings"
            " WHERE document_id NOT IN (SELECT id FROM documents WHERE deleted = 1)"
        )
        return {
            Shelf.ALL: everything,
            Shelf.INBOX: everything - opened,
            Shelf.RECENT: opened,
            Shelf.REVIEW: len(self.reviews.documents()),
            Shelf.TRASH: self._count("SELECT count(*) FROM documents WHERE deleted = 1"),
        }

    def quotes(self) -> int:
        return self._count(
            "SELECT count(*) FROM quotes WHERE deleted = 0"
            " AND document_id NOT IN (SELECT id FROM documents WHERE deleted = 1)"
        )

    def _count_facets(self) -> Facets:
        kinds = self.db.execute(
            "SELECT kind, count(*) FROM documents WHERE deleted = 0 GROUP BY kind ORDER BY 2 DESC, 1"
        ).fetchall()
        languages = self.db.execute(
            "SELECT coalesce(language, ''), count(*) FROM documents WHERE deleted = 0"
            " GROUP BY language ORDER BY 2 DESC, 1"
        ).fetchall()
        return Facets(
            tuple((DocumentKind(kind), count) for kind, count in kinds),
            tuple((language, count) for language, count in languages),
            tuple((year, count) for year, count in self.db.execute(_YEARS).fetchall()),
        )

    def _count(self, question: str) -> int:
        (count,) = self.db.execute(question).fetchone()
        return int(count)

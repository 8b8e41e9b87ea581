"""What quotes can be tagged with and linked to: the names to choose from."""

from dataclasses import dataclass

from archivist.archive.archive import Archive
from archivist.model.case import Case
from archivist.model.tag import Tag


@dataclass(frozen=True, slots=True)
class Codebook:
    """The tags and cases of an archive, each with how many quotes it has."""

    tags: tuple[Tag, ...] = ()
    cases: tuple[Case, ...] = ()


def codebook(archive: Archive) -> Codebook:
    with archive.reading():
        return Codebook(tuple(archive.tags.all()), tuple(archive.cases.all()))

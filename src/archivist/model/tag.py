"""The codebook: what quotes are about."""

from dataclasses import dataclass

from archivist.model.ids import TagId


@dataclass(frozen=True, slots=True)
class Tag:
    """A node of the codebook; `quotes` counts the quotes that carry it."""

    id: TagId
    name: str
    definition: str = ""
    colour: str = ""
    quotes: int = 0
    deleted: bool = False

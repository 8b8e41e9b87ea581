"""What is documented: the situation of a person or a group."""

from dataclasses import dataclass

from archivist.model.ids import CaseId


@dataclass(frozen=True, slots=True)
class Case:
    """A case with the names it goes by in every script; `quotes` counts its quotes.

    `summary` is what is told of it to others; `notes` are the advocate's own.
    """

    id: CaseId
    name: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    quotes: int = 0
    deleted: bool = False
    notes: str = ""
    colour: str = ""

"""What was done, when, and with what: the archive's own memory."""

from dataclasses import dataclass
from datetime import datetime

from archivist.model.ids import DeedId

NO_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Stamp:
    """A point of history: the number of a change, and the hash of the entry that sealed it.

    Two copies of an archive may count to the same number by different deeds; the hash tells them apart.
    """

    change: int
    sha256: str


BEGINNING = Stamp(0, NO_HASH)


@dataclass(frozen=True, slots=True)
class Deed:
    """One intention of a user; `changes` counts the rows that it touched.

    A deed may have been written in several transactions (an import is one deed, each
    document one transaction): it is shown, undone and redone as one.
    """

    id: DeedId
    name: str
    at: datetime
    actor: str
    details: dict[str, object]
    changes: int
    undoes: DeedId | None
    is_undone: bool


class FindingLevel:
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a verification: `what` kind of thing, `id` which one."""

    level: str
    what: str
    id: str
    message: str

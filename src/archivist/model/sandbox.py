"""How safely documents are read on this computer, and what can go wrong in it."""

from enum import StrEnum


class SafetyLevel(StrEnum):
    """What stands between a hostile document and the computer (DESIGN, “sandbox levels”)."""

    FULL = "full"
    KERNEL = "kernel"
    NONE = "none"


class Failure(StrEnum):
    """Why a document gave no text. The child only names it; the sentence is the app's."""

    PASSWORD = "password"  # noqa: S105  a reason, not a password
    DAMAGED = "damaged"
    EMPTY = "empty"
    NO_PAGES = "no pages"
    OTHER_KIND = "other kind"
    INFLATES = "inflates"
    DECLARATIONS = "declarations"
    TOO_DEEP = "too deep"
    TOO_LARGE = "too large"
    TOO_MUCH_TEXT = "too much text"
    MEMORY = "memory"
    CRASHED = "crashed"
    TIMEOUT = "timeout"
    MALFORMED = "malformed"
    UNSAFE = "unsafe"
    NOT_STARTED = "not started"


# What a child can know of its document; the others are for the app alone to find.
TOLD_BY_CHILDREN = frozenset(
    {
        Failure.PASSWORD,
        Failure.DAMAGED,
        Failure.EMPTY,
        Failure.NO_PAGES,
        Failure.OTHER_KIND,
        Failure.INFLATES,
        Failure.DECLARATIONS,
        Failure.TOO_DEEP,
        Failure.TOO_MUCH_TEXT,
        Failure.MEMORY,
    }
)

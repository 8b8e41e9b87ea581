"""Times as the database keeps them: ISO 8601, UTC, to the second or finer, ending in Z."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)


def to_column(moment: datetime, *, timespec: str = "milliseconds") -> str:
    return moment.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def from_column(column: str) -> datetime:
    return datetime.fromisoformat(column)

"""What was worked out from whole tables, kept until one of them changes. History tells when that is."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlite_utils import Database

from archivist.storage.history import last_change

T = TypeVar("T")


@dataclass(slots=True)
class Remembered(Generic[T]):
    """The answer of `work_out`, as long as no row of `tables` has changed. Not to be asked within a deed."""

    db: Database
    tables: tuple[str, ...]
    work_out: Callable[[], T]
    _answers: list[T] = field(default_factory=list, init=False)
    _upto: int = field(default=0, init=False)

    def get(self) -> T:
        now = last_change(self.db)
        if not self._answers or self._has_changed():
            self._answers = [self.work_out()]
        self._upto = now
        return self._answers[0]

    def _has_changed(self) -> bool:
        """The plus keeps SQLite from going through all changes of the tables: those since then are few."""
        (changed,) = self.db.execute(
            "SELECT EXISTS (SELECT 1 FROM history_changes"
            " WHERE seq > ? AND +table_name IN (SELECT value FROM json_each(?)))",
            [self._upto, json.dumps(self.tables)],
        ).fetchone()
        return bool(changed)

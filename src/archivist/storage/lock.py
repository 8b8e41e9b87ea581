"""One process works in an archive at a time; the next one is told which.

The system holds the lock and lets go of it when the process ends, however it ends. The
record in the file only tells who; a record without a lock is the trace of a crash.
"""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from archivist.model.errors import ArchiveInUse, ArchiveNotAccessible, StorageFull
from archivist.storage.files import FULL, sync_folder, try_lock

LOCK = "archive.lock"

_MOST = 4096


class ArchiveLock:
    """The right to work in an archive folder, from `acquire` to `release` or `abandon`.

    `was_unclean`: whoever held it last did not release it (crash, power cut, or the folder
    was copied while it was open).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor: int | None = None
        self.was_unclean = False

    def acquire(self) -> None:
        """Take the lock, or say who has it.

        Raises:
            ArchiveInUse: another process has it, or another lock of this one.
            ArchiveNotAccessible: the folder cannot be written to.
        """
        try:
            self._descriptor = self._acquired()
        except OSError as error:
            if error.errno in FULL:
                raise StorageFull from error
            raise ArchiveNotAccessible(self._folder, error) from error

    def release(self) -> None:
        """Let go, leaving the trace of a clean end. Releasing twice does nothing."""
        self._let_go(was_clean=True)

    def abandon(self) -> None:
        """Let go without having worked: whether the last end was clean stays to be seen by the next."""
        self._let_go(was_clean=not self.was_unclean)

    def _let_go(self, *, was_clean: bool) -> None:
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            if was_clean:
                os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _acquired(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._folder / LOCK, flags, 0o600)
        try:
            self._take(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _take(self, descriptor: int) -> None:
        is_ours = try_lock(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        record = os.read(descriptor, _MOST)
        if not is_ours:
            raise ArchiveInUse(_owner(record))
        self.was_unclean = bool(record)
        self._sign(descriptor)

    def _sign(self, descriptor: int) -> None:
        """Say who we are, durably: after a power cut, the next one must see that we did not end well."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        record = json.dumps({"pid": os.getpid(), "host": platform.node(), "since": now}).encode()
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, record)
        os.ftruncate(descriptor, len(record))
        os.fsync(descriptor)
        sync_folder(self._folder)


def _parsed(record: bytes) -> dict[str, object]:
    try:
        parsed = json.loads(record)
    except (ValueError, RecursionError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _since(record: dict[str, object]) -> datetime | None:
    try:
        since = datetime.fromisoformat(str(record.get("since")))
    except ValueError:
        return None
    return since if since.tzinfo else None


def _owner(raw: bytes) -> str:
    record = _parsed(raw)
    since = _since(record)
    if not isinstance(record.get("pid"), int) or since is None:
        return "another process"
    when = since.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"process {record['pid']} on “{record.get('host')}” since {when}"

"""The originals: every file as it was received, kept once, named by its content, never changed.

`objects/ab/ab12…` holds one original. In a plain archive its name is the SHA-256 of the bytes;
in an encrypted one a keyed hash of that, so that whoever holds a document cannot look up
whether the archive has it, and the content is encrypted as `cipher.py` says.

What is kept is written to `staging/`, made durable, and only then takes its name: a crash
leaves staged files and at worst originals that no document names. `sweep` removes them.
"""

import hmac
import io
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag

from archivist.model.errors import Damaged, OriginalDamaged
from archivist.storage.cipher import CHUNK, decrypted, encrypted
from archivist.storage.files import (
    Fingerprint,
    Readable,
    create_file,
    open_regular,
    pieces,
    private_folder,
    saying_why,
    sync_all,
)
from archivist.storage.keys import ArchiveKeys

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

OBJECTS = "objects"
STAGING = "staging"

_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Staged:
    """An original that was read whole and waits for its name; not yet safe."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class KeptOriginal:
    """An original that is safe on disk; `is_new` unless the very bytes were there, undamaged."""

    sha256: str
    size: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: how many orphans it removed and left, and which originals are not there."""

    removed: int
    left: int
    missing: frozenset[str]


class Originals:
    """The originals of one archive. Only one process writes: the one that holds the archive's lock."""

    def __init__(self, folder: Path, keys: ArchiveKeys | None) -> None:
        self._folder = folder
        self._objects = folder / OBJECTS
        self._staging = folder / STAGING
        self._keys = keys

    # --- keeping -------------------------------------------------------------------------

    def keep(self, source: Readable) -> KeptOriginal:
        """Keep what `source` holds, as long as it may be.

        Raises:
            StorageFull: no room is left; nothing is kept.
            OSError: `source` could not be read; nothing is kept.
        """
        (kept,) = self.publish([self.stage(source)])
        return kept

    def keep_all(self, paths: Iterable[Path]) -> list[KeptOriginal | OSError]:
        """Keep files together, which is faster; for one that cannot be read, the answer is why.

        Raises:
            StorageFull: no room is left; none of them is kept.
        """
        results: list[Staged | OSError] = []
        try:
            results.extend(map(self._stage_file, paths))
            kept = iter(self.publish([result for result in results if isinstance(result, Staged)]))
        except BaseException:
            self._discard(result for result in results if isinstance(result, Staged))
            raise
        return [result if isinstance(result, OSError) else next(kept) for result in results]

    def stage(self, source: Readable) -> Staged:
        """Read `source` into the archive; `publish` makes it count. An OSError is always the source's."""
        path = self._staging / secrets.token_hex(16)
        fingerprint = Fingerprint()
        plain = fingerprint.of(pieces(source, CHUNK))
        try:
            self._write(path, encrypted(plain, self._keys.originals) if self._keys else plain)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Staged(path, fingerprint.sha256, fingerprint.size)

    def publish(self, staged: Sequence[Staged]) -> list[KeptOriginal]:
        """Make staged originals durable and give them their names; none stays staged, come what may.

        An original that is there already is read and compared first: if it is damaged, the
        new bytes replace it.

        Raises:
            StorageFull: no room is left; what has its name already is an orphan.
        """
        try:
            new = {one.sha256: one for one in reversed(staged)}
            for sha256 in [sha256 for sha256 in new if self._is_intact(sha256)]:
                del new[sha256]
            with saying_why(self._folder):
                self._name(new)
                # Known ones too: a crash may have come between their name and its folder's sync.
                sync_all([], {self._path(one.sha256).parent for one in staged} | {self._objects})
        finally:
            self._discard(staged)
        return [KeptOriginal(one.sha256, one.size, new.get(one.sha256) is one) for one in staged]

    def _stage_file(self, path: Path) -> Staged | OSError:
        try:
            with open_regular(path, follow_links=True) as source:
                return self.stage(source)
        except OSError as error:
            return error

    def _write(self, path: Path, content: Iterator[bytes]) -> None:
        with saying_why(self._folder):
            private_folder(self._staging)
            file = create_file(path)
        try:
            for piece in content:
                with saying_why(self._folder):
                    file.write(piece)
        finally:
            with saying_why(self._folder):
                file.close()

    def _name(self, new: dict[str, Staged]) -> None:
        sync_all(one.path for one in new.values())
        private_folder(self._objects)
        for sha256, one in new.items():
            path = self._path(sha256)
            private_folder(path.parent)
            one.path.replace(path)

    def _discard(self, staged: Iterable[Staged]) -> None:
        for one in staged:
            one.path.unlink(missing_ok=True)

    # --- reading -------------------------------------------------------------------------

    def read(self, sha256: str) -> bytes:
        """The whole original, proved to be the bytes that were received.

        Raises:
            OriginalDamaged: it is not, or it is gone.
        """
        content = io.BytesIO()
        content.writelines(self.chunks(sha256))
        return content.getvalue()

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The original in pieces. Only when the last has come without an error is it proved.

        Raises:
            OriginalDamaged: it is not the bytes that were received, or it is gone.
        """
        fingerprint = Fingerprint()
        try:
            with open_regular(self._path(sha256)) as file:
                yield from fingerprint.of(self._plain(file))
        except InvalidTag as error:
            raise OriginalDamaged(sha256, "was altered on disk") from error
        except FileNotFoundError as error:
            raise OriginalDamaged(sha256, "is missing") from error
        except OSError as error:
            raise OriginalDamaged(sha256, f"cannot be read ({error.strerror})") from error
        if fingerprint.sha256 != sha256:
            raise OriginalDamaged(sha256, "was altered on disk")

    def open(self, sha256: str) -> BinaryIO:
        """The original as a file that is read from start to end; its end is where it is proved."""
        return io.BufferedReader(_Pieces(self.chunks(sha256)), CHUNK)

    def verify(self, sha256: str) -> None:
        """Read the original and forget it.

        Raises:
            OriginalDamaged: it is not the bytes that were received, or it is gone.
        """
        for _ in self.chunks(sha256):
            pass

    def _plain(self, file: Readable) -> Iterator[bytes]:
        return decrypted(file, self._keys.originals) if self._keys else pieces(file, CHUNK)

    def _is_intact(self, sha256: str) -> bool:
        try:
            self.verify(sha256)
        except Damaged:
            return False
        return True

    # --- names ---------------------------------------------------------------------------

    def names(self) -> Iterator[str]:
        """The names of all that is kept, as they are on disk."""
        return (path.name for path in stored_objects(self._folder))

    def sweep(self, known: set[str], *, written_since: datetime | None = None) -> Swept:
        """Remove what a crash left: all that is staged, and originals that no document names.

        `known` are the SHA-256 of all documents, deleted ones too. With `written_since`, older
        orphans stay: where the database is older than the originals (someone put one back
        from a copy), they are not leftovers but all that there is.
        """
        for path in self._staging.glob("*"):
            if not path.is_dir():
                path.unlink()
        unseen = {self._path(sha256).name: sha256 for sha256 in known}
        removed = left = 0
        for path in stored_objects(self._folder):
            if unseen.pop(path.name, None):
                continue
            if written_since and path.stat().st_mtime < written_since.timestamp():
                left += 1
            else:
                path.unlink()
                removed += 1
        return Swept(removed, left, frozenset(unseen.values()))

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise OriginalDamaged(sha256, "has no proper name")
        name = sha256
        if self._keys:
            name = hmac.digest(self._keys.names, bytes.fromhex(sha256), "sha256").hex()
        return self._objects / name[:2] / name


def stored_objects(folder: Path) -> Iterator[Path]:
    """All originals in the archive folder, in order of their names; whatever else lies there is passed by."""
    for shelf in sorted((folder / OBJECTS).glob("[0-9a-f][0-9a-f]")):
        for path in sorted(shelf.iterdir()):
            if _NAME.fullmatch(path.name) and path.name.startswith(shelf.name):
                yield path


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._parts, b""))
        room = memoryview(buffer)
        part, self._rest = self._rest[: len(room)], self._rest[len(room) :]
        room[: len(part)] = part
        return len(part)

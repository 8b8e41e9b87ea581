"""The originals: every file as it was received, kept once, named by its content, never changed.

`objects/ab/ab12…` holds one original. In a plain archive its name is the SHA-256 of the bytes;
in an encrypted one a keyed hash of that, so that whoever holds a document cannot look up
whether the archive has it, and the content is encrypted as `cipher.py` says.

What is kept is written to `staging/`, made durable, and only then takes its name: a crash
leaves staged files, and at worst originals that no document names. What once has its name is
never removed: where a database was put back from a copy, it may be the only copy there is.
"""

import hmac
import io
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

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
from archivist.storage.streams import Passing, Pieces

OBJECTS = "objects"
STAGING = "staging"

_NAME = re.compile("[0-9a-f]{64}")


def _nothing() -> None:
    """Nobody waits for the next piece."""


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


class Originals:
    """The originals of one archive. Only one process writes: the one that holds the archive's lock.

    It may be used from several threads at once: it has no state but where the originals are and what
    opens them, and each reading, proving or staging opens files and makes ciphers of its own.
    """

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

    def keep_all(
        self, paths: Iterable[Path], on_piece: Callable[[], object] = _nothing
    ) -> list[KeptOriginal | OSError]:
        """Keep files together, which is faster; for one that cannot be read, the answer is why.

        `on_piece` is called for each file and each piece of one: others have to wait no longer than that.
        Where it raises (no OSError: those are the files' own), none of them is kept.

        Raises:
            StorageFull: no room is left; none of them is kept.
        """
        results: list[Staged | OSError] = []
        try:
            results.extend(self._stage_file(path, on_piece) for path in paths)
            kept = iter(self.publish([result for result in results if isinstance(result, Staged)]))
        except BaseException:
            self._discard(result for result in results if isinstance(result, Staged))
            raise
        return [result if isinstance(result, OSError) else next(kept) for result in results]

    def stage(self, source: Readable, on_piece: Callable[[], object] = _nothing) -> Staged:
        """Read `source` into the archive; `publish` makes it count. An OSError is always the source's."""
        path = self._staging / secrets.token_hex(16)
        fingerprint = Fingerprint()
        plain = fingerprint.of(_told(pieces(source, CHUNK), on_piece))
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

    def _stage_file(self, path: Path, on_piece: Callable[[], object]) -> Staged | OSError:
        on_piece()
        try:
            with open_regular(path, follow_links=True) as source:
                return self.stage(source, on_piece)
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
        with _saying_what(sha256), open_regular(self._path(sha256)) as file:
            yield from fingerprint.of(self._plain(file))
            if fingerprint.sha256 != sha256:
                raise InvalidTag

    def open(self, sha256: str) -> BinaryIO:
        """The original as a file that is read from start to end; its end is where it is proved."""
        return io.BufferedReader(Pieces(self.chunks(sha256)), CHUNK)

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

    # --- as it lies on disk --------------------------------------------------------------

    def names(self) -> Iterator[str]:
        """The names of all that is kept, as they are on disk."""
        return (path.name for path in stored_objects(self._folder))

    def orphans(self, known: set[str]) -> Iterator[str]:
        """The names on disk of originals that no document names; importing the same bytes again uses them.

        `known` are the SHA-256 of all documents, deleted ones too.
        """
        named = self.named_by(known)
        return (name for name in self.names() if name not in named)

    def named_by(self, known: set[str]) -> dict[str, str]:
        """SHA-256 by name on disk; what is none, for it was altered in the database, names nothing."""
        return {self.name_of(sha256): sha256 for sha256 in known if _NAME.fullmatch(sha256)}

    def name_of(self, sha256: str) -> str:
        """The name on disk of the original with that SHA-256.

        Raises:
            OriginalDamaged: it is no SHA-256.
        """
        if not _NAME.fullmatch(sha256):
            raise OriginalDamaged(sha256, "has no proper name")
        if not self._keys:
            return sha256
        return hmac.digest(self._keys.names, bytes.fromhex(sha256), "sha256").hex()

    def stored_chunks(self, name: str) -> Iterator[bytes]:
        """What lies on disk under a name, in pieces and whole, for copying.

        Raises:
            OriginalDamaged: it is not the original of that name, or cannot be read to its end. All
                that can be read has come by then.
        """
        fingerprint = Fingerprint()
        with _saying_what(name), open_regular(object_path(self._folder, name)) as file:
            passing = Passing(file)
            try:
                for _ in fingerprint.of(self._plain(passing)):
                    yield from passing.taken()
            except (InvalidTag, OSError):
                yield from passing.taken()
                yield from pieces(file, CHUNK)
                raise
            yield from passing.taken()
            if self.name_of(fingerprint.sha256) != name:
                raise InvalidTag

    def stored_size(self, name: str) -> int:
        """How many bytes lie on disk under a name; none where that cannot be told."""
        try:
            return object_path(self._folder, name).lstat().st_size
        except OSError:
            return 0

    def empty_staging(self) -> None:
        """Remove what a crash left half written. Nothing that has its name is ever removed."""
        for path in self._staging.glob("*"):
            if not path.is_dir():
                path.unlink()

    def _path(self, sha256: str) -> Path:
        return object_path(self._folder, self.name_of(sha256))


def _told(parts: Iterator[bytes], on_piece: Callable[[], object]) -> Iterator[bytes]:
    for part in parts:
        yield part
        on_piece()


def object_path(folder: Path, name: str) -> Path:
    """Where in the archive folder the original of that name lies."""
    return folder / OBJECTS / name[:2] / name


def stored_objects(folder: Path) -> Iterator[Path]:
    """All originals in the archive folder, in order of their names; whatever else lies there is passed by."""
    for shelf in sorted((folder / OBJECTS).glob("[0-9a-f][0-9a-f]")):
        for path in _listed(shelf):
            if _NAME.fullmatch(path.name) and path.name.startswith(shelf.name):
                yield path


def _listed(shelf: Path) -> list[Path]:
    """What lies there; nothing where that cannot be told: whoever reads what should be there finds out."""
    try:
        return sorted(shelf.iterdir())
    except OSError:
        return []


@contextmanager
def _saying_what(identity: str) -> Iterator[None]:
    """Turn whatever shows that an original is not what was kept into a sentence for the user."""
    try:
        yield
    except InvalidTag as error:
        raise OriginalDamaged(identity, "was altered on disk") from error
    except FileNotFoundError as error:
        raise OriginalDamaged(identity, "is missing") from error
    except OSError as error:
        raise OriginalDamaged(identity, f"cannot be read ({error.strerror})") from error

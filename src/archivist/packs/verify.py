"""Checks a pack that somebody handed over: is each file there, unchanged, and nothing beside them?"""

import json
import os
import re
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from archivist.model.history import Finding, FindingLevel
from archivist.packs.manifest import FORMAT, MANIFEST, SUMS, PackFile

LARGEST_LIST = 64 << 20
_CHUNK = 1 << 20
_SUM = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\x7f]+)")


class _Unreadable(Exception):
    """A list of the pack is not of the form that we write; the message says which and why."""


def verify_pack(folder: Path) -> list[Finding]:
    """One finding a file, worst first where the lists themselves cannot be read."""
    try:
        listed = _listed(folder)
        summed = _summed(folder)
    except _Unreadable as error:
        return [_finding(FindingLevel.ERROR, str(error.args[1]), str(error.args[0]))]
    known = {path: (digest, None) for path, digest in summed.items()} | {
        file.path: (file.sha256, file.size) for file in listed
    }
    findings = list(_disagreements(listed, summed))
    findings += [_checked(folder, path, *expected) for path, expected in sorted(known.items())]
    return findings + list(_extra(folder, {*known, SUMS}))


def seal_of(folder: Path) -> str:
    """The SHA-256 of the list of checksums: told over another way, it proves the whole pack."""
    return sha256((folder / SUMS).read_bytes()).hexdigest()


def _listed(folder: Path) -> list[PackFile]:
    content = _small_file(folder, MANIFEST)
    try:
        manifest = json.loads(content)
        if not str(manifest["format"]).startswith(FORMAT.partition("/")[0] + "/"):
            raise _damaged(MANIFEST)
        if manifest["format"] != FORMAT:
            raise _Unreadable(
                "The pack was made by a newer version of Archivist; check it with that version.", MANIFEST
            )
        return [_file(entry) for entry in manifest["files"]]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _damaged(MANIFEST) from error


def _file(entry: dict[str, Any]) -> PackFile:
    path, digest, size = entry["path"], entry["sha256"], entry["size"]
    if not (isinstance(path, str) and isinstance(digest, str) and isinstance(size, int)):
        raise TypeError
    if not _is_inside(path):
        raise ValueError
    return PackFile(path, str(entry["role"]), digest, size)


def _summed(folder: Path) -> dict[str, str]:
    try:
        lines = _small_file(folder, SUMS).decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise _damaged(SUMS) from error
    found = [_SUM.fullmatch(line) for line in lines]
    sums = {match[2]: match[1] for match in found if match and _is_inside(match[2])}
    if len(sums) != len(lines) or MANIFEST not in sums:
        raise _damaged(SUMS)
    return sums


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and ".." not in parts
        and not path.startswith("/")
        and "\\" not in path
        and "\0" not in path
    )


def _small_file(folder: Path, name: str) -> bytes:
    path = folder / name
    if not _is_file(path):
        raise _Unreadable(f"“{name}” is missing: this folder is no whole pack.", name)
    with path.open("rb") as file:
        content = file.read(LARGEST_LIST + 1)
    if len(content) > LARGEST_LIST:
        raise _damaged(name)
    return content


def _damaged(name: str) -> _Unreadable:
    return _Unreadable(f"“{name}” is damaged, so the files cannot be checked; ask for the pack again.", name)


def _disagreements(listed: list[PackFile], summed: dict[str, str]) -> Iterator[Finding]:
    """The manifest and the checksums were made together; where they differ, one was altered."""
    for file in listed:
        if summed.get(file.path) != file.sha256:
            yield _finding(
                FindingLevel.ERROR, file.path, f"“{MANIFEST}” and “{SUMS}” disagree about “{file.path}”."
            )


def _checked(folder: Path, path: str, digest: str, size: int | None) -> Finding:
    place = folder / path
    if not os.path.lexists(place):
        return _finding(FindingLevel.ERROR, path, f"“{path}” is missing.")
    if not _is_file(place) or not _is_file_all_the_way(folder, path):
        return _finding(FindingLevel.ERROR, path, f"“{path}” is not a file but a link or something else.")
    if size not in {None, place.stat().st_size} or _digest(place) != digest:
        return _finding(FindingLevel.ERROR, path, f"“{path}” was changed after the pack was made.")
    return _finding(FindingLevel.OK, path, f"“{path}” is unchanged.")


def _extra(folder: Path, known: set[str]) -> Iterator[Finding]:
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        for name in sorted(names + links):
            path = Path(parent, name).relative_to(folder).as_posix()
            if path not in known:
                yield _finding(FindingLevel.WARNING, path, f"“{path}” does not belong to the pack.")


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _is_file_all_the_way(folder: Path, path: str) -> bool:
    below = list(PurePosixPath(path).parents)[:-1]
    return not any((folder / parent).is_symlink() for parent in below)


def _digest(path: Path) -> str:
    seen = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            seen.update(chunk)
    return seen.hexdigest()


def _finding(level: str, path: str, message: str) -> Finding:
    return Finding(level, "file", path, message)

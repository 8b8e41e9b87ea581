"""Verbs for a whole archive: new, passphrase, verify, backup, restore, reindex."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from archivist.cli.arguments import UsageError
from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.cli.verbs.opened import opened
from archivist.model.errors import AlreadyThere
from archivist.model.history import Finding, FindingLevel
from archivist.services.keeping import (
    back_up,
    change_passphrase,
    create_archive,
    is_encrypted,
    open_archive,
    restore,
)
from archivist.services.searching import rebuild_index
from archivist.services.verifying import is_pack, verify, verify_pack


def new_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    folder = _with_suffix(Path(arguments.archive))
    passphrase = secrets.for_new()
    recovery_file = Path(arguments.recovery_file) if arguments.recovery_file else None
    if recovery_file and recovery_file.exists():
        raise AlreadyThere(recovery_file)
    shown = sys.stdout.isatty() and not output.as_json
    wanted = passphrase is not None and (shown or recovery_file is not None)
    made = create_archive(folder, passphrase, with_recovery=wanted)
    if made.recovery_code and recovery_file:
        _write_secretly(recovery_file, made.recovery_code)
    output.row({"kind": "archive", "id": made.bundle.archive_id, "name": folder.name})
    output.line(f"Made {folder.name}.")
    _tell_recovery(output, passphrase, made.recovery_code, recovery_file)
    return 0


def passphrase_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    folder = Path(arguments.archive)
    old = secrets.to_open() if is_encrypted(folder) else ""
    with open_archive(folder, old) as archive:
        change_passphrase(archive, old, secrets.to_change_to)
        output.row({"kind": "archive", "id": archive.bundle.archive_id, "name": folder.name})
    output.line("The passphrase was changed. Copies and backups made before still open with the old one.")
    return 0


def verify_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    path = Path(arguments.archive)
    if is_pack(path):
        return _tell(verify_pack(path), output, everything=arguments.all)
    with opened(arguments, secrets) as archive:
        return _tell(verify(archive), output, everything=arguments.all)


def backup_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive:
        with output.progress("Backing up") as progress:
            back_up(archive, Path(arguments.target), progress)
        output.row({"kind": "backup", "id": archive.bundle.archive_id, "name": Path(arguments.target).name})
    output.line(f"Backed up to {Path(arguments.target).name}; restoring it proves every file.")
    return 0


def restore_verb(arguments: argparse.Namespace, output: Output, _secrets: Secrets) -> int:
    target = _with_suffix(Path(arguments.target))
    with output.progress("Restoring") as progress:
        bundle = restore(Path(arguments.backup), target, progress)
    output.row({"kind": "archive", "id": bundle.archive_id, "name": target.name})
    output.line(f"Restored to {target.name}.")
    return 0


def reindex_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive, output.progress("Indexing") as progress:
        rebuild_index(archive, progress)
        output.row({"kind": "archive", "id": archive.bundle.archive_id, "name": archive.bundle.folder.name})
    output.line("The search index was built anew.")
    return 0


def _with_suffix(folder: Path) -> Path:
    return folder if folder.suffix == ".archivist" else folder.with_name(folder.name + ".archivist")


def _write_secretly(path: Path, code: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise UsageError(
            f"The recovery file “{path.name}” could not be written; write down this code: {code}"
        ) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(code + "\n")


def _tell_recovery(output: Output, passphrase: str | None, code: str | None, file: Path | None) -> None:
    if passphrase is None:
        output.line("It is not encrypted: whoever has the folder can read it.")
    elif code and file:
        output.line(f"The recovery code is in {file.name}; keep it away from this computer.")
    elif code:
        output.line(f"Recovery code, shown only now: {code}")
        output.line("Write it down and keep it away from this computer; it opens the archive.")
    else:
        output.warn(
            "No recovery code was made: without the passphrase the archive cannot be opened by anyone."
        )


def _tell(findings: Iterable[Finding], output: Output, *, everything: bool) -> int:
    counted: Counter[str] = Counter()
    for finding in findings:
        counted[finding.level] += 1
        output.row(
            {"level": finding.level, "what": finding.what, "id": finding.id, "message": finding.message}
        )
        if everything or finding.level != FindingLevel.OK:
            output.line(f"{finding.level}: {finding.message}")
    ok, warnings, errors = (counted[level] for level in ("ok", "warning", "error"))
    output.row({"summary": {"ok": ok, "warnings": warnings, "errors": errors}})
    output.line(f"{ok} in order, {warnings} to look at, {errors} altered or damaged.")
    return 1 if errors else 0

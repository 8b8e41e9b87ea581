"""Verbs for a whole archive: new, passphrase, verify, backup, restore, reindex."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from archivist.cli.arguments import UsageError
from archivist.cli.output import Output, is_terminal
from archivist.cli.secrets import Secrets
from archivist.cli.verbs.opened import opened
from archivist.model.errors import AlreadyThere, NotWritable, OriginalDamaged
from archivist.model.history import Finding, FindingLevel
from archivist.services.keeping import (
    NewArchive,
    back_up,
    change_passphrase,
    create_archive,
    is_encrypted,
    open_archive,
    restore,
)
from archivist.services.searching import rebuild_index
from archivist.services.verifying import check_pack, is_pack, verify


def new_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    folder = _with_suffix(Path(arguments.archive))
    passphrase = secrets.for_new()
    if passphrase is None and arguments.recovery_file:
        raise UsageError("An archive without a passphrase has no recovery code; leave out --recovery-file.")
    recovery_file = Path(arguments.recovery_file) if arguments.recovery_file else None
    shown = is_terminal(sys.stdout) and not output.as_json
    if passphrase is None:
        made = create_archive(folder, None)
    elif recovery_file:
        made = _with_recovery_file(folder, passphrase, recovery_file)
    else:
        made = create_archive(folder, passphrase, with_recovery=shown)
    output.row({"kind": "archive", "id": made.bundle.archive_id, "name": folder.name})
    output.line(f"Made {folder.name}.")
    _tell_recovery(output, passphrase, made.recovery_code, recovery_file)
    return 0


def passphrase_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    folder = Path(arguments.archive)
    old = secrets.to_open() if is_encrypted(folder) else None
    with open_archive(folder, old) as archive:
        change_passphrase(archive, old or "", secrets.to_change_to)
        output.row({"kind": "archive", "id": archive.bundle.archive_id, "name": folder.name})
    output.line("The passphrase was changed. Copies and backups made before still open with the old one.")
    return 0


def verify_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    path = Path(arguments.archive)
    if is_pack(path):
        return _tell(check_pack(path), output, everything=arguments.all)
    with opened(arguments, secrets) as archive:
        return _tell(verify(archive), output, everything=arguments.all)


def backup_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    target = Path(arguments.target)
    with opened(arguments, secrets) as archive:
        with output.progress("Backing up") as progress:
            damaged = back_up(archive, target, progress)
        output.row({"kind": "backup", "id": archive.bundle.archive_id, "name": target.name})
    for damage in damaged:
        output.warn(str(OriginalDamaged(damage.sha256 or damage.name, damage.what)))
    output.line(
        f"Backed up to {target.name}; every original in it was proved, but for those named as damaged."
        if damaged
        else f"Backed up to {target.name}; every original in it was proved."
    )
    return 1 if damaged else 0


def restore_verb(arguments: argparse.Namespace, output: Output, _secrets: Secrets) -> int:
    target = _with_suffix(Path(arguments.target))
    with output.progress("Restoring") as progress:
        restored = restore(Path(arguments.backup), target, progress)
    output.row({"kind": "archive", "id": restored.bundle.archive_id, "name": target.name})
    output.line(f"Restored to {target.name}; every file is as it was when the backup was made.")
    if restored.damaged:
        count = len(restored.damaged)
        output.warn(
            f"Damaged or missing when the backup was made: {count} originals; “archivist verify” names them."
        )
    return 1 if restored.damaged else 0


def reindex_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive, output.progress("Indexing") as progress:
        rebuild_index(archive, progress)
        output.row({"kind": "archive", "id": archive.bundle.archive_id, "name": archive.bundle.folder.name})
    output.line("The search index was built anew.")
    return 0


def _with_suffix(folder: Path) -> Path:
    if not folder.name:
        raise UsageError("Give the archive a name, for instance “Coast.archivist”.")
    return folder if folder.suffix == ".archivist" else folder.with_name(folder.name + ".archivist")


def _with_recovery_file(folder: Path, passphrase: str, file: Path) -> NewArchive:
    """The file is there before the archive is, so that the code is never without a place to go."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise AlreadyThere(file) from error
    except OSError as error:
        raise NotWritable(file, error) from error
    with os.fdopen(handle, "w", encoding="ascii") as opened_file:
        try:
            made = create_archive(folder, passphrase, with_recovery=True)
            opened_file.write(f"{made.recovery_code}\n")
            opened_file.flush()
            os.fsync(opened_file.fileno())
        except BaseException:
            file.unlink()
            raise
    return made


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
        if everything or finding.level != FindingLevel.OK or finding.what == "seal":
            output.line(f"{finding.level}: {finding.message}")
    ok, warnings, errors = (counted[level] for level in ("ok", "warning", "error"))
    output.row({"summary": {"ok": ok, "warnings": warnings, "errors": errors}})
    output.line(f"{ok} in order, {warnings} to look at, {errors} altered or damaged.")
    return 1 if errors else 0

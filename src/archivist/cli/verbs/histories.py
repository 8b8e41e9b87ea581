"""Verbs for what was done: undo, redo, history."""

import argparse
from collections.abc import Callable

from archivist.archive.archive import Archive
from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.cli.verbs.opened import opened
from archivist.model.history import Deed
from archivist.services.undoing import Flipped, history, redo, subject, undo


def undo_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    return _flip(undo, "Undone", arguments, output, secrets)


def redo_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    return _flip(redo, "Done again", arguments, output, secrets)


def history_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive:
        for deed in history(archive, limit=arguments.limit):
            output.row(_row(deed))
            undone = "  (undone)" if deed.is_undone else ""
            output.line(f"{deed.at:%Y-%m-%d %H:%M:%S}  {_told(deed.name, subject(archive, deed))}{undone}")
    return 0


def _flip(
    do: Callable[[Archive], Flipped],
    told: str,
    arguments: argparse.Namespace,
    output: Output,
    secrets: Secrets,
) -> int:
    with opened(arguments, secrets) as archive:
        flipped = do(archive)
    deed = flipped.deed
    output.row(_row(deed) | {"skipped": flipped.skipped})
    output.line(f"{told}: {_told(deed.name, flipped.subject)}, of {deed.at:%Y-%m-%d %H:%M} UTC.")
    if flipped.skipped:
        output.warn(f"{flipped.skipped} rows were changed again since and stay as they are.")
    return 0


def _told(name: str, subject: str) -> str:
    return f"{name} “{subject}”" if subject else name


def _row(deed: Deed) -> dict[str, object]:
    return {
        "kind": "deed",
        "id": deed.id,
        "name": deed.name,
        "at": deed.at.isoformat(),
        "actor": deed.actor,
        "details": deed.details,
        "changes": deed.changes,
        "undoes": deed.undoes,
        "undone": deed.is_undone,
    }

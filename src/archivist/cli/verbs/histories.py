"""Verbs for what was done: undo, redo, history."""

import argparse

from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.cli.verbs.opened import opened
from archivist.model.history import Deed
from archivist.services.undoing import history, redo, undo


def undo_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive:
        deed = undo(archive)
    output.row(_row(deed))
    output.line(f"Undone: {deed.name} of {deed.at:%Y-%m-%d %H:%M} UTC.")
    return 0


def redo_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive:
        deed = redo(archive)
    output.row(_row(deed))
    output.line(f"Done again: {deed.name} of {deed.at:%Y-%m-%d %H:%M} UTC.")
    return 0


def history_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    with opened(arguments, secrets) as archive:
        for deed in history(archive, limit=arguments.limit):
            output.row(_row(deed))
            undone = "  (undone)" if deed.is_undone else ""
            output.line(f"{deed.at:%Y-%m-%d %H:%M:%S}  {deed.name}  {deed.changes} changes{undone}")
    return 0


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

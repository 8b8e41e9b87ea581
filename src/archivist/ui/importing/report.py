"""What became of each file, as a table for whoever asks later: CSV that a spreadsheet opens."""

import csv
import io
from pathlib import Path

from archivist.model.errors import NotWritable
from archivist.ui.importing.model import ImportModel
from archivist.ui.importing.run import Run

_HEADS = (
    "file",
    "folder",
    "bytes",
    "status",
    "document",
    "sha256",
    "pages",
    "characters",
    "warnings",
    "error",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report(run: Run, model: ImportModel) -> str:
    """One line a file. A name that a spreadsheet would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(_HEADS)
    for row in run.rows:
        document = row.document
        lines.writerow(
            _harmless(value)
            for value in (
                row.name,
                row.folder,
                row.size,
                model.words(row),
                document.id if document else "",
                document.sha256 if document else "",
                (document.pages or "") if document else "",
                document.characters if document else "",
                " ".join(document.warnings) if document else "",
                row.error,
            )
        )
    return "\ufeff" + out.getvalue()


def save_report(target: Path, run: Run, model: ImportModel) -> None:
    """Over nothing that stands there.

    Raises:
        NotWritable: the place does not do.
    """
    try:
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(report(run, model))
    except OSError as error:
        raise NotWritable(target, error) from error


def _harmless(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

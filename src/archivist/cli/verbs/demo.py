"""The verb that shows the main job from end to end: demo."""

import argparse
from pathlib import Path

from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.model.errors import AlreadyThere
from archivist.services.demo import play
from archivist.services.importing import Failed, ImportResult
from archivist.services.keeping import create_archive, open_archive

PASSPHRASE = "archivist demo"  # noqa: S105 - the samples are public; it is printed below


def demo_verb(arguments: argparse.Namespace, output: Output, _secrets: Secrets) -> int:
    folder = Path(arguments.folder)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise AlreadyThere(folder)
    folder.mkdir(parents=True, exist_ok=True)
    archive_folder = folder / "Demo.archivist"
    create_archive(archive_folder, PASSPHRASE)
    output.line(f"Made {archive_folder}, encrypted; its passphrase is “{PASSPHRASE}”.")
    with open_archive(archive_folder, PASSPHRASE) as archive:
        output.line(f"Documents are read at safety level “{archive.sandbox.level}”.")
        played = play(archive, folder, on_result=lambda result: output.line(_imported(result)))
    output.line(f"Marked {played.quotes} quotes, with tags and cases.")
    for results in played.searches:
        best = f"; first “{results.hits[0].title}”" if results.hits else ""
        output.line(f"Searched {results.query}: {results.answer.total} found{best}.")
    output.line("Wrote a briefing pack:")
    report = played.exported.report
    for file in report.files:
        output.line(f"  {report.folder / file.path}")
    output.row({"kind": "pack", "id": played.exported.pack.id, "name": report.folder.name})
    return 0


def _imported(result: ImportResult) -> str:
    if isinstance(result, Failed):
        return result.error
    document = result.document
    pages = f", {document.pages} pages" if document.pages else ""
    return f"Imported {result.file.name}: “{document.title}” ({document.language or 'no language'}{pages})."

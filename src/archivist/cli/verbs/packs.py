"""The verb for briefing packs: export."""

import argparse
from pathlib import Path

from archivist.cli.arguments import UsageError
from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.cli.verbs.opened import opened
from archivist.services.exporting import FORMATS, PackOrder, export_pack
from archivist.services.naming import find_case, find_tag


def export_verb(arguments: argparse.Namespace, output: Output, secrets: Secrets) -> int:
    formats = tuple(
        dict.fromkeys(part.strip().lower() for part in arguments.format.split(",") if part.strip())
    )
    if not formats or (unknown := [name for name in formats if name not in FORMATS]):
        named = ", ".join(unknown) if formats else "nothing"
        raise UsageError(f"This version writes {', '.join(FORMATS)}; {named} was asked for.")
    reference = _read(Path(arguments.reference)) if arguments.reference else None
    with opened(arguments, secrets) as archive:
        order = PackOrder(
            title=arguments.title,
            recipient=arguments.recipient,
            author=arguments.author,
            language=arguments.language,
            day=arguments.date,
            summary=tuple(arguments.summary),
            cases=tuple(find_case(archive, name).id for name in arguments.case),
            tags=tuple(find_tag(archive, name).id for name in arguments.tag),
        )
        exported = export_pack(archive, order, formats, Path(arguments.out), reference)
    report = exported.report
    output.row(
        {
            "kind": "pack",
            "id": exported.pack.id,
            "name": report.folder.name,
            "folder": str(report.folder),
            "files": [file.path for file in report.files],
            "profile": arguments.profile,
            "replaced": [
                {"where": r.where, "character": r.character, "shown_as": r.shown_as}
                for r in report.replacements
            ],
            "warnings": list(report.warnings),
            "seal": report.seal,
        }
    )
    output.line(f"Wrote {report.folder} with the profile “{arguments.profile}”. A pack is not encrypted.")
    output.line(f"Seal, to be told over another way: {report.seal}")
    for replacement in report.replacements:
        output.line(f"{replacement.where}: a character is shown as {replacement.shown_as}")
    for warning in report.warnings:
        output.line(warning)
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"The reference document “{path.name}” could not be read.") from error

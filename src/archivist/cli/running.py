"""One verb from its words to its exit code; the one place where errors become sentences."""

import traceback
from pathlib import Path

from archivist.cli.arguments import UsageError, parse
from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.model.errors import ArchiveNotOpened, ArchivistError
from archivist.storage.memory import no_core_dumps

DONE, SOME_FAILED, USAGE, NOT_OPENED, NOT_DONE, DEFECT, STOPPED = 0, 1, 2, 3, 4, 70, 130


def run(argv: list[str], *, passphrase: str | None) -> int:
    output = Output(as_json=False)
    try:
        arguments = parse(argv)
        output.as_json = arguments.json
        no_core_dumps()
        code: int = arguments.run(arguments, output, Secrets(arguments, passphrase))
    except ArchivistError as error:
        output.warn(str(error))
        return _code(error)
    except KeyboardInterrupt:
        output.warn("Stopped; what was reported is kept, and the same command goes on from here.")
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the one hook for our own defects
        output.warn(_defect(error))
        return DEFECT
    if output.is_broken:
        output.warn("What was asked for is done, but the answer could not be written where it was to go.")
        return SOME_FAILED
    return code


def _code(error: ArchivistError) -> int:
    match error:
        case UsageError():
            return USAGE
        case ArchiveNotOpened():
            return NOT_OPENED
        case _:
            return NOT_DONE


def _defect(error: Exception) -> str:
    """Where it happened, and no word of any document."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
    return f"Archivist made a mistake ({where}); what was reported is kept; please report this line."

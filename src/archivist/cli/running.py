"""One verb from its words to its exit code; the one place where errors become sentences."""

import os
import sys
import traceback
from pathlib import Path

from archivist.cli.arguments import UsageError, parse
from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.model.errors import ArchiveNotOpened, ArchivistError

DONE, SOME_FAILED, USAGE, NOT_OPENED, NOT_DONE, DEFECT, STOPPED = 0, 1, 2, 3, 4, 70, 130


def run(argv: list[str], *, passphrase: str | None) -> int:
    try:
        arguments = parse(argv)
        output = Output(as_json=arguments.json)
        code: int = arguments.run(arguments, output, Secrets(arguments, passphrase))
    except ArchivistError as error:
        return _say(error, _code(error))
    except KeyboardInterrupt:
        return _say("Stopped; what was reported is kept. The same command goes on from here.", STOPPED)
    except BrokenPipeError:
        # Whoever read our output has enough; nothing more can be said on it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the one hook for our own defects
        return _say(_defect(error), DEFECT)
    return code


def _code(error: ArchivistError) -> int:
    match error:
        case UsageError():
            return USAGE
        case ArchiveNotOpened():
            return NOT_OPENED
        case _:
            return NOT_DONE


def _say(message: object, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _defect(error: Exception) -> str:
    """Where it happened, and no word of any document."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
    return f"Archivist made a mistake ({where}); the archive is as it was. Please report this line."

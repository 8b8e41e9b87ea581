"""Where Archivist begins: without words, or with an archive alone, the window; else the command line."""

import os
import sys

from archivist.cli import main as command_line
from archivist.cli import taken_passphrase


def main() -> int:
    words = sys.argv[1:]
    if not words or (len(words) == 1 and _is_archive(words[0])):
        from archivist.app import main as window  # noqa: PLC0415 - the command line never waits for Qt

        return window(words, passphrase=taken_passphrase())
    return command_line(words)


def _is_archive(word: str) -> bool:
    """Not every archive has the usual name, but no verb and no option looks like a path."""
    return word.endswith(".archivist") or (not word.startswith("-") and os.sep in word)


if __name__ == "__main__":
    sys.exit(main())

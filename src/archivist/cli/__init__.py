"""The archive from a terminal: the same services, without a window. Never imports Qt."""

import os
import sys

# Taken away before anything else runs, so that no child and no crash report can see it.
_PASSPHRASE = os.environ.pop("ARCHIVIST_PASSPHRASE", None)


def taken_passphrase() -> str | None:
    """What was in the environment, for the window."""
    return _PASSPHRASE


def main(argv: list[str] | None = None) -> int:
    """Run one verb and answer its exit code (DESIGN, “The command line”)."""
    from archivist.cli.running import run

    return run(sys.argv[1:] if argv is None else argv, passphrase=_PASSPHRASE)

"""The archive that a verb works on, open as long as the verb runs."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.cli.output import Output
from archivist.cli.secrets import Secrets
from archivist.services.keeping import is_encrypted, open_archive
from archivist.storage.faults import explained


@contextmanager
def opened(arguments: argparse.Namespace, secrets: Secrets) -> Iterator[Archive]:
    folder = Path(arguments.archive)
    secret = secrets.to_open() if is_encrypted(folder) else secrets.from_file()
    with open_archive(folder, secret) as archive, explained(archive.bundle.database):
        for remark in archive.remarks:
            Output(as_json=False).warn(remark)
        yield archive

"""`python -m tests.screenshots [NAMES…] [--look light|dark|rtl]`: every screen, or those that are named."""

import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtWidgets import QApplication

from archivist.app import application
from archivist.storage import keys
from archivist.ui import main_window
from tests.journeys.edges import Answers, LooseWindows, Stays
from tests.screenshots.props import NAME, make_archive, make_deliveries, remember_archives
from tests.screenshots.screens import SITTINGS, Props
from tests.screenshots.stage import LOOKS, Look, Stage

PICTURES = Path("build") / "screenshots"


def main() -> int:
    asked = ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    asked.add_argument("names", nargs="*", help="e.g. window palette; all of them where none is named")
    asked.add_argument("--look", choices=[look.name for look in LOOKS], action="append")
    wanted = asked.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="archivist screenshots ") as folder:
        _take_home(Path(folder))
        master = make_archive(Path(folder))
        for look in LOOKS:
            if not wanted.look or look.name in wanted.look:
                _take_pictures(Path(folder), master, look, frozenset(wanted.names))
    return 0


def _take_home(folder: Path) -> None:
    """Nothing of whoever takes the pictures is in them; keys cost little, as nothing is hidden by them."""
    home = folder / "home"
    (home / "Documents").mkdir(parents=True)
    os.environ["HOME"] = str(home)
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        del os.environ[name]
    for function in (keys.create_keys, keys.change_passphrase):
        function.__kwdefaults__ = {**(function.__kwdefaults__ or {}), "cost": keys.LOWEST_COST}
    vars(main_window)["QApplication"] = Stays  # locking and closing end no process here


def _take_pictures(folder: Path, master: Path, look: Look, wanted: frozenset[str]) -> None:
    app = application()
    app.setCursorFlashTime(0)
    app.setLayoutDirection(look.direction)
    place = folder / look.name
    place.mkdir()
    os.environ["XDG_STATE_HOME"] = str(place / "state")  # each copy of the archive is the only one it knows
    props = Props(Path(shutil.copytree(master, place / NAME)), make_deliveries(place), place)
    for sitting in SITTINGS:
        remember_archives(place, props.archive)
        stage = Stage(look, PICTURES, wanted, Answers())
        sys.excepthook = stage.hears_of(sys.__excepthook__)
        loose = LooseWindows(app)
        try:
            sitting(stage, props)
        finally:
            stage.ends()
            loose.stop()
            for shown in loose.shown:
                print(f"A window for a moment: {shown}")
        QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main())

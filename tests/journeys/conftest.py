import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.app import application
from archivist.storage import keys
from archivist.ui import main_window
from tests.journeys.edges import LooseWindows, Stays
from tests.journeys.window import Window

TESTIMONY = (
    "Interview of 3 May 2024.\n\n"
    "The officers came at night. They took my brother from our house in Marrow Bay.\n"
    "They gave no name and no reason. They took my brother to the harbour prison.\n"
)
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>اعتقال محامية</title>
<meta name="author" content="Nadir Haddad"></head>
<body><nav>الرئيسية</nav><h1>اعتقال محامية</h1><p>اعتقلت الشرطة المحامية سلمى مساء الخميس في الميناء.</p>
</body></html>"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder as an advocate has it: a testimony, a page, a hidden file, an empty one, one of no kind."""
    folder = tmp_path / "sources"
    (folder / "inner").mkdir(parents=True)
    (folder / "testimony.txt").write_text(TESTIMONY, "utf-8")
    (folder / "inner" / "page.html").write_text(PAGE, "utf-8")
    (folder / "inner" / "copy of testimony.txt").write_text(TESTIMONY, "utf-8")
    (folder / ".hidden").write_text("hidden words", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "model.bin").write_bytes(bytes(range(256)) * 4)
    (folder / "link.txt").symlink_to(folder / "testimony.txt")
    return folder


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys at the lowest cost that is accepted: the window waits for the same events, only shorter."""
    for function in (keys.create_keys, keys.change_passphrase):
        defaults = {**(function.__kwdefaults__ or {}), "cost": keys.LOWEST_COST}
        monkeypatch.setattr(function, "__kwdefaults__", defaults)


@pytest.fixture
def window(
    cheap_keys: None,  # noqa: ARG001 - set up
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Window]:
    """The window on no archive yet, in an empty home."""
    for name in ("STATE", "CONFIG", "DATA", "CACHE"):
        folder = Path(os.environ["HOME"]) / name.lower()
        folder.mkdir()
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder))
    monkeypatch.setattr(main_window, "QApplication", Stays)
    app = application()
    request.getfixturevalue("qapp")  # its plugin hears of what fails in a slot
    made = Window()
    monkeypatch.setattr(sys, "excepthook", made.hears_of(sys.excepthook))
    loose = LooseWindows(app)
    yield made
    made.ends()
    loose.stop()
    assert loose.shown == [], "widgets were windows for a moment, which takes the focus from the window"

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any test imports Qt

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive
from tests.journeys.terminal import Terminal

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or changes the home of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _garbage_stays_on_this_thread() -> Iterator[None]:
    """As in the app (`ui/garbage.py`): a collection on another thread would destroy widgets there."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture
def corpus() -> Path:
    """Real documents from elsewhere, beside the checkout of those who have them."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real documents (../shared/corpus) is not on this machine")
    return CORPUS


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An open archive without encryption: quick, for what has nothing to do with keys."""
    create_archive(tmp_path / "Test.archivist", None)
    with open_archive(tmp_path / "Test.archivist", None) as archive:
        yield archive


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal with an empty home, for an encrypted archive."""
    return Terminal(tmp_path / "terminal")


@pytest.fixture
def plain(tmp_path: Path) -> Terminal:
    """A terminal with an archive without encryption in it."""
    terminal = Terminal(tmp_path / "plain", passphrase=None)
    terminal.makes_archive()
    return terminal

"""What the palette knows of the open archive."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from archivist.model.browsing import Listing, Shelf
from archivist.ui.palette.presenter import PalettePresenter
from archivist.ui.places import BinPlace, LibraryPlace, Place, QuotesPlace
from archivist.ui.session import Session
from tests.unit.ui.conftest import Seen, Show


@pytest.fixture
def presenter(session: Session, show: Show, window: QMainWindow) -> PalettePresenter:
    show(QWidget())
    return PalettePresenter(session, window)


@pytest.mark.parametrize(
    ("letters", "place"),
    [
        ("inbox", LibraryPlace(Listing(shelf=Shelf.INBOX))),
        ("quotes", QuotesPlace()),
        ("bin", BinPlace()),
    ],
)
def test_every_place_of_the_sidebar_is_reached_by_its_name(
    qtbot: QtBot, presenter: PalettePresenter, seen: Seen, letters: str, place: Place
) -> None:
    palette = presenter.palette
    presenter.open()
    qtbot.waitUntil(lambda: "Inbox" in palette.shown())

    qtbot.keyClicks(palette.field, letters)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert seen.places == [place]

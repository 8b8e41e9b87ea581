"""What floats over the window: the focus comes back where it can, and keys stay in a sheet."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from archivist.ui.actions import Actions
from archivist.ui.palette.palette import Palette
from archivist.ui.theme import Theme
from archivist.ui.widgets.field import labelled
from archivist.ui.widgets.layout import column
from archivist.ui.widgets.popover import Popover, Sheet, cast_shadow


@pytest.fixture
def field(qtbot: QtBot, theme: Theme, window: QMainWindow) -> QLineEdit:  # noqa: ARG001 - dresses the app
    """One that has the focus, in the middle of the window."""
    middle, made = QWidget(), QLineEdit()
    middle.setLayout(column(made))
    window.setCentralWidget(middle)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    return made


def vanish(widget: QWidget) -> None:
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_focus_comes_back(field: QLineEdit, window: QMainWindow) -> None:
    sheet = Sheet(window, QPushButton("x"), "Sheet")
    sheet.open()

    sheet.dismiss()

    assert field.hasFocus()


def test_what_had_the_focus_may_be_gone_when_a_popover_closes(field: QLineEdit, window: QMainWindow) -> None:
    popover = Popover(window, "Popover")
    popover.open_beside(QRect(10, 10, 50, 20))
    vanish(field)

    popover.dismiss()

    assert popover.isHidden()


def test_what_had_the_focus_may_be_gone_when_a_sheet_closes(
    qtbot: QtBot, field: QLineEdit, window: QMainWindow
) -> None:
    sheet = Sheet(window, QFrame(), "Sheet")
    sheet.open()
    vanish(field)

    with qtbot.waitSignal(sheet.closed):
        sheet.dismiss()


def test_what_had_the_focus_may_be_gone_when_the_palette_closes(
    field: QLineEdit, window: QMainWindow
) -> None:
    palette = Palette(window)
    palette.open([])
    vanish(field)

    palette.dismiss()

    assert palette.isHidden()


def test_under_a_sheet_no_deed_is_done_but_locking(
    qtbot: QtBot, field: QLineEdit, window: QMainWindow
) -> None:
    done: list[str] = []
    actions = Actions(window)
    actions.add("edit.undo", "Undo", lambda: done.append("undo"), shortcut="Ctrl+Z")
    actions.add("archive.lock", "Lock", lambda: done.append("lock"), shortcut="Ctrl+Shift+L")
    button = QPushButton("Close")
    sheet = Sheet(window, button, "Sheet")
    sheet.open(button)

    qtbot.keyClick(button, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    qtbot.keyClick(
        button, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert done == ["lock"]

    sheet.dismiss()
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["lock"]  # a field takes back its own words
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["lock", "undo"]


@pytest.mark.usefixtures("field")
def test_a_letter_leads_into_the_sheet_and_never_under_it(qtbot: QtBot, window: QMainWindow) -> None:
    under = QWidget()
    under.setLayout(labelled("&Received from", QLineEdit()))
    window.setCentralWidget(under)
    panel, start, wanted, pressed = QFrame(), QLineEdit(), QLineEdit(), QPushButton("&Go")
    panel.setLayout(column(start, labelled("F&rom", wanted), pressed))
    sheet = Sheet(window, panel, "Sheet")
    sheet.open(start)

    qtbot.keyClick(start, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)

    assert QApplication.focusWidget() is wanted
    with qtbot.waitSignal(pressed.clicked):
        qtbot.keyClick(wanted, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)


class Painted(QObject):
    """Remembers the last part of a widget that was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.part = QRect()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        del watched
        if isinstance(event, QPaintEvent):
            self.part = event.region().boundingRect()
        return False


@pytest.mark.usefixtures("field")
def test_the_shadow_of_a_sheet_follows_its_panel(qtbot: QtBot, window: QMainWindow) -> None:
    panel = QFrame()
    panel.setFixedSize(200, 300)
    sheet = Sheet(window, panel, "Sheet")
    painted = Painted(sheet)
    sheet.open()
    qtbot.waitUntil(lambda: painted.part == sheet.rect())
    painted.part = QRect()

    panel.setFixedSize(200, 100)
    sheet.centre()

    qtbot.waitUntil(lambda: painted.part == sheet.rect())


def test_a_shadow_follows_the_theme(theme: Theme, qtbot: QtBot) -> None:
    card = QFrame()
    qtbot.addWidget(card)
    cast_shadow(card)
    effect = card.graphicsEffect()
    assert isinstance(effect, QGraphicsDropShadowEffect)
    light = effect.color().alpha()

    theme.choose("dark")

    assert effect.color().alpha() > light

"""Rows and columns stand where reading begins, with their margins."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from archivist.ui.widgets.layout import row


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def placed(qtbot: QtBot) -> QRect:
    widget, inside = QWidget(), QPushButton("x")
    inside.setSizePolicy(inside.sizePolicy().Policy.Expanding, inside.sizePolicy().Policy.Expanding)
    widget.setLayout(row(inside, margins=(50, 1, 10, 2)))
    widget.resize(200, 40)
    qtbot.addWidget(widget)
    widget.show()
    return inside.geometry()


def test_margins_are_before_and_behind(qtbot: QtBot) -> None:
    assert placed(qtbot) == QRect(50, 1, 140, 37)


@pytest.mark.usefixtures("right_to_left")
def test_margins_are_mirrored_too(qtbot: QtBot) -> None:
    assert placed(qtbot) == QRect(10, 1, 140, 37)

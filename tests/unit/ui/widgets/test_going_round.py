from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox, QWidget
from shiboken6 import isValid

from archivist.ui.widgets.going_round import go_round
from archivist.ui.widgets.layout import column, row


class Form(QWidget):
    """Two columns: at the left name, then day; at the right two buttons side by side, then one more."""

    def __init__(self) -> None:
        super().__init__()
        # Made in another order than they stand in.
        self.last, self.second, self.first = (QPushButton(name) for name in ("last", "second", "first"))
        self.day, self.name = QSpinBox(), QLineEdit()
        for widget, called in ((self.day, "day"), (self.name, "name")):
            widget.setAccessibleName(called)
        for button in (self.last, self.second, self.first):
            button.setAccessibleName(button.text())
        self.right = QWidget()
        self.right.setLayout(column(row(self.first, self.second), self.last))
        self.left = QWidget()
        self.left.setLayout(column(self.name, self.day))
        self.setLayout(row(self.left, self.right))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802, FBT001 - Qt's signature
        return go_round(self, forward)


@pytest.fixture
def form(show: Callable[[Form], Form]) -> Form:
    return show(Form())


def way(form: Form, key: Qt.Key = Qt.Key.Key_Tab) -> list[str]:
    """From the name on, once around."""
    form.name.setFocus()
    passed = []
    for _ in range(5):
        now = QApplication.focusWidget()
        assert now is not None
        passed.append(now.accessibleName())
        QTest.keyClick(now, key)
    return passed


def test_tab_goes_as_one_reads(form: Form) -> None:
    assert way(form) == ["name", "day", "first", "second", "last"]
    assert way(form, Qt.Key.Key_Backtab) == ["name", "last", "second", "first", "day"]


def test_tab_goes_from_right_to_left_where_one_reads_so(form: Form) -> None:
    form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()

    assert way(form) == ["name", "day", "first", "second", "last"]


def test_what_cannot_be_used_is_passed_over(form: Form) -> None:
    form.second.setEnabled(False)
    form.last.hide()

    assert way(form) == ["name", "day", "first", "name", "day"]


def test_the_end_of_one_field_leaves_the_others(form: Form) -> None:
    way(form)
    for field in (form.day, form.second):
        field.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert all(map(isValid, (form.name, form.first, form.last, form.right)))
    assert way(form) == ["name", "first", "last", "name", "first"]


def test_an_empty_form_lets_tab_go_on(show: Callable[[QWidget], QWidget]) -> None:
    assert not go_round(show(QWidget()), True)  # noqa: FBT003 - as Qt calls it

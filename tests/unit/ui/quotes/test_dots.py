from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from archivist.ui.quotes.dots import ColourDots
from archivist.ui.theme import Theme


def test_arrows_go_from_dot_to_dot_and_space_chooses(
    theme: Theme,  # noqa: ARG001 - dresses the app
    show: Callable[[QWidget], QWidget],
) -> None:
    dots = ColourDots("Colour")
    chosen: list[str] = []
    dots.chosen.connect(chosen.append)
    show(dots)
    dots.show_hue("violet")
    dots.focus_chosen()

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        focus = QApplication.focusWidget()
        assert focus
        QTest.keyClick(focus, key)

    assert chosen == ["rose"]
    assert dots.hue() == "violet"
    after = QApplication.focusWidget()
    assert after
    assert after.accessibleName() == "Colour: Rose"


def test_in_a_mirrored_window_the_arrows_go_the_other_way(
    theme: Theme,  # noqa: ARG001
    show: Callable[[QWidget], QWidget],
) -> None:
    dots = ColourDots("Colour")
    dots.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    show(dots)
    dots.show_hue("teal")
    dots.focus_chosen()
    focus = QApplication.focusWidget()
    assert focus

    QTest.keyClick(focus, Qt.Key.Key_Left)

    after = QApplication.focusWidget()
    assert after
    assert after.objectName() == "colour_sky"

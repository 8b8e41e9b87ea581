"""A choice of two or three that stand side by side, one of which holds."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton

from archivist.ui.icons import icon as themed_icon
from archivist.ui.widgets.layout import row


class Segmented(QFrame):
    """Options as (id, words, icon or empty); `chosen` tells the id."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("segmented")
        self.setAccessibleName(name)
        self._buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for option, words, icon in options:
            button = QPushButton(words)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {words}")
            if icon:
                button.setIcon(themed_icon(icon, "text2", on="text"))
            button.clicked.connect(lambda _=False, option=option: self.chosen.emit(option))
            group.addButton(button)
            self._buttons[option] = button
        self.setLayout(row(*self._buttons.values(), margins=(2, 2, 2, 2), spacing=2))
        self.choose(options[0][0])

    def choose(self, option: str) -> None:
        """Show `option` as chosen; says nothing."""
        self._buttons[option].setChecked(True)

    def choice(self) -> str:
        return next(option for option, button in self._buttons.items() if button.isChecked())

"""What a tag means, written where the tag is."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from archivist.model.tag import Tag
from archivist.ui.tags.kept_area import KeptArea
from archivist.ui.widgets.layout import column, label
from archivist.ui.widgets.popover import Popover
from archivist.ui.words import isolate

WIDTH = 340


class DefinitionPopover(Popover):
    """A few lines beside a tag; Ctrl+Enter or leaving keeps them, Esc forgets what was typed last."""

    kept = Signal(str, str)

    def __init__(self, parent: QWidget, tag: Tag) -> None:
        super().__init__(parent, self.tr("What the tag means"))
        self.tag = tag
        self.area = KeptArea(
            self.tr("Definition"), placeholder=self.tr("When to use this tag, and when not"), least=4
        )
        self.area.setObjectName("definition_area")
        self.area.show_value(tag.definition)
        self.area.kept.connect(lambda words: self.kept.emit(tag.id, words))
        self.area.finished.connect(self.dismiss)
        self.setFixedWidth(WIDTH)
        title = label(self.tr("What {} means").format(f"“{isolate(tag.name)}”"), "h2", wraps=True)
        hint = label(self.tr("Ctrl+Enter keeps it."), "meta")
        self.setLayout(column(title, self.area, hint, margins=(14, 12, 14, 12), spacing=8))
        self.closed.connect(self.deleteLater)

    def open_at(self, rect: QRect) -> None:
        self.open_beside(rect)
        self.area.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        self.area.keep()
        super().dismiss()

"""What is said of many quotes at a time: tags or cases, in a popover beside their button."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from archivist.services.codebook import Codebook
from archivist.ui.quotes.case_field import CaseField
from archivist.ui.quotes.quick_bar import TAGS
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.popover import Popover
from archivist.ui.widgets.tag_field import TagField
from archivist.ui.words import plural

WIDTH = 380


class Together(Popover):
    """Adds; takes nothing away."""

    tags_chosen = Signal(object)
    cases_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Selected quotes"))
        self.setFixedWidth(WIDTH)
        self._part = TAGS
        self._beside = QRect()
        self._title = label(role="h2")
        self.tag_field = TagField(self.tr("Tags"))
        self.case_field = CaseField()
        self._save = push_button(self.tr("Add"), handler=self._finish, kind="primary")
        self._save.setObjectName("together_add")
        cancel = push_button(self.tr("Cancel"), handler=self.dismiss)
        foot = row(None, cancel, self._save, spacing=8)
        self.setLayout(
            column(self._title, self.tag_field, self.case_field, foot, margins=(16, 14, 16, 14), spacing=10)
        )
        self.tag_field.finished.connect(self._finish)
        self.case_field.finished.connect(self._finish)

    def open_for(self, part: str, count: int, beside: QRect) -> None:
        """In the parent's coordinates."""
        self._part, self._beside = part, beside
        self.tag_field.setVisible(part == TAGS)
        self.case_field.setVisible(part != TAGS)
        self.tag_field.set_tags(())
        self.case_field.set_cases(())
        if part == TAGS:
            said = plural(count, self.tr("Tag 1 quote"), self.tr("Tag {} quotes"))
        else:
            said = plural(count, self.tr("Add 1 quote to a case"), self.tr("Add {} quotes to a case"))
        self._title.setText(said)
        self.open_beside(beside)
        field: QWidget = self.tag_field.entry if part == TAGS else self.case_field
        field.setFocus(Qt.FocusReason.PopupFocusReason)

    def offer(self, known: Codebook) -> None:
        self.tag_field.offer(known.tags)
        self.case_field.offer(known.cases)

    def event(self, event: QEvent) -> bool:
        """What is inside has another height now."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            bottom, is_above = self.geometry().bottom(), self.geometry().bottom() < self._beside.top()
            self.adjustSize()
            if is_above:
                self.move(self.x(), bottom + 1 - self.height())
        return done

    def _finish(self) -> None:
        self.tag_field.take_pending()
        self.case_field.take_pending()
        tags, cases = self.tag_field.tags(), self.case_field.cases()
        self.dismiss()
        if self._part == TAGS and tags:
            self.tags_chosen.emit(tags)
        elif self._part != TAGS and cases:
            self.cases_chosen.emit(cases)

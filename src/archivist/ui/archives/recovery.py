"""The recovery code, shown once: to be printed, saved or copied by hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from archivist.ui.archives.panels import Panel
from archivist.ui.archives.prose import Prose
from archivist.ui.archives.recovery_sheet import RecoverySheet, sentences
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.layout import label, row
from archivist.ui.words import day_words, isolate


class RecoveryPanel(Panel):
    """Has no cross: it is left by saying that the code is kept."""

    print_wanted = Signal()
    save_wanted = Signal()
    kept = Signal()

    def __init__(self, sheet: RecoverySheet, *, sheet_as: str) -> None:
        super().__init__("recovery", self.tr("Recovery sheet"), width=560)
        self.close_button.hide()
        self._shown = sheet
        self.print = push_button(
            self.tr("Print…"),
            "printer",
            self.print_wanted.emit,
            kind="primary" if sheet_as == "print" else "",
        )
        self.save = push_button(
            self.tr("Save as a file…"),
            "floppy-disk",
            self.save_wanted.emit,
            kind="primary" if sheet_as == "save" else "",
        )
        self.done = push_button(self.tr("I have it"), "check", self.kept.emit)
        self.first = self.print if sheet_as == "print" else self.save
        for name, button in (("print", self.print), ("save_sheet", self.save), ("i_have_it", self.done)):
            button.setObjectName(name)
            button.setFixedHeight(32)
        told = Prose(
            self.tr("Your archive is made. This is its recovery code. It is shown now and never again."),
            "body2",
        )
        words = f"{isolate(sheet.name)} · {day_words(sheet.day)}"
        points = [Prose(sentence) for sentence in sentences()]
        self.fill(
            *(told, 14, label(words, "meta"), 8, _grid(sheet.groups), 14),
            *(part for point in points for part in (point, 6)),
            *(8, self.notice),
            foot=row(self.print, self.save, None, self.done, margins=(24, 12, 24, 12), spacing=8),
        )

    def code(self) -> str:
        """As it stands on the screen."""
        return self._shown.code

    def show_saved(self, name: str) -> None:
        words = self.tr("Saved as “{}”. Take the file away from this computer, then delete it here.")
        self.notice.tell("ok", words.format(isolate(name)))
        self._now_leave()

    def show_printed(self) -> None:
        self.notice.tell("ok", self.tr("Sent to the printer. Look at the page before you go on."))
        self._now_leave()

    def show_failed(self, sentence: str) -> None:
        self.notice.tell("error", sentence)

    def ask_again(self) -> None:
        """Leaving without having printed or saved: once more, as it cannot be undone."""
        self.notice.tell(
            "warning",
            self.tr("If you have copied the code by hand, press “I have it” once more."),
            title=self.tr("It was neither printed nor saved"),
        )

    def _now_leave(self) -> None:
        self.done.setFocus()


def _grid(groups: list[str]) -> QWidget:
    """Two rows of four groups; they read from left to right in every interface."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(10)
    for at, group in enumerate(groups):
        shown = label(group, "code")
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(shown, at // 4, at % 4)
    holder = QWidget()
    holder.setObjectName("recovery_code")
    holder.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    holder.setLayout(grid)
    holder.setAccessibleName(" ".join(groups))
    return holder

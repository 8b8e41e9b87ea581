"""The small sheet of settings: looks, locking, what this computer remembers, how safe it is here."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSpinBox, QWidget

from archivist.model.sandbox import SafetyLevel
from archivist.ui.archives.panels import Panel
from archivist.ui.archives.prose import Picture, Prose
from archivist.ui.widgets.buttons import link_button, push_button, tool_button
from archivist.ui.widgets.check import CheckBox
from archivist.ui.widgets.layout import column, horizontal_line, label, row
from archivist.ui.widgets.segmented import Segmented
from archivist.ui.words import isolate, plural

LONGEST_IDLE = 240


class SettingsPanel(Panel):
    """Every choice holds at once; there is nothing to confirm."""

    theme_chosen = Signal(str)
    idle_chosen = Signal(int)
    all_forgotten = Signal()
    remembered = Signal(bool)
    folder_wanted = Signal()

    def __init__(self, *, theme: str, idle_minutes: int, folder: Path) -> None:
        super().__init__("settings", self.tr("Settings"), width=540)
        self.theme = Segmented(
            self.tr("Colours"),
            [
                ("system", self.tr("As the system"), "monitor"),
                ("light", self.tr("Light"), "sun"),
                ("dark", self.tr("Dark"), "moon"),
            ],
        )
        self.theme.choose(theme)
        self.theme.chosen.connect(self.theme_chosen)
        self.idle = QSpinBox()
        self.idle.setObjectName("idle_minutes")
        self.idle.setAccessibleName(self.tr("Minutes until an encrypted archive is locked"))
        self.idle.setRange(0, LONGEST_IDLE)
        self.idle.setSpecialValueText(self.tr("Never"))
        self.idle.setSuffix(self.tr(" minutes"))
        self.idle.setProperty("buttons", "none")
        self.idle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.idle.setFixedSize(110, 34)
        self.idle.setValue(idle_minutes)
        self.idle.valueChanged.connect(self.idle_chosen)
        self._recent = Prose(role="body2")
        self.forget = link_button(self.tr("Forget all"), self.all_forgotten.emit)
        self.forget.setObjectName("forget_recent")
        self.this_one = CheckBox("")
        self.this_one.setObjectName("remember_this")
        self.this_one.toggled.connect(self.remembered)
        self.this_one.hide()
        self._safety_icon = Picture("shield-check", "text2", 18)
        self._safety = Prose(self.tr("Being found out…"))
        kept = self.tr(
            "Settings are kept in the folder “{}” of your own account; nothing from inside an archive"
            " is among them."
        )
        reveal = link_button(self.tr("Show the folder"), self.folder_wanted.emit)
        close = push_button(self.tr("Close"), handler=self.closing.emit)
        self.fill(
            *self._choices(),
            *(14, horizontal_line(), 14, label(self.tr("Remembered on this computer"), "h2"), 4),
            *(_beside(self._recent, self.forget), 2, self.this_one, 14, horizontal_line(), 14),
            *(label(self.tr("Safety"), "h2"), 4, _beside_icon(self._safety_icon, self._safety)),
            *(14, horizontal_line(), 14, _beside(Prose(kept.format(isolate(folder.name))), reveal)),
            foot=self.foot(close),
        )
        self.show_recent(0)

    def first(self) -> QWidget:
        """Where the focus begins: the colours that hold."""
        return next(button for button in self.theme.findChildren(QPushButton) if button.isChecked())

    def told(self) -> list[str]:
        """Its sentences as they stand."""
        return [prose.words() for prose in self.findChildren(Prose)]

    def show_recent(self, count: int) -> None:
        nothing = self.tr("No archive is listed on the welcome screen.")
        some = plural(
            count,
            self.tr("1 archive is listed on the welcome screen."),
            self.tr("{} archives are listed on the welcome screen."),
        )
        self._recent.tell(some if count else nothing)
        self.forget.setVisible(count > 0)

    def show_this_archive(self, name: str, *, remembered: bool) -> None:
        """The archive that is open can be put on the list, or taken off."""
        self.this_one.setText(self.tr("Show “{}” on the welcome screen").format(isolate(name)))
        self.this_one.blockSignals(True)
        self.this_one.setChecked(remembered)
        self.this_one.blockSignals(False)
        self.this_one.show()

    def show_safety(self, level: SafetyLevel) -> None:
        icon, ink, words = {
            SafetyLevel.FULL: (
                "shield-check",
                "ok",
                self.tr(
                    "Level: full. Every document is read in a sealed room without files, network or"
                    " other programs. A hostile one harms only itself."
                ),
            ),
            SafetyLevel.KERNEL: (
                "shield-check",
                "ok",
                self.tr(
                    "Level: kernel. Documents are read by a program that the system keeps from files and"
                    " network. Installing “bubblewrap” would make it full."
                ),
            ),
            SafetyLevel.NONE: (
                "shield-warning",
                "warn",
                self.tr(
                    "Level: none. This computer offers no sandbox, so documents are kept, but not read."
                    " On Linux, install “bubblewrap” and start again."
                ),
            ),
        }[level]
        self._safety_icon.show_icon(icon, ink)
        self._safety.tell(words)

    def _choices(self) -> list[QBoxLayout | int]:
        idle = Prose(self.tr("Lock an encrypted archive when nobody has touched the window for"), "")
        less = tool_button("minus", self.tr("Sooner"), self.idle.stepDown, size=16)
        more = tool_button("plus", self.tr("Later"), self.idle.stepUp, size=16)
        return [
            row(label(self.tr("Colours")), None, self.theme),
            12,
            _stretching(row(idle, 12, less, self.idle, more)),
        ]


def _stretching(layout: QBoxLayout) -> QBoxLayout:
    layout.setStretch(0, 1)
    return layout


def _beside(words: Prose, button: QPushButton) -> QBoxLayout:
    layout = row(words, column(button, None), spacing=16)
    layout.setStretch(0, 1)
    return layout


def _beside_icon(icon: Picture, words: Prose) -> QBoxLayout:
    layout = row(column(icon, None), words, spacing=8)
    layout.setStretch(1, 1)
    return layout

"""The first page: ways in, archives opened before, and what is promised."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from archivist.model.sandbox import SafetyLevel
from archivist.ui.archives.cards import way_in
from archivist.ui.archives.prose import Picture, Prose, onwards
from archivist.ui.archives.recent import RecentList
from archivist.ui.widgets.buttons import link_button
from archivist.ui.widgets.layout import column, label, panel, row, vertical_line
from archivist.ui.widgets.notice import Notice

WIDTH = 1100


class WelcomePage(QScrollArea):
    """Says which archive is wanted; knows of folders nothing but their names."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    recent_opened = Signal(Path)
    recent_forgotten = Signal(Path)
    recent_revealed = Signal(Path)
    all_forgotten = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.notice = Notice()
        inside = QWidget()
        inside.setObjectName("page")
        columns = row(self._ways_in(), self._recent(), spacing=80)
        columns.setStretch(0, 560)
        columns.setStretch(1, 460)
        whole = QWidget()
        whole.setMaximumWidth(WIDTH)
        whole.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        whole.setLayout(column(self.notice, 18, columns, 92, self._promises()))
        middle = row(None, whole, None, margins=(32, 24, 32, 24))
        middle.setStretch(1, 1000)
        layout = column(None, middle, None)
        layout.setStretch(0, 10)
        layout.setStretch(2, 14)
        inside.setLayout(layout)
        self.setWidget(inside)
        self.show_recent([])

    def show_recent(self, folders: list[Path]) -> None:
        self.recent.show_folders(folders)
        has_any = bool(folders)
        self.recent.setVisible(has_any)
        self._nothing.setVisible(not has_any)
        self.forget_all.setVisible(has_any)
        self._told.setVisible(has_any)

    def show_safety(self, level: SafetyLevel) -> None:
        """The last promise, as far as this computer can keep it."""
        icon, ink, sentence = {
            SafetyLevel.FULL: (
                "shield-check",
                "ok",
                self.tr("Documents are read in a sandbox. Safety level here: full."),
            ),
            SafetyLevel.KERNEL: (
                "shield-check",
                "ok",
                self.tr("Documents are read in a sandbox. Safety level here: kernel, the second best."),
            ),
            SafetyLevel.NONE: (
                "shield-warning",
                "warn",
                self.tr("Not on this computer: it has no sandbox. Documents are kept, but not read."),
            ),
        }[level]
        self._safety_icon.show_icon(icon, ink)
        self._safety.tell(sentence)

    def safety_words(self) -> str:
        return self._safety.words()

    def set_focus(self) -> None:
        """Where the next key is likely to go."""
        target: QWidget = self.recent if self.recent.isVisibleTo(self) else self.new
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.set_focus()

    # ---- the three parts

    def _ways_in(self) -> QBoxLayout:
        title = label("Archivist", "display")
        lead = Prose(
            self.tr(
                "Keep the documents, mark the words that matter, and show where each of them comes from."
            ),
            "lead",
            leading=124,
        )
        self.new = way_in(
            "folder-plus",
            self.tr("New archive"),
            self.tr("One folder on this computer, encrypted with your passphrase"),
            end=label(self.tr("Ctrl N"), "key"),
            is_first=True,
        )
        self.open = way_in(
            "folder-open",
            self.tr("Open archive"),
            self.tr("A folder whose name ends in .archivist, also from a USB stick"),
            end=label(self.tr("Ctrl O"), "key"),
        )
        self.sample = way_in(
            "books",
            self.tr("Sample archive"),
            self.tr("Invented documents to try search, quotes and packs; not encrypted"),
            end=Picture(onwards(), "text2", 18),
        )
        for name, card, wanted in (
            ("new_archive", self.new, self.new_wanted),
            ("open_archive", self.open, self.open_wanted),
            ("sample_archive", self.sample, self.sample_wanted),
        ):
            card.setObjectName(name)
            card.clicked.connect(lambda *_, wanted=wanted: wanted.emit())
        drop = row(
            Picture("upload-simple", "text2", 16),
            label(
                self.tr("Or drop an archive folder or a backup anywhere in this window."), "body2", wraps=True
            ),
            margins=(2, 0, 0, 0),
            spacing=8,
        )
        drop.setStretch(1, 1)
        return column(title, 13, lead, 20, self.new, 12, self.open, 12, self.sample, 16, drop, None)

    def _recent(self) -> QBoxLayout:
        self.recent = RecentList()
        self.recent.opened.connect(self.recent_opened)
        self.recent.forgotten.connect(self.recent_forgotten)
        self.recent.revealed.connect(self.recent_revealed)
        self.forget_all = link_button(self.tr("Forget all"), self.all_forgotten.emit)
        self.forget_all.setObjectName("forget_all")
        self._nothing = self._empty()
        self._told = Prose(self.tr("Shown by folder name only. Nothing from inside an archive is kept here."))
        head = row(label(self.tr("Recent archives"), "h2"), None, self.forget_all)
        card = panel("list_card", column(self.recent, self._nothing, margins=(5, 5, 5, 5)))
        return column(4, head, 13, card, 8, self._told, None)

    def _empty(self) -> QWidget:
        words = Prose(
            self.tr(
                "An archive is listed here only if you ask for it when you make or open it."
                " Whoever looks at this computer can see the list."
            )
        )
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = label(self.tr("Nothing is remembered on this computer"), "h2")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        picture = Picture("clock-counter-clockwise", "control", 30)
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        nothing = QWidget()
        nothing.setObjectName("no_recent")
        nothing.setMinimumHeight(264)
        nothing.setLayout(column(None, picture, 10, title, 6, words, None, margins=(44, 12, 44, 12)))
        return nothing

    def _promises(self) -> QFrame:
        self._safety_icon = Picture("shield-check", "text2", 18)
        self._safety = Prose(self.tr("Documents are read in a sandbox."))
        told = (
            (
                Picture("cloud-slash", "ok", 18),
                self.tr("Nothing leaves this computer"),
                Prose(self.tr("There is no network code at all: no account, no cloud, no updates.")),
            ),
            (
                Picture("lock-simple", "ok", 18),
                self.tr("Encrypted from the start"),
                Prose(self.tr("While locked, it cannot be read without your passphrase.")),
            ),
            (
                Picture("fingerprint", "ok", 18),
                self.tr("Originals stay untouched"),
                Prose(self.tr("Every file is kept byte for byte and checked against its fingerprint.")),
            ),
            (self._safety_icon, self.tr("Hostile files stay boxed in"), self._safety),
        )
        layout = row(margins=(4, 18, 4, 18), spacing=0)
        for at, (icon, title, sentence) in enumerate(told):
            if at:
                line = vertical_line(64)
                layout.addWidget(line, 0, Qt.AlignmentFlag.AlignTop)
            head = label(title, "h2", wraps=True)
            words = column(head, sentence, None, spacing=7)
            part = row(column(icon, None), words, margins=(15, 0, 15, 0), spacing=7)
            part.setStretch(1, 1)
            layout.addLayout(part, 1)
        return panel("strip", layout)

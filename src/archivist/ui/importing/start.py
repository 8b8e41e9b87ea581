"""Before an import: what to bring in, and where it comes from."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from archivist.services.incoming import Source
from archivist.ui.icons import pixmap
from archivist.ui.theme import Theme
from archivist.ui.widgets.buttons import push_button
from archivist.ui.widgets.field import labelled, line_edit
from archivist.ui.widgets.layout import column, label, panel, row
from archivist.ui.widgets.notice import Notice

WIDTH = 620


class StartPage(QWidget):
    """Says which files are wanted; what is known of their way here goes with all of them."""

    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice()
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.received_from = line_edit(
            self.tr("Received from"), placeholder=self.tr("A person, an office, a website")
        )
        self.method = line_edit(self.tr("How"), placeholder=self.tr("USB stick, e-mail, download"))
        self.note = line_edit(self.tr("Note"), placeholder=self.tr("What will matter in ten years"))
        self.files = push_button(
            self.tr("Choose files…"), "file-plus", self.files_wanted.emit, kind="primary"
        )
        self.files.setObjectName("choose_files")
        self.folder = push_button(self.tr("Choose a folder…"), "folder-open", self.folder_wanted.emit)
        self.folder.setObjectName("choose_folder")
        title = label(self.tr("Import documents"), "title")
        kinds = label(
            self.tr(
                "PDF, Word, web pages, Markdown and plain text are read, in a sandbox. Every other file is"
                " kept as it is. Nothing of what you choose is changed or moved."
            ),
            "meta",
            wraps=True,
        )
        drop = label(self.tr("Or drop files and folders anywhere in this window."), "meta")
        for shown in (title, kinds, drop):
            shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        way = panel(
            "card",
            column(
                label(self.tr("Where do they come from?"), "h1"),
                label(
                    self.tr("Kept with every file of this import, as its provenance. Empty is allowed."),
                    "meta",
                    wraps=True,
                ),
                10,
                row(
                    labelled(self.tr("&Received from"), self.received_from),
                    labelled(self.tr("&How"), self.method),
                    spacing=12,
                ),
                8,
                labelled(self.tr("&Note"), self.note),
                margins=(16, 14, 16, 16),
            ),
        )
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        middle.setLayout(
            column(
                self._icon,
                12,
                title,
                6,
                kinds,
                16,
                row(None, self.files, self.folder, None, spacing=8),
                10,
                drop,
                28,
                way,
                12,
                self.notice,
            )
        )
        layout = column(None, row(None, middle, None), None, None, margins=(24, 24, 24, 24))
        layout.itemAt(1).layout().setStretch(1, 10)  # type: ignore[union-attr]  # the row that was just put there
        self.setLayout(layout)
        Theme.current().changed.connect(self._dress)
        self._dress()

    def source(self) -> Source:
        """What is known of the way of these files."""
        return Source(
            received_from=self.received_from.text().strip(),
            method=self.method.text().strip(),
            note=self.note.text().strip(),
        )

    def forget_source(self) -> None:
        """It went with one import; the next files, dropped out of sight of it, come another way."""
        for field in (self.received_from, self.method, self.note):
            field.clear()

    def _dress(self) -> None:
        color = Theme.current().color("accent")
        self._icon.setPixmap(pixmap("download-simple", color, 40, self.devicePixelRatioF()))

"""The line at the bottom: how safe it is here, what is under way, what was just done."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar

from archivist.ui.icons import pixmap
from archivist.ui.theme import Theme
from archivist.ui.widgets.layout import label, row, vertical_line

HEIGHT = 28
STAYS = 8_000  # milliseconds that a sentence stays


class StatusBar(QFrame):
    """Safety at the start; sentences in the middle; work, index and count at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusbar")
        self.setFixedHeight(HEIGHT)
        self._icon_name, self._icon_ink = "shield-check", "ok"
        self._icon = QLabel()
        self._safety = label()
        self._sentence = label()
        self._sentence.setObjectName("status_sentence")
        self._work = label()
        self._work.setObjectName("status_work")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(110)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._index = label()
        self._index.setObjectName("status_index")
        self._line = vertical_line(14)
        self._count = label()
        self._count.setObjectName("status_count")
        self._leave = QTimer(self, singleShot=True, interval=STAYS)
        self._leave.timeout.connect(self._sentence.clear)
        layout = row(
            self._icon,
            self._safety,
            16,
            self._sentence,
            None,
            self._work,
            4,
            self._progress,
            8,
            self._index,
            8,
            self._line,
            8,
            self._count,
            margins=(12, 0, 14, 0),
            spacing=6,
        )
        layout.setStretchFactor(self._sentence, 1)
        self.setLayout(layout)
        self.show_work("")
        self.show_count("")
        Theme.current().changed.connect(self._dress)
        self._dress()

    def say(self, sentence: str) -> None:
        """Show a sentence for a while; screen readers are told too."""
        self._sentence.setText(sentence)
        self._sentence.setToolTip(sentence)
        self._sentence.setAccessibleName(sentence)
        self._leave.start()

    def sentence(self) -> str:
        return self._sentence.text()

    def show_safety(self, sentence: str, *, is_good: bool) -> None:
        self._icon_name = "shield-check" if is_good else "shield-warning"
        self._icon_ink = "ok" if is_good else "warn"
        self._safety.setText(sentence)
        self._dress()

    def show_work(self, words: str, done: int = 0, of: int = 0) -> None:
        """What is under way; empty words: nothing. Without `of` there is no bar."""
        self._work.setText(words)
        self._progress.setVisible(of > 0)
        if of:
            self._progress.setRange(0, of)
            self._progress.setValue(done)

    def work(self) -> str:
        return self._work.text()

    def show_index(self, words: str) -> None:
        self._index.setText(words)

    def show_count(self, words: str) -> None:
        self._count.setText(words)
        self._line.setVisible(bool(words))

    def _dress(self) -> None:
        color = Theme.current().color(self._icon_ink)
        self._icon.setPixmap(pixmap(self._icon_name, color, 15, self.devicePixelRatioF()))

"""Four bars, a word and a sentence: what a passphrase is worth, as far as that can be told."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from archivist.model.strength import Estimate, Strength, Weakness, estimate
from archivist.services.passphrases import suggested_bits
from archivist.ui.icons import pixmap
from archivist.ui.theme import Theme
from archivist.ui.widgets.layout import column, label, restyle, row
from archivist.ui.widgets.painting import mirrored, rounded

_GAP, _BAR = 4, 4
_INKS = {
    Strength.NONE: ("text2", "meta", "info"),
    Strength.TOO_WEAK: ("danger", "error", "warning-circle"),
    Strength.WEAK: ("warn", "warn", "warning"),
    Strength.GOOD: ("ok", "ok", "check-circle"),
    Strength.STRONG: ("ok", "ok", "check-circle"),
}


class StrengthMeter(QWidget):
    """Shows an estimate; never blocks anything by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.strength = Strength.NONE
        self._bars = _Bars()
        self._icon = QLabel()
        self._word = label(role="meta")
        self._word.setProperty("strong", True)
        self._sentence = label(role="meta", wraps=True)
        self._sentence.setMinimumHeight(17)
        words = row(self._icon, self._word, self._sentence, spacing=5)
        words.setStretch(2, 1)
        self.setLayout(column(self._bars, 6, words))
        Theme.current().changed.connect(self._dress)
        self.show_passphrase("")

    def show_passphrase(self, passphrase: str, *, is_suggested: bool = False) -> None:
        """`is_suggested`: it was picked by chance, here and now, and not changed since."""
        if is_suggested:
            bits = suggested_bits()
            self._show(Strength.STRONG, self._of_suggestion(bits))
            return
        found = estimate(passphrase)
        self._show(found.strength, self._sentence_of(found))

    def text(self) -> str:
        return f"{self._word.text()} {self._sentence.text()}".strip()

    def _show(self, strength: Strength, sentence: str) -> None:
        self.strength = strength
        word = {
            Strength.NONE: "",
            Strength.TOO_WEAK: self.tr("Too weak."),
            Strength.WEAK: self.tr("Weak."),
            Strength.GOOD: self.tr("Good."),
            Strength.STRONG: self.tr("Strong."),
        }[strength]
        self._word.setText(word)
        self._word.setVisible(bool(word))
        self._icon.setVisible(bool(word))
        self._sentence.setText(sentence)
        self.setAccessibleName(self.tr("Strength of the passphrase"))
        self.setAccessibleDescription(self.text())
        self._dress()

    def _of_suggestion(self, bits: int) -> str:
        words = self.tr("Six words picked at random: far too many to try one by one ({} bits).")
        return words.format(bits)

    def _sentence_of(self, found: Estimate) -> str:
        if found.strength is Strength.NONE:
            return self.tr("Several words that nobody would say together are strong and can be remembered.")
        if found.strength is Strength.STRONG:
            return self.tr("Hard to guess, if the words are yours alone and no quotation.")
        if found.weakness is not None:
            return self._weakness(found.weakness)
        return self.tr("One more word would make it strong.")

    def _weakness(self, weakness: Weakness) -> str:
        return {
            Weakness.COMMON: self.tr("It holds a word that is among the first to be tried."),
            Weakness.KEYBOARD: self.tr("Keys that lie side by side are tried early."),
            Weakness.REPEATS: self.tr("It repeats itself, which adds little."),
            Weakness.DATE: self.tr("Dates and years are tried early."),
            Weakness.FEW_CHARACTERS: self.tr("It is made of few different characters."),
            Weakness.SHORT: self.tr("It is short: add words."),
        }[weakness]

    def _dress(self) -> None:
        ink, role, icon = _INKS[self.strength]
        theme = Theme.current()
        self._word.setProperty("role", role)
        restyle(self._word)
        self._icon.setPixmap(pixmap(icon, theme.color(ink), 15, self.devicePixelRatioF()))
        self._bars.light(int(self.strength), ink)


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._lit, self._ink = 0, "ok"
        self.setFixedHeight(_BAR)

    def light(self, lit: int, ink: str) -> None:
        self._lit, self._ink = lit, ink
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _BAR)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        theme = Theme.current()
        width = (self.width() - 3 * _GAP) / 4
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for at in range(4):
                bar = mirrored(
                    QRectF(at * (width + _GAP), 0, width, _BAR), self.rect(), self.layoutDirection()
                )
                rounded(painter, bar, _BAR / 2, theme.color(self._ink if at < self._lit else "press"))

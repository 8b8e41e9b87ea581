"""Large buttons with words inside: the ways in, and the choice of protection."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QRadioButton, QSizePolicy, QWidget

from archivist.ui.icons import draw_icon
from archivist.ui.theme import Theme
from archivist.ui.widgets.layout import column, label, row
from archivist.ui.widgets.painting import rounded


class IconTile(QWidget):
    """An icon on a rounded ground; colours are tokens of the theme."""

    def __init__(self, icon: str, ink: str, ground: str, *, side: int = 40, glyph: int = 20) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look = icon, ink, ground
        self._glyph = glyph
        Theme.current().changed.connect(self.update)

    def show_icon(self, icon: str, ink: str, ground: str) -> None:
        self._look = icon, ink, ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        icon, ink, ground = self._look
        theme = Theme.current()
        under = theme.color(ground)
        if ground == "accentText":
            under.setAlphaF(0.16)
        box = QRectF(0, 0, self._glyph, self._glyph)
        box.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, self.rect(), 8, under)
            draw_icon(painter, icon, box, theme.color(ink))


class CardButton(QPushButton):
    """A button as tall as what is laid out in it."""

    def __init__(self, kind: str, name: str, layout: QLayout) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        self.setLayout(layout)
        for words in self.findChildren(QLabel):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self.minimumHeight(), self._inside().totalHeightForWidth(width))

    def sizeHint(self) -> QSize:
        hint = self._inside().totalSizeHint()
        return QSize(hint.width(), max(hint.height(), self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:
        return self._inside().totalMinimumSize()

    def _inside(self) -> QLayout:
        layout = self.layout()
        if layout is None:
            raise RuntimeError("a card without a layout")
        return layout


def way_in(icon: str, title: str, sentence: str, *, end: QWidget, is_first: bool = False) -> CardButton:
    """A card of the welcome page: icon, what it does, and its key or an arrow at the end."""
    tile = IconTile(icon, "accentText", "accentText") if is_first else IconTile(icon, "accent", "accentSoft")
    words = column(None, label(title, "card"), label(sentence, "body2", wraps=True), None, spacing=4)
    layout = row(tile, 18, words, 12, column(None, end, None), margins=(18, 12, 18, 12), spacing=0)
    layout.setStretch(2, 1)
    card = CardButton("card_primary" if is_first else "card", f"{title}. {sentence}", layout)
    card.setMinimumHeight(76)
    return card


def choice(title: str, sentence: str, *, pill: str = "") -> CardButton:
    """A card that is chosen like a radio button; the sentence stands below the title, or beside it."""
    mark = QRadioButton()
    mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    mark.setFixedWidth(16)
    told = label(sentence, "meta", wraps=bool(pill))
    name = label(title, "h2" if pill else "")
    if pill:
        words = column(row(name, label(pill, "pill"), None, spacing=10), told, spacing=3)
    else:
        words = column(row(name, told, None, spacing=12))
    layout = row(mark, 14, words, margins=(14, 10 if pill else 7, 14, 10 if pill else 7), spacing=0)
    layout.setStretch(2, 1)
    card = CardButton("choice", f"{title}. {sentence}", layout)
    card.setCheckable(True)
    card.setAutoDefault(False)  # there, Enter is for the sheet
    card.toggled.connect(mark.setChecked)
    return card

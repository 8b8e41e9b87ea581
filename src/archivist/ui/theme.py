"""Colours as named tokens: two tables, from which palette, style sheet, icons and painters take theirs."""

import colorsys
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import ClassVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from archivist.resources import resource

LIGHT: Mapping[str, str] = {
    "window": "#fbfbfc",
    "sidebar": "#f3f3f5",
    "panel": "#ffffff",
    "raised": "#ffffff",
    "canvas": "#ececef",
    "inset": "#ebebee",
    "border": "#e3e3e7",
    "border2": "#d4d4da",
    "control": "#8a8c96",
    "text": "#1b1c1f",
    "text2": "#5d5f68",
    "text3": "#63656e",
    "accent": "#2f5bd7",
    "accentHover": "#2850c2",
    "accentText": "#ffffff",
    "accentSoft": "#e6edff",
    "hover": "#ebebee",
    "press": "#e1e1e6",
    "row": "#eef3ff",
    "hit": "#fff0b3",
    "hitText": "#1b1c1f",
    "ok": "#1a7f4b",
    "okSoft": "#e6f4ec",
    "okText": "#14683d",
    "warn": "#a15c00",
    "warnSoft": "#fdf4e3",
    "danger": "#a81f3d",
    "dangerSoft": "#fbe9ec",
    "shadow": "#000000",
    "paper": "#ffffff",  # stays white in the dark
}
DARK: Mapping[str, str] = {
    "window": "#1b1c1f",
    "sidebar": "#18191b",
    "panel": "#1f2023",
    "raised": "#292a2e",
    "canvas": "#141517",
    "inset": "#333439",
    "border": "#2e3034",
    "border2": "#3d3f45",
    "control": "#72747f",
    "text": "#ececef",
    "text2": "#a7a9b3",
    "text3": "#9a9ca9",
    "accent": "#7d9dff",
    "accentHover": "#93aeff",
    "accentText": "#0e1220",
    "accentSoft": "#26304d",
    "hover": "#2a2b2f",
    "press": "#333439",
    "row": "#262d42",
    "hit": "#6b5310",
    "hitText": "#fff3c4",
    "ok": "#5fce93",
    "okSoft": "#1f3329",
    "okText": "#8fe0b4",
    "warn": "#f0b45b",
    "warnSoft": "#382d1d",
    "danger": "#ff9aa8",
    "dangerSoft": "#3d242a",
    "shadow": "#000000",
    "paper": "#ffffff",  # stays white in the dark
}
# For highlights, tags and cases: on paper, as ink on light, as ink on dark.
HUES: Mapping[str, tuple[str, str, str]] = {
    "amber": ("#ffe38a", "#8a5a00", "#f4c95d"),
    "rose": ("#ffc9cf", "#a81f3d", "#ff9aa8"),
    "teal": ("#b5ecdf", "#0b6b58", "#67d8c0"),
    "sky": ("#c3e2ff", "#1560a8", "#8cc6ff"),
    "violet": ("#ddd2ff", "#5b38b8", "#bba6ff"),
    "slate": ("#d9dde4", "#4a5263", "#b1b9c8"),
}
QUOTE_HUES = ("amber", "rose", "teal", "sky", "violet")
PAPER, PAPER_TEXT = "#ffffff", "#1b1c1f"
SHADOW_ALPHA = {False: 46, True: 150}

FAMILIES = (
    *("Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Noto Serif Tibetan"),
    *("Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Myanmar", "DejaVu Sans"),
)

_TOKEN = re.compile(r"@([a-zA-Z0-9]+)")
_FOUR_SIDES = re.compile(r"\b((?:padding|margin):\s*[^\s;]+)(\s+[^\s;]+)(\s+[^\s;]+)(\s+[^\s;]+)")
_SIDE = re.compile(r"\b((?:border|padding|margin)-(?:top-|bottom-)?)(left|right)\b")
_OTHER_SIDE = {"left": "right", "right": "left"}
_CHOICES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The colours of the moment; follows the system unless the user has chosen."""

    changed = Signal()
    _current: ClassVar["Theme | None"] = None

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choice = "system"
        self.is_dark = False
        Theme._current = self
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    @classmethod
    def current(cls) -> "Theme":
        """The theme of the running app, for what is painted without being told which."""
        if cls._current is None:
            cls._current = cls()
        return cls._current

    def choose(self, choice: str) -> None:
        """`system`, `light` or `dark`."""
        self.choice = choice if choice in _CHOICES else "system"
        QGuiApplication.styleHints().setColorScheme(_CHOICES[self.choice])
        self._follow()

    def token(self, name: str) -> str:
        return (DARK if self.is_dark else LIGHT)[name]

    def color(self, name: str) -> QColor:
        """A token's colour, or the ink of a hue."""
        return self.ink(name) if name in HUES else QColor(self.token(name))

    def ink(self, hue: str) -> QColor:
        """For words and marks of that hue on our own surfaces."""
        return QColor(HUES[hue][2 if self.is_dark else 1])

    def soft(self, hue: str) -> QColor:
        """The ground of a pill or tile of that hue."""
        color = self.ink(hue)
        color.setAlphaF(0.17 if self.is_dark else 0.11)
        return color

    def bar(self, hue: str) -> QColor:
        """The bar beside a quote."""
        return QColor(HUES[hue][2 if self.is_dark else 0])

    @staticmethod
    def paper(hue: str) -> QColor:
        """A highlight on a page, which stays white in the dark."""
        return QColor(HUES[hue][0])

    def shadow(self) -> QColor:
        color = self.color("shadow")
        color.setAlpha(SHADOW_ALPHA[self.is_dark])
        return color

    def apply(self) -> None:
        """Dress the whole app anew."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(self._palette())
            app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _follow(self) -> None:
        scheme = QGuiApplication.styleHints().colorScheme()
        if self.choice != "system":
            scheme = _CHOICES[self.choice]
        self.is_dark = scheme is Qt.ColorScheme.Dark
        self.apply()

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for taken, token in {
            role.Window: "window",
            role.Base: "panel",
            role.AlternateBase: "sidebar",
            role.Button: "raised",
            role.Text: "text",
            role.WindowText: "text",
            role.ButtonText: "text",
            role.Highlight: "accent",
            role.HighlightedText: "accentText",
            role.PlaceholderText: "text3",
            role.ToolTipBase: "raised",
            role.ToolTipText: "text",
            role.Link: "accent",
            role.Mid: "border",
            role.Accent: "accent",
        }.items():
            palette.setColor(taken, self.color(token))
        for taken in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, taken, self.color("text3"))
        return palette

    def _style_sheet(self) -> str:
        sheet = resource("styles/app.qss").read_text("utf-8")
        if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            sheet = mirrored_sheet(sheet)
        return _TOKEN.sub(lambda found: self.token(found[1]), sheet)


def mirrored_sheet(sheet: str) -> str:
    """Borders, corners, padding and margins for right to left; Qt mirrors what is placed by itself."""
    sheet = _FOUR_SIDES.sub(r"\1\4\3\2", sheet)
    return _SIDE.sub(lambda found: found[1] + _OTHER_SIDE[found[2]], sheet)


def interface_font() -> QFont:
    """Inter where it is installed; every script has a face after it."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(13)
    return font


def hue_of(colour: str, key: str = "") -> str:
    """The hue that shows a stored colour: its name, the nearest to a `#rrggbb`, or one that `key` settles."""
    if colour in HUES:
        return colour
    if re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return _nearest_hue(colour)
    names = QUOTE_HUES
    return names[sha256(key.encode()).digest()[0] % len(names)] if key else "slate"


def _nearest_hue(colour: str) -> str:
    wanted, saturation = _hue_and_saturation(colour)
    if saturation < 0.15:
        return "slate"

    def distance(name: str) -> float:
        apart = abs(_hue_and_saturation(HUES[name][1])[0] - wanted)
        return min(apart, 1 - apart)

    return min(QUOTE_HUES, key=distance)


def _hue_and_saturation(colour: str) -> tuple[float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, saturation, _ = colorsys.rgb_to_hsv(red, green, blue)
    return hue, saturation

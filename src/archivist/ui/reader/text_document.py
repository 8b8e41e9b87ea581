"""What holds the words of a text and loads nothing, what is copied from it, and what a word of it is."""

import re

from PySide6.QtCore import QMimeData, QStringListModel, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument

from archivist.model.anchor import Span

_TIBETAN = re.compile("[\u0f00\u0f18\u0f19\u0f35\u0f37\u0f39\u0f40-\u0fbc]+")
_LONGEST_SYLLABLE = 60


def words_to_copy(words: str) -> QMimeData:
    """Plain words for the clipboard, held by an object of Qt's own making.

    One that is made here and still lies on the clipboard when the app ends takes the app down with it:
    Qt lets it go after Python has gone.
    """
    model = QStringListModel([""])
    content = model.mimeData([model.index(0)])
    for form in content.formats():
        content.removeFormat(form)
    content.setText(words)
    return content


def nothing() -> QImage:
    """What every address in a document leads to: a picture of one empty pixel.

    Without an answer Qt would ask again at each painting; its own answer would be to read the file.
    """
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


def syllable_at(text: str, offset: int) -> Span | None:
    """The Tibetan syllable that stands there, or that the mark there ends, if one does."""
    offset -= text.startswith("\u0f0b", offset)
    start = max(offset, 0)
    while start > max(offset - _LONGEST_SYLLABLE, 0) and _TIBETAN.match(text, start - 1):
        start -= 1
    found = _TIBETAN.match(text, start, start + 2 * _LONGEST_SYLLABLE)
    return Span(start, found.end()) if found and found.end() > offset else None


class PlainDocument(QTextDocument):
    """Holds words only; whatever it is asked to load, it loads nothing."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> QImage:
        return nothing()

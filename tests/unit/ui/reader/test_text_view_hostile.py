"""What a document might try from within its words: nothing is loaded, followed or left behind."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from archivist.model.anchor import Span
from tests.unit.ui.reader.text_views import Reader, text_of

MARKUP = '<img src="file:///etc/passwd"><script>alert(1)</script><a href="http://example.org/">x</a>'


ADDRESSES = [
    "file:///etc/passwd",
    "/etc/passwd",
    "http://example.org/a.css",
    "data:text/html,x",
    "qrc:/x",
    "",
]
pytestmark = pytest.mark.usefixtures("theme")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", list(QTextDocument.ResourceType)[:5])
def test_no_address_leads_anywhere(qtbot: QtBot, address: str, kind: QTextDocument.ResourceType) -> None:
    page = Reader(qtbot, text_of(MARKUP)).page

    for answer in (
        page.document().resource(kind, QUrl(address)),
        page.loadResource(kind.value, QUrl(address)),
    ):
        assert isinstance(answer, QImage)
        assert (answer.width(), answer.height()) == (1, 1)
        assert answer.pixelColor(0, 0).alpha() == 0


def test_markup_is_words(qtbot: QtBot) -> None:
    reader = Reader(qtbot, text_of(MARKUP))

    assert reader.page.toPlainText() == MARKUP
    reader.page.select(Span(0, len(MARKUP)))
    assert reader.view.selected_text() == MARKUP
    assert reader.page.anchorAt(reader.point(len(MARKUP) - 6)) == ""


@pytest.mark.parametrize(
    "content",
    [
        "\u202e" * 5_000 + "words",
        "\u2066" * 5_000 + "words",
        "e" + "\u0301" * 5_000,
        "\u0f40" + "\u0f72" * 5_000,
        "\ufdfa" * 5_000,
        "\u200d" * 5_000,
        "\U000e0001\U000e007f\ufff9\ufffa\ufffb\U0010ffff\ufffe",
        "\t" * 5_000,
        "\u2028" * 3_000,
        "\n" * 30_000,
        "x" * 100_000,
        "".join(chr(code) for code in range(0x20, 0xD800) if code != 0xAD),
    ],
)
def test_odd_letters_are_shown_and_copied_as_they_are(qtbot: QtBot, content: str) -> None:
    reader = Reader(qtbot, text_of(content))
    reader.wait_for_all()

    assert reader.picture().width() > 0
    reader.page.selectAll()
    assert reader.view.selected_text() == content
    assert not reader.view.seen(Span(len(content), len(content)))


COPY_AND_END = """
from PySide6.QtWidgets import QApplication
from archivist.model.text import Text, TextOrigin
from archivist.ui.reader.text_view import TextView
app = QApplication([])
view = TextView(Text("t", "d", TextOrigin.EXTRACTED, "", "", None, "words", "", ()))
view.show()
page = view.focusProxy()
page.selectAll()
page.copy()
assert app.clipboard().text() == "words"
"""


def test_the_app_ends_in_peace_with_words_on_the_clipboard(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COPY_AND_END]

    ended = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)

    assert ended.returncode == 0, ended.stderr

"""Reads the quotes out of a finished brief again, by other means than those that wrote it.

Pure Python on purpose: the page and the document's XML go through the standard library's HTML
tokenizer, which knows neither entities, nor fetching, nor native code. What is read here was made
by ourselves a moment ago, and is never a source document.
"""

import io
import zipfile
import zlib
from html.parser import HTMLParser

from archivist.model.errors import ExportStopped

LARGEST_XML = 512 << 20

Attributes = list[tuple[str, str | None]]


def quotes_in_html(content: bytes) -> dict[str, str]:
    reader = _Page()
    reader.feed(content.decode("utf-8"))
    reader.close()
    return reader.quotes


def quotes_in_docx(content: bytes) -> dict[str, str]:
    """The text in each bookmark that encloses the words of a quote.

    Raises:
        ExportStopped: the file is no such document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            part = package.getinfo("word/document.xml")
            if part.file_size > LARGEST_XML:
                raise ExportStopped("the document grew too large; export fewer cases at once.")
            xml = package.read(part).decode("utf-8")
    except (KeyError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error) as error:
        raise ExportStopped("the document that was written cannot be read again.") from error
    reader = _Body()
    reader.feed(xml)
    reader.close()
    return {name.replace("_", "-"): words for name, words in reader.quotes.items()}


class _Page(HTMLParser):
    """Collects the text of each `<span data-words=…>`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: dict[str, str] = {}
        self._number = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        number = dict(attrs).get("data-words")
        if number:
            self._number, self._depth = number, 0
            self.quotes[number] = ""
        elif self._number and tag == "span":
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self._number and tag == "span":
            self._depth -= 1
            if self._depth < 0:
                self._number = ""

    def handle_data(self, data: str) -> None:
        if self._number:
            self.quotes[self._number] += data


class _Body(HTMLParser):
    """Collects the text between the two marks of each bookmark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: dict[str, str] = {}
        self._open: dict[str, str] = {}
        self._in_text = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:  # noqa: ARG002  the library's
        if tag == "w:t":
            self._in_text = True

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        match tag:
            case "w:bookmarkstart":
                name = values.get("w:name") or ""
                self._open[values.get("w:id") or ""] = name
                self.quotes[name] = ""
            case "w:bookmarkend":
                self._open.pop(values.get("w:id") or "", None)
            case "w:br":
                self._add("\n")
            case "w:tab":
                self._add("\t")
            case "w:softhyphen":
                self._add("\u00ad")

    def handle_endtag(self, tag: str) -> None:
        if tag == "w:t":
            self._in_text = False

    def handle_data(self, data: str) -> None:
        if self._in_text:
            self._add(data)

    def _add(self, text: str) -> None:
        for name in self._open.values():
            self.quotes[name] += text

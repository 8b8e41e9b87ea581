"""How the parts of a brief are set: lines, words, links, tables, in the right direction and style."""

from collections.abc import Iterable, Mapping
from itertools import count

from docx.oxml.ns import qn

from archivist.model.pack import CitationPart, Part, Words
from archivist.model.writing import Direction, direction, direction_of_language
from archivist.workers.docx_base import BAR
from archivist.workers.docx_package import Package
from archivist.workers.docx_xml import Element, is_rtl, paragraph, plain_run, runs, text_element, w

LABEL_WIDTH = 2700
LTR_MARK, RTL_MARK = "\u200e", "\u200f"


class Setting:
    """Knows the words and the direction of the pack itself, and the styles of the document."""

    def __init__(self, labels: Mapping[str, str], package: Package) -> None:
        self._labels = labels
        self._package = package
        self._base = direction_of_language(labels["language"])
        self._bookmarks = count(1)

    @property
    def is_rtl(self) -> bool:
        return self._base is Direction.RTL

    def _facts(self, rows: Iterable[tuple[str, list[Element]]]) -> Element:
        """Names and values, one a row; rows without a value are left out."""
        widths = (LABEL_WIDTH, self._package.text_width - LABEL_WIDTH)
        properties = w("tblPr", w("tblW", w=sum(widths), type="dxa"), w("tblLayout", type="fixed"))
        properties.append(w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=160, type="dxa")))
        if self.is_rtl:
            properties.insert(0, w("bidiVisual"))
        told = [(name, value) for name, value in rows if value]
        lines = []
        for place, (name, value) in enumerate(told, start=1):
            label = self._own(self._labels[name], style="Archivist Label")
            together = [w("keepNext")] if place < len(told) else []
            cells = [
                w(
                    "tc",
                    w("tcPr", w("tcW", w=width, type="dxa")),
                    self._line("Archivist Fact", content, *together),
                )
                for width, content in zip(widths, (label, value), strict=True)
            ]
            lines.append(w("tr", w("trPr", w("cantSplit")), *cells))
        grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        return w("tbl", properties, grid, *lines)

    def _heading(
        self, name: str, content: list[Element], *, level: int = 1, new_page: bool = False
    ) -> Element:
        properties = [w("pageBreakBefore")] if new_page else []
        return self._line(f"heading {level}", self._bookmarked(name, content), *properties)

    def _line(self, style: str, content: Iterable[Element], *properties: Element) -> Element:
        """A paragraph in the direction of the pack itself."""
        bidi = [w("bidi")] if self.is_rtl else []
        return paragraph(self._package.style(style), *content, properties=[*properties, *bidi])

    def _set(self, style: str, words: Words, *, before: Iterable[Element] = ()) -> Element:
        """A paragraph in the direction of its words."""
        bidi = [w("bidi")] if is_rtl(words.text, words.language) else []
        return paragraph(self._package.style(style), *before, *self._words(words), properties=bidi)

    def _words(self, words: Words) -> list[Element]:
        return runs(words.text, words.language, base=direction(words.text, words.language))

    def _isolated(self, words: Words) -> list[Element]:
        """Words within a line of the pack, in their own direction, whatever stands beside them.

        Word knows no isolates, so marks do their work: the inner keep what has no direction (a full
        stop) with the words, the outer keep the words from joining their neighbours.
        """
        own = RTL_MARK if is_rtl(words.text, words.language) else LTR_MARK
        inner = self._words(Words(f"{own}{words.text}{own}", words.language))
        return inner if own == self._mark else [*self._own(self._mark), *inner, *self._own(self._mark)]

    @property
    def _mark(self) -> str:
        return RTL_MARK if self.is_rtl else LTR_MARK

    def _any(self, text: str) -> list[Element]:
        return self._isolated(Words(text, "")) if text else []

    def _said(self, name: str) -> list[Element]:
        return self._own(self._labels[name])

    def _own(self, text: str, *, style: str = "") -> list[Element]:
        """Words of the pack itself."""
        identity = self._package.style(style) if style else ""
        return runs(text, self._labels["language"], base=self._base, style=identity)

    def _hash(self, text: str) -> list[Element]:
        return self._from_left(plain_run(text_element(text), style=self._package.style("Archivist Hash")))

    def _from_left(self, element: Element) -> list[Element]:
        """A number or a hash within a line of the pack, isolated as other words are."""
        if not self.is_rtl:
            return [element]
        before, after = [*self._own(self._mark), *runs(LTR_MARK)], [*runs(LTR_MARK), *self._own(self._mark)]
        return [*before, element, *after]

    def _cited(self, parts: Iterable[CitationPart]) -> list[Element]:
        return [element for part in parts for element in self._part(part.kind, part.words)]

    def _part(self, kind: Part, words: Words) -> list[Element]:
        match kind:
            case Part.OWN:
                return self._own(words.text)
            case Part.EXHIBIT:
                return self._from_left(self._internal_link(words.text, words.text))
            case Part.HASH:
                return self._hash(words.text)
        return self._isolated(words)

    def _bookmarked(self, name: str, content: Iterable[Element]) -> list[Element]:
        number = next(self._bookmarks)
        start = w("bookmarkStart", id=number, name=bookmark(name))
        return [start, *content, w("bookmarkEnd", id=number)]

    def _internal_link(self, name: str, text: str) -> Element:
        style = self._package.style("Hyperlink")
        return w("hyperlink", plain_run(text_element(text), style=style), anchor=bookmark(name), history=1)

    def _external_link(self, address: str, text: str) -> Element:
        link = w(
            "hyperlink", plain_run(text_element(text), style=self._package.style("Hyperlink")), history=1
        )
        link.set(qn("r:id"), self._package.link(address))
        return link

    def _right_tab(self) -> Element:
        return w("tabs", w("tab", val="right", pos=self._package.text_width))


def bookmark(name: str) -> str:
    return name.replace("-", "_")


def border_at_right() -> Element:
    right = w("right", val="single", sz=18, space=10, color=BAR)
    return w("pBdr", w("left", val="nil"), right)


def field(instruction: str, cached: str) -> list[Element]:
    shown = [plain_run(text_element(cached))] if cached else []
    return [*field_start(instruction), *shown, field_mark("end")]


def field_start(instruction: str) -> list[Element]:
    told = plain_run(text_element(instruction, "instrText"))
    return [field_mark("begin"), told, field_mark("separate")]


def field_mark(kind: str) -> Element:
    return plain_run(w("fldChar", fldCharType=kind))

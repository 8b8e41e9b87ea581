"""The block walker: all visible words of an HTML tree in document order, and where its headings are.

Paragraphs are parted by an empty line, items, rows and lines by a line end, cells by a tab.
Every line is made canonical by itself, so that the offsets of the headings stay true.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from archivist.model.reading import one_line
from archivist.model.text import Section, SectionKind, canonical

MOST_SECTIONS = 50_000
LONGEST_LABEL = 200

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_APART = HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "center", "details", "dialog", "dl", "fieldset"),
    *(
        "figure",
        "footer",
        "form",
        "frameset",
        "header",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
    ),
    *("table", "ul"),
}
_LINES = frozenset(
    ("caption", "dd", "div", "dt", "figcaption", "legend", "li", "optgroup", "option", "summary", "tr")
)
_CELLS = frozenset(("td", "th"))
_INVISIBLE = frozenset(
    (
        *("applet", "audio", "canvas", "datalist", "embed", "head", "iframe", "math-annotation", "noembed"),
        *("noframes", "noscript", "object", "script", "style", "template", "title", "video"),
    )
)
_VERBATIM = frozenset(("pre", "textarea", "listing", "xmp"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile("[ \t\n\r\f]+")
_PARAGRAPH, _LINE, _TAB = "\n\n", "\n", "\t"


@dataclass(slots=True)
class Blocks:
    """What a walk has found so far."""

    lines: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    length: int = 0
    depth: int = 0

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def sections(self) -> tuple[Section, ...]:
        """Each heading with all that follows up to the next."""
        return sections_from(self.headings, self.length)


def sections_from(headings: Sequence[tuple[int, str]], length: int) -> tuple[Section, ...]:
    """Headings (start, label) in order to stretches of a text of that length, none overlapping."""
    named = ((start, one_line(label, LONGEST_LABEL)) for start, label in headings[:MOST_SECTIONS])
    headings = [(start, label) for start, label in named if label]
    ends = [start for start, _ in headings[1:]] + [length]
    return tuple(
        Section(start, end, SectionKind.SECTION, label)
        for (start, label), end in zip(headings, ends, strict=False)
    )


def walk(
    root: etree._Element,
    is_left_out: Callable[[etree._Element], bool] | None = None,
    walker: "Walker | None" = None,
) -> Blocks:
    """The visible words below `root`; iterative, so that no depth is too deep."""
    walker = walker or Walker()
    skipped = None
    depth = 0
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in events:
        if event == "start":
            depth += 1
            if _is_invisible(element) or (is_left_out and is_left_out(element)):
                events.skip_subtree()
                skipped = element
            else:
                walker.enter(element)
            continue
        if event == "end":
            walker.blocks.depth = max(walker.blocks.depth, depth)
            depth -= 1
            if element is not skipped:
                walker.leave(element)
            skipped = None
        if element.tail and element is not root:
            walker.say(element.tail)
    walker.end_line()
    return walker.blocks


def _is_invisible(element: etree._Element) -> bool:
    if element.tag in _INVISIBLE or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return bool(style and _HIDING_STYLE.search(style))


@dataclass(slots=True)
class Walker:
    """The line being written, and what parts it from the one before."""

    blocks: Blocks = field(default_factory=Blocks)
    line: list[str] = field(default_factory=list)
    parting: str = ""
    verbatim: int = 0
    is_first_cell: bool = True
    at_cell_start: bool = False
    heading: list[str] | None = None
    heading_at: int = 0

    def enter(self, element: etree._Element) -> None:
        tag = element.tag
        self._part(tag)
        if tag == "br":
            self.line.append(_LINE)
        elif tag in HEADINGS:
            self.heading = []
        elif tag == "tr":
            self.is_first_cell = True
        elif tag in _CELLS:
            self._enter_cell()
        elif tag in _VERBATIM:
            self.verbatim += 1
        self.opened(element)
        if element.text:
            self.say(element.text)

    def leave(self, element: etree._Element) -> None:
        tag = element.tag
        self._part(tag)
        self.closed(element)
        if tag in HEADINGS:
            self._leave_heading()
        elif tag == "tr":
            self.parting = self.parting.rstrip(_TAB)
            self._gap(_LINE)
        elif tag in _CELLS:
            self._leave_cell()
        elif tag in _VERBATIM:
            self.verbatim -= 1

    def opened(self, element: etree._Element) -> None:
        """The line before the element has ended, if it ends one; its own words come next."""

    def closed(self, element: etree._Element) -> None:
        """Its last line has ended, if it ends one."""

    def say(self, words: str) -> None:
        """Words join those before: white space counts once, line ends only where they are verbatim."""
        if self.verbatim:
            self.line.append(words)
            return
        words = _SPACES.sub(" ", words)
        if words[0] == " " and (not self.line or self.line[-1][-1] in " \n"):
            words = words[1:]
        if words:
            self.line.append(words)

    def end_line(self) -> None:
        """Writes the line, if it says anything, after what parts it from the one before."""
        if not self.line:
            return
        line = canonical("".join(self.line)).replace(" \n", "\n").rstrip(" ").strip("\n")
        self.line.clear()
        if not line.strip():
            return
        if self.blocks.lines and self.parting:
            self.blocks.lines.append(self.parting)
            self.blocks.length += len(self.parting)
        if self.heading is not None:
            self.heading_at = self.heading_at if self.heading else self.blocks.length
            self.heading.append(line)
        self.blocks.lines.append(line)
        self.blocks.length += len(line)
        self.parting = ""
        self.at_cell_start = False

    def _part(self, tag: str) -> None:
        if tag in _APART:
            self.end_line()
            self._gap(_PARAGRAPH)
        elif tag in _LINES:
            self.end_line()
            self._gap(_LINE)
        elif tag in _CELLS:
            self.end_line()

    def _gap(self, wanted: str) -> None:
        """The wider gap wins, but a block at the start of a cell does not break its row."""
        if not self.at_cell_start and len(wanted) > len(self.parting):
            self.parting = wanted

    def _enter_cell(self) -> None:
        if not self.is_first_cell:
            self.parting += _TAB
        self.is_first_cell = False
        self.at_cell_start = True

    def _leave_cell(self) -> None:
        if not self.at_cell_start:
            self.parting = ""
        self.at_cell_start = False

    def _leave_heading(self) -> None:
        if self.heading:
            self.blocks.headings.append((self.heading_at, " ".join(self.heading)))
        self.heading = None

import pytest

from archivist.workers.blocks import walk
from archivist.workers.style_walk import StyleWalker
from archivist.workers.web_page import parse


def marks(html: str) -> list[str]:
    walker = StyleWalker()
    walk(parse(html), walker=walker)
    return [block.mark for block in walker.found]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>x<li>y</ul>", ["•", "•"]),
        ("<li>alone", ["•"]),
        ("<ol><li>x<li>y</ol>", ["1.", "2."]),
        ("<ol start=0><li>x<li value=7>y<li>z</ol>", ["0.", "7.", "8."]),
        ("<ol start=99999999999><li>x</ol>", ["1."]),
        ("<ol start=-1><li>x<li>y</ol>", ["-1.", "0."]),
        ("<ol type=a start=26><li>x<li>y</ol>", ["z.", "aa."]),
        ("<ol type=A><li>x</ol>", ["A."]),
        ("<ol type=i start=4><li>x</ol>", ["iv."]),
        ("<ol type=I start=1994><li>x</ol>", ["MCMXCIV."]),
        ("<ol type=i start=4000><li>x</ol>", ["4000."]),
        ("<ol type=i start=0><li>x</ol>", ["0."]),
        ("<dl><dt>x<dd>y</dl>", [""]),
    ],
)
def test_items_are_marked_as_a_reader_saw_them(html: str, expected: list[str]) -> None:
    assert marks(html) == expected

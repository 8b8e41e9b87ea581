import pytest

from archivist.workers.blocks import Blocks, walk
from archivist.workers.web_page import parse


def blocks(html: str) -> Blocks:
    return walk(parse(html))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<p>some <b>bold</b>\n   words</p>", "some bold words"),
        ("<p>first<br>  second </p>", "first\nsecond"),
        ("<pre>  a\n    b</pre>", "  a\n    b"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td"),
        ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\tb"),
        ("<table><tr><td>a<td><td>c</table>", "a\t\tc"),
        ("<p>e\u0301</p><p><i>e</i>\u0301</p>", "\u00e9\n\n\u00e9"),
        ("before<!-- not said -->after", "beforeafter"),
        ("<p>\u00a0</p><p>words</p>", "words"),
    ],
)
def test_words_stand_as_a_reader_sees_them(html: str, text: str) -> None:
    assert blocks(html).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no</script>",
        "<style>no</style>",
        "<noscript>no</noscript>",
        "<template>no</template>",
        "<p hidden>no</p>",
        '<div style="display: none"><p>no</p></div>',
        '<span style="VISIBILITY:HIDDEN">no</span>',
        '<span style="color: red; display:none !important">no</span>',
        "<p hidden=until-found>no</p>",
        "<iframe>no</iframe>",
        "<svg><title>no</title></svg>",
    ],
)
def test_what_nobody_sees_is_not_in_the_text_but_what_follows_is(hidden: str) -> None:
    assert blocks(f"<p>seen {hidden}too</p>").text.split() == ["seen", "too"]


@pytest.mark.parametrize("shown", ["<p aria-hidden=true>yes</p>", '<p style="display:block">yes</p>'])
def test_what_only_a_screen_reader_leaves_out_is_in_the_text(shown: str) -> None:
    assert blocks(f"<p>seen {shown}too</p>").text.split() == ["seen", "yes", "too"]


def test_a_heading_rules_all_up_to_the_next() -> None:
    found = blocks("<p>before</p><h1>First <i>part</i></h1><p>a</p><h2>Second</h2><p>b</p>")

    said = {section.label: found.text[section.start : section.end] for section in found.sections()}

    assert said == {"First part": "First part\n\na\n\n", "Second": "Second\n\nb"}


def test_an_empty_heading_is_no_section() -> None:
    assert blocks("<h1> </h1><p>words</p>").sections() == ()


def test_what_is_left_out_on_request_is_left_out_whole() -> None:
    root = parse("<ol><li id=x>no <b>no</b><li>yes</ol>")

    assert walk(root, lambda element: element.get("id") == "x").text == "yes"

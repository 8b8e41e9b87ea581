"""WordprocessingML, element by element, with children where the schema wants them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from archivist.model.writing import Direction, direction, language_tag
from archivist.workers.docx_order import PPR

Element = BaseOxmlElement


XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_BREAKS = re.compile("([\n\t\u00ad])")
_BREAK_TAGS = {"\n": "br", "\t": "tab", "\u00ad": "softHyphen"}
_COMPLEX = re.compile("[\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u18af]")
"""Scripts that Word sets with the complex-script font though they run from the left."""

_FONTS = {
    "bo": {"cs": "Noto Serif Tibetan"},
    "dz": {"cs": "Noto Serif Tibetan"},
    "he": {"cs": "Noto Serif Hebrew"},
    "ja": {"eastAsia": "Noto Serif CJK JP"},
    "ko": {"eastAsia": "Noto Serif CJK KR"},
    "zh-hant": {"eastAsia": "Noto Serif CJK TC"},
    "zh-hk": {"eastAsia": "Noto Serif CJK TC"},
    "zh-tw": {"eastAsia": "Noto Serif CJK TC"},
}
_REGIONS = {"ar": "ar-SA", "bo": "bo-CN", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU",
            "ug": "ug-CN", "zh": "zh-CN"}  # fmt: skip
_EAST_ASIAN = frozenset({"ja", "ko", "zh"})


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """`<w:tag w:name="value">` with its children in the order given."""
    element = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


def name_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def put(parent: Element, child: Element, order: tuple[str, ...]) -> None:
    """`child` where the schema wants it in `parent`, in place of one of its name."""
    for known in [known for known in parent if name_of(known) == name_of(child)]:
        parent.remove(known)
    rank = order.index(name_of(child))
    for place, known in enumerate(parent):
        if name_of(known) in order and order.index(name_of(known)) > rank:
            parent.insert(place, child)
            return
    parent.append(child)


def paragraph(style: str, *content: Element, properties: Iterable[Element] = ()) -> Element:
    own = w("pPr", w("pStyle", val=style))
    for element in properties:
        put(own, element, PPR)
    return w("p", own, *content)


def runs(text: str, language: str = "", *, base: Direction = Direction.LTR, style: str = "") -> list[Element]:
    """`text` in runs of one kind of script each, with the fonts and language that Word needs to be told."""
    return [w("r", _properties(kind, language, style), *_content(part)) for kind, part in scripts(text, base)]


def plain_run(*content: Element, style: str = "") -> Element:
    return w("r", w("rPr", w("rStyle", val=style)), *content) if style else w("r", *content)


def text_element(text: str, tag: str = "t") -> Element:
    element = w(tag)
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


def _content(text: str) -> Iterator[Element]:
    for part in _BREAKS.split(text):
        if part in _BREAK_TAGS:
            yield w(_BREAK_TAGS[part])
        elif part:
            yield text_element(part)


def _properties(kind: str, language: str, style: str) -> Element:
    main = language_tag(language).lower().split("-")[0]
    properties = w("rPr")
    if style:
        properties.append(w("rStyle", val=style))
    if fonts := _fonts(kind, language.lower(), main):
        properties.append(w("rFonts", **fonts))
    if kind == "R":
        properties.append(w("rtl"))
    elif kind == "C":
        properties.append(w("cs"))
    if attributes := _language(kind, language_tag(language), main):
        properties.append(w("lang", **attributes))
    return properties


def _fonts(kind: str, language: str, main: str) -> dict[str, str]:
    named = _FONTS.get(language) or _FONTS.get(main, {})
    if kind == "L":
        fonts = {name: font for name, font in named.items() if name == "eastAsia"}
        return {**fonts, "hint": "eastAsia"} if main in _EAST_ASIAN else fonts
    return {"hint": "cs", **{name: font for name, font in named.items() if name == "cs"}}


def _language(kind: str, language: str, main: str) -> dict[str, str]:
    """Told only where it can be true: an Arabic name in an English text has no language that we know."""
    if not language:
        return {}
    value = _REGIONS.get(language, language)
    if kind == "L":
        is_latin = main not in {"ar", "bo", "dz", "fa", "he", "ug", "ur"}
        return {"eastAsia": value} if main in _EAST_ASIAN else {"val": value} if is_latin else {}
    return {"bidi": value} if main in {"ar", "bo", "dz", "fa", "he", "ug", "ur"} else {}


def scripts(text: str, base: Direction) -> list[tuple[str, str]]:
    """`text` cut where Word must be told: "R" from the right, "C" complex from the left, "L" all else.

    What has no direction of its own (spaces, brackets) belongs to both sides where they agree,
    else to the paragraph's side, as Unicode has it; else a bracket would jump to the wrong end.
    """
    kinds = _resolved([_kind(character) for character in text], "R" if base is Direction.RTL else "L")
    parts: list[tuple[str, str]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or kinds[end] != kinds[start]:
            parts.append((kinds[start], text[start:end]))
            start = end
    return parts


def _kind(character: str) -> str:
    bidi = unicodedata.bidirectional(character)
    if bidi in {"R", "AL", "AN"}:
        return "R"
    if _COMPLEX.match(character):
        return "C"
    return "L" if bidi == "L" else "1" if bidi == "EN" else ""


def _resolved(kinds: list[str], base: str) -> list[str]:
    """Digits follow the letter before them; the rest lies between its neighbours."""
    last = base
    for place, kind in enumerate(kinds):
        if kind == "1":
            kinds[place] = last
        elif kind:
            last = kind
    start, before = 0, base
    while start < len(kinds):
        if kinds[start]:
            before = kinds[start]
            start += 1
            continue
        end = start
        while end < len(kinds) and not kinds[end]:
            end += 1
        after = kinds[end] if end < len(kinds) else base
        kinds[start:end] = [_between(before, after, base)] * (end - start)
        start = end
    return kinds


def _between(before: str, after: str, base: str) -> str:
    if before == after or "R" not in {before, after}:
        return before
    if base == "R":
        return "R"
    return after if before == "R" else before


def is_rtl(text: str, language: str) -> bool:
    return direction(text, language) is Direction.RTL

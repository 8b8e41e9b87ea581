"""What stands in a DOCX beside its body: headers, footers, comments, properties, tracked changes."""

import re
from collections.abc import Iterable

from lxml import etree

from archivist.model.document import DocumentKind, Field, Metadatum
from archivist.model.reading import ORIGINS, one_line
from archivist.model.text import canonical
from archivist.workers.word_package import Package, tree

LONGEST_VALUE = 2_000

_NOT_SAID = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr"}
_WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_FIELDS = {
    "title": Field.TITLE,
    "creator": Field.AUTHOR,
    "created": "created",
    "description": Field.DESCRIPTION,
    "language": Field.LANGUAGE,
    "subject": "subject",
    "keywords": "keywords",
    "lastModifiedBy": "modified_by",
    "modified": "modified",
}
_VANISH = (
    "*[local-name()='rPr']/*[local-name()='vanish'"
    " and not(@*[local-name()='val'][.='0' or .='false' or .='off'])]"
)
_HIDDEN_RUNS = f"//*[local-name()='r'][{_VANISH}][.//*[local-name()='t']]"
_HIDING_STYLES = f"//*[local-name()='style'][{_VANISH}]/@*[local-name()='styleId']"
_STYLES_USED = "//*[local-name()='pStyle' or local-name()='rStyle']/@*[local-name()='val']"
_FETCHING = re.compile(r"^\s*(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT)\b", re.IGNORECASE)


def bodies(package: Package) -> list[str]:
    return _distinct(package.named(r"word/(?:document\d*|footnotes|endnotes)\.xml"))


def headers(package: Package) -> list[str]:
    return _distinct(package.named(r"word/header\d*\.xml"))


def footers(package: Package) -> list[str]:
    return _distinct(package.named(r"word/footer\d*\.xml"))


def comments(package: Package) -> list[str]:
    """“author, date: words” for each."""
    said = []
    for part in package.named(r"word/comments\d*\.xml"):
        root = tree(part)
        for comment in root.iter("{*}comment") if root is not None else ():
            names = (comment.get(name) for name in (_in_same(comment, "author"), _in_same(comment, "date")))
            who = ", ".join(canonical(name).strip() for name in names if name)
            said.append(f"{who}: {words}" if (words := _words(comment)) and who else words)
    return [line for line in said if line]


def properties(package: Package) -> tuple[Metadatum, ...]:
    """What the core properties say; where they say something twice, the first counts."""
    found: dict[str, str] = {}
    for part in package.named(r"docProps/core\d*\.xml"):
        root = tree(part)
        for element in root.iterchildren(etree.Element) if root is not None else ():
            field = _FIELDS.get(_local(element))
            value = one_line("".join(element.itertext()), LONGEST_VALUE)
            if field and value:
                found.setdefault(field, value)
    return tuple(Metadatum(field, value, ORIGINS[DocumentKind.DOCX]) for field, value in found.items())


def tracked(package: Package) -> list[str]:
    """What the body does not show, or shows though Word would not."""
    roots = [root for part in package.named(r"word/document\d*\.xml") if (root := tree(part)) is not None]
    warnings = []
    if deletions := sum(
        _count(root, "//*[local-name()='del'][.//*[local-name()='delText']]") for root in roots
    ):
        warnings.append(f"Tracked deletions, whose words are not in the text: {deletions}.")
    fields = {word for root in roots for word in _fetching(root)}
    warnings += [
        f"Opened in Word, the original would fetch or start something ({word})." for word in sorted(fields)
    ]
    return warnings


def hidden(package: Package) -> list[str]:
    """Whether words are in the text that Word does not show; a style may hide them too."""
    parts = package.named(r"word/(?:document\d*|footnotes|endnotes|header\d*|footer\d*|comments\d*)\.xml")
    roots = [root for part in parts if (root := tree(part)) is not None]
    styles = _hiding_styles(package)
    count = sum(_count(root, _HIDDEN_RUNS) for root in roots)
    if styles:
        count += sum(style in styles for root in roots for style in root.xpath(_STYLES_USED))
    return [f"Passages that Word hides, but that are in the text: {count}."] if count else []


def _hiding_styles(package: Package) -> set[str]:
    """Those that hide by themselves, and those that follow them."""
    roots = [root for part in package.named(r"word/styles\d*\.xml") if (root := tree(part)) is not None]
    hiding = {style for root in roots for style in root.xpath(_HIDING_STYLES)}
    bases = [pair for root in roots for pair in _bases(root)]
    while following := {style for style, base in bases if base in hiding} - hiding:
        hiding |= following
    return hiding


def _bases(root: etree._Element) -> Iterable[tuple[str, str]]:
    for based in root.iter("{*}basedOn"):
        style = based.getparent()
        if style is not None:
            yield style.get(_in_same(style, "styleId"), ""), based.get(_in_same(based, "val"), "")


def _fetching(root: etree._Element) -> Iterable[str]:
    instructions = [element.text or "" for element in root.iter("{*}instrText")]
    instructions += [
        value
        for element in root.iter("{*}fldSimple")
        for key, value in element.items()
        if key.endswith("instr")
    ]
    return {match[1].upper() for said in instructions if (match := _FETCHING.match(said))}


def _count(root: etree._Element, path: str) -> int:
    return int(root.xpath(f"count({path})"))


def _distinct(parts: Iterable[bytes]) -> list[str]:
    roots = (tree(part) for part in parts)
    said = (_words(root) for root in roots if root is not None)
    return list(dict.fromkeys(filter(None, said)))


def _words(root: etree._Element) -> str:
    """The paragraphs as lines, canonical."""
    lines: list[str] = [""]
    events = etree.iterwalk(root, events=("start", "end"), tag="{*}*")
    for event, element in events:
        name = _local(element)
        if event == "end":
            if name == "p":
                lines.append("")
        elif name in _NOT_SAID:
            events.skip_subtree()
        elif name == "t":
            lines[-1] += element.text or ""
        else:
            lines[-1] += _WRITTEN.get(name, "")
    return "\n".join(line for raw in lines if (line := canonical(raw).strip()))


def _in_same(element: etree._Element, name: str) -> str:
    """The attribute `name` in the namespace of its element."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)

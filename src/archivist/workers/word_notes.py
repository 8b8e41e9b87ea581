"""What stands in a DOCX beside its body: headers, footers, comments, properties, tracked changes."""

import re
from collections.abc import Iterable

from lxml import etree

from archivist.model.document import Field, Metadatum
from archivist.model.text import canonical
from archivist.workers.word_package import Package, tree

ORIGIN = "docx:core"
LONGEST_VALUE = 2_000

_NOT_SAID = {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr"}
_WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_FIELDS = {
    "title": Field.TITLE,
    "creator": Field.AUTHOR,
    "created": Field.DATE,
    "description": Field.DESCRIPTION,
    "language": Field.LANGUAGE,
    "subject": "subject",
    "keywords": "keywords",
    "lastModifiedBy": "modified_by",
    "modified": "modified",
}
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
    found = []
    for part in package.named(r"docProps/core\d*\.xml"):
        root = tree(part)
        for element in root.iterchildren(etree.Element) if root is not None else ():
            field = _FIELDS.get(_local(element))
            value = " ".join(canonical("".join(element.itertext())).split())[:LONGEST_VALUE]
            if field and value:
                found.append(Metadatum(field, value, ORIGIN))
    return tuple(found)


def tracked(package: Package) -> list[str]:
    """What the body does not show, or shows though Word would not."""
    roots = [root for part in package.named(r"word/document\d*\.xml") if (root := tree(part)) is not None]
    warnings = []
    if deletions := sum(
        _count(root, "//*[local-name()='del'][.//*[local-name()='delText']]") for root in roots
    ):
        warnings.append(f"Tracked deletions, whose words are not in the text: {deletions}.")
    if hidden := sum(_count(root, "//*[local-name()='rPr']/*[local-name()='vanish']") for root in roots):
        warnings.append(f"Passages that Word hides, but that are in the text: {hidden}.")
    fields = {word for root in roots for word in _fetching(root)}
    warnings += [
        f"Opened in Word, the original would fetch or start something ({word})." for word in sorted(fields)
    ]
    return warnings


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

"""A DOCX as a container: its parts, unpacked under limits that count real bytes, and what it hides."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from archivist.model.reading import one_line
from archivist.model.sandbox import Failure
from archivist.workers.failing import Unreadable

MOST_MEMBERS = 20_000
LARGEST_UNPACKED = 200 << 20
SMALL_ENOUGH = 10 << 20  # below it, no ratio is suspicious
HIGHEST_RATIO = 100
MOST_LINKS_TOLD = 20

_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_READ = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE)
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """All names, and the bytes of the parts that are XML."""

    names: tuple[str, ...]
    parts: Mapping[str, bytes]

    def named(self, pattern: str) -> list[bytes]:
        """The parts of that name, in the order of their numbers."""
        found = [name for name in self.parts if re.fullmatch(pattern, name)]
        return [self.parts[name] for name in sorted(found, key=lambda name: (len(name), name))]


def unpack(data: bytes) -> Package:
    """The parts.

    Raises:
        Unreadable: damaged, locked, a bomb, or with declarations of its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members = container.infolist()
            if len(members) > MOST_MEMBERS:
                raise Unreadable(Failure.INFLATES)
            if any(member.flag_bits & 1 for member in members):
                raise Unreadable(Failure.PASSWORD)
            return Package(tuple(member.filename for member in members), _parts(container, members))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise Unreadable(Failure.DAMAGED) from None


def _parts(container: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts = {}
    left = LARGEST_UNPACKED
    for member in members:
        if not _READ.fullmatch(member.filename):
            continue
        content = _unpacked(container, member, left)
        left -= len(content)
        if any(declaration in content for declaration in _DECLARATIONS):
            raise Unreadable(Failure.DECLARATIONS)
        parts[member.filename] = content
    return parts


def _unpacked(container: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """Counts what comes out: the sizes that a directory names may be lies."""
    most = min(left, max(SMALL_ENOUGH, HIGHEST_RATIO * member.compress_size))
    content = bytearray()
    with container.open(member) as stream:
        while part := stream.read(_AT_ONCE):
            content += part
            if len(content) > most:
                raise Unreadable(Failure.INFLATES)
    return bytes(content)


def tree(content: bytes) -> etree._Element | None:
    """The part's tree, or None where it is not well-formed; nothing outside it is looked at."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None


def dangers(package: Package) -> list[str]:
    """What the original would fetch or run when opened in a word processor."""
    warnings = [f"Opened in Word, the original would fetch {link}." for link in _links(package)]
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        warnings.append("The original contains macros; do not allow them in Word.")
    if embedded := sum(name.startswith("word/embeddings/") for name in package.names):
        warnings.append(f"The original contains embedded files that were not read: {embedded}.")
    return warnings


def _links(package: Package) -> list[str]:
    """What relationships name outside the file, except hyperlinks, which nothing follows unasked."""
    found = []
    for relationships in package.named(r".*\.rels"):
        root = tree(relationships)
        for relationship in root.iter("{*}Relationship") if root is not None else ():
            kind = relationship.get("Type", "").rpartition("/")[2]
            if relationship.get("TargetMode") == "External" and kind != "hyperlink":
                target = one_line(relationship.get("Target", ""), 300)
                found.append(f"{one_line(kind, 40)} from {target}")
    return list(dict.fromkeys(found))[:MOST_LINKS_TOLD]

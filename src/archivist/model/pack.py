"""A briefing pack: what leaves the archive, already chosen, ordered and checked.

Plain frozen data with no markup. Writers read it and nothing else: no database, clock,
network or settings. All user text is `Words`, which knows its language.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

WEB_ENDINGS = frozenset({"htm", "html", "mht", "mhtml", "svg", "xhtml", "xml"})
PLAIN_ENDINGS = WEB_ENDINGS | {
    *("doc", "docx", "epub", "md", "odt", "pdf", "rtf", "txt"),
    *("csv", "json", "odp", "ods", "ppt", "pptx", "xls", "xlsx"),
    *("bmp", "gif", "jpeg", "jpg", "png", "tif", "tiff", "webp"),
    *("eml", "msg", "warc", "zip"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its language (BCP 47), so that it is set in the right direction and font."""

    text: str
    language: str = "en"


class Part(StrEnum):
    """What a stretch of a citation is."""

    OWN = "own"  # words of the pack itself
    GIVEN = "given"  # as the source has it, in whatever script
    LINK = "link"
    EXHIBIT = "exhibit"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class CitationPart:
    """Words of a citation that are set in one way."""

    kind: Part
    words: Words


@dataclass(frozen=True, slots=True)
class Citation:
    """One footnote: the full reference, made once so that all formats agree.

    It runs in the direction of the pack, and each part in it in its own. `where` is the place within
    the exhibit; `beside` what the words belong to if not to the body, e.g. `Comments`.
    """

    exhibit: str
    parts: tuple[CitationPart, ...]
    where: tuple[CitationPart, ...] = ()
    beside: str = ""

    @property
    def text(self) -> str:
        return "".join(part.words.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class PackQuote:
    """Exact words with the reference that proves them."""

    number: str
    words: Words
    citation: Citation
    role: str
    tags: tuple[str, ...]
    note: Words


@dataclass(frozen=True, slots=True)
class PackCase:
    """A case as told in a pack."""

    number: str
    name: Words
    aliases: tuple[Words, ...]
    summary: Words
    quotes: tuple[PackQuote, ...]


@dataclass(frozen=True, slots=True)
class PackSource:
    """A document as numbered in a pack: an exhibit."""

    exhibit: str
    title: Words
    author: str
    publisher: str
    date: str
    language: str
    file_name: str
    sha256: str
    size: int
    imported_on: str
    received_from: str
    source_url: str
    quotes: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the untouched original lies in the pack; only endings that start no program."""
        _, dot, ending = self.file_name.lower().rpartition(".")
        return f"exhibits/{self.exhibit}.{ending if dot and ending in PLAIN_ENDINGS else 'bin'}"

    @property
    def is_web_page(self) -> bool:
        """Opening it in a browser may reach the network, so nobody is led there by a link."""
        return self.path.rpartition(".")[2] in WEB_ENDINGS


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a writer is given. `date` is the pack's own, never the clock's."""

    id: str
    title: Words
    recipient: Words
    author: Words
    language: str
    date: date
    profile: str
    summary: tuple[Words, ...]
    cases: tuple[PackCase, ...]
    other_quotes: tuple[PackQuote, ...]
    sources: tuple[PackSource, ...]
    chain_head: str
    version: str

    @property
    def quotes(self) -> tuple[PackQuote, ...]:
        """Each quote once, as it is told first: the same number is the same quote."""
        found: dict[str, PackQuote] = {}
        for quote in (*(quote for case in self.cases for quote in case.quotes), *self.other_quotes):
            found.setdefault(quote.number, quote)
        return tuple(found.values())

    def to_json(self) -> str:
        """Canonical JSON: same pack, same bytes."""
        return json.dumps(asdict(self), ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)

    @classmethod
    def from_json(cls, content: str) -> "Pack":
        return _pack(json.loads(content))


def _pack(value: dict[str, Any]) -> Pack:
    return Pack(
        **value
        | {
            "title": Words(**value["title"]),
            "recipient": Words(**value["recipient"]),
            "author": Words(**value["author"]),
            "date": date.fromisoformat(value["date"]),
            "summary": tuple(Words(**words) for words in value["summary"]),
            "cases": tuple(map(_case, value["cases"])),
            "other_quotes": tuple(map(_quote, value["other_quotes"])),
            "sources": tuple(map(_source, value["sources"])),
        }
    )


def _case(value: dict[str, Any]) -> PackCase:
    return PackCase(
        **value
        | {
            "name": Words(**value["name"]),
            "aliases": tuple(Words(**words) for words in value["aliases"]),
            "summary": Words(**value["summary"]),
            "quotes": tuple(map(_quote, value["quotes"])),
        }
    )


def _quote(value: dict[str, Any]) -> PackQuote:
    return PackQuote(
        **value
        | {
            "words": Words(**value["words"]),
            "citation": _citation(value["citation"]),
            "tags": tuple(value["tags"]),
            "note": Words(**value["note"]),
        }
    )


def _citation(value: dict[str, Any]) -> Citation:
    return Citation(**value | {"parts": _parts(value["parts"]), "where": _parts(value["where"])})


def _parts(value: list[dict[str, Any]]) -> tuple[CitationPart, ...]:
    return tuple(CitationPart(Part(part["kind"]), Words(**part["words"])) for part in value)


def _source(value: dict[str, Any]) -> PackSource:
    return PackSource(**value | {"title": Words(**value["title"]), "quotes": tuple(value["quotes"])})


@dataclass(frozen=True, slots=True)
class Replacement:
    """A character that a format cannot show, and what stands for it in the rendered copy."""

    where: str
    character: str
    shown_as: str

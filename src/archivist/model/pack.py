"""A briefing pack: what leaves the archive, already chosen, ordered and checked.

Plain frozen data with no markup. Writers read it and nothing else: no database, clock,
network or settings. All user text is `Words`, which knows its language.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Citation:
    """One footnote: the full reference, made once so that all formats agree."""

    exhibit: str
    text: str
    page: int | None = None


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
    sources: tuple[PackSource, ...]
    chain_head: str
    version: str

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
            "citation": Citation(**value["citation"]),
            "tags": tuple(value["tags"]),
            "note": Words(**value["note"]),
        }
    )


def _source(value: dict[str, Any]) -> PackSource:
    return PackSource(**value | {"title": Words(**value["title"]), "quotes": tuple(value["quotes"])})


@dataclass(frozen=True, slots=True)
class Replacement:
    """A character that a format cannot show, and what stands for it in the rendered copy."""

    where: str
    character: str
    shown_as: str

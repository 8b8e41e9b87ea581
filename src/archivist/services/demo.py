"""The main job on the sample documents: `resources/sample/story.json`, played by the services."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archivist.archive.archive import Archive
from archivist.model.colour import Colour
from archivist.model.quote import Role
from archivist.model.search import Results
from archivist.resources import resource
from archivist.services.annotating import Mark, find_words, quote_passage
from archivist.services.exporting import FORMATS, Exported, PackOrder, export_pack
from archivist.services.importing import ImportResult, import_files
from archivist.services.incoming import Source, find_files
from archivist.services.naming import find_document
from archivist.services.organising import add_case, add_tag
from archivist.services.searching import search, update_index

Story = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of the story."""

    quotes: int
    searches: tuple[Results, ...]
    exported: Exported


def sample_documents() -> Path:
    return resource("sample/documents")


def fill(archive: Archive, on_result: Callable[[ImportResult], object]) -> None:
    """Import the sample documents, and mark, tag and link what the story is about."""
    source = Source(method="sample documents of Archivist")
    files = find_files([sample_documents()], besides=archive.bundle.folder, source=source)
    import_files(archive, files, on_result=on_result)
    _mark(archive, _story())


def play(archive: Archive, out: Path, *, on_result: Callable[[ImportResult], object]) -> Played:
    """Import, mark, link, search and export, as an advocate would."""
    story = _story()
    fill(archive, on_result)
    update_index(archive)
    searches = tuple(search(archive, asked["query"], limit=3) for asked in story["searches"])
    exported = export_pack(archive, _order(story["pack"]), FORMATS, out)
    return Played(len(story["quotes"]), searches, exported)


def _story() -> Story:
    story: Story = json.loads(resource("sample/story.json").read_text("utf-8"))
    return story


def _mark(archive: Archive, story: Story) -> None:
    for tag in story["tags"]:
        add_tag(archive, tag["name"], definition=tag["definition"], colour=tag["colour"])
    cases = {
        case["name"]: add_case(
            archive,
            case["name"],
            aliases=case["aliases"],
            summary=case["summary"],
            colour=case["colour"],
        ).id
        for case in story["cases"]
    }
    colours = {tag["name"]: tag["colour"] for tag in story["tags"]}
    for quote in story["quotes"]:
        document = find_document(archive, quote["file"])
        links = tuple((cases[name], Role(role)) for name, role in quote["cases"].items())
        span = find_words(archive, document, quote["words"])[0]
        tags = tuple(quote["tags"])
        colour = colours[tags[0]] if tags and colours[tags[0]] != Colour.SLATE else ""
        quote_passage(archive, document, span, Mark(tags, links, quote["note"], colour))


def _order(pack: Story) -> PackOrder:
    return PackOrder(
        title=pack["title"],
        recipient=pack["recipient"],
        author="; ".join([pack["author"], *pack["organisations"]]),
        language=pack["language"],
        day=date.fromisoformat(pack["date"]),
        summary=tuple(pack["summary"]),
    )

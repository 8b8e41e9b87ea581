"""How a source is cited: made once, so that no two formats disagree.

A full note each time (packs.md 6): robust when a reader jumps in and when paragraphs move. The words
between what the source gives are those of the pack's language; they come as labels (`packs/labels.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from string import Formatter

from archivist.model.pack import Citation, CitationPart, Part, Words
from archivist.model.writing import link_target

Parts = tuple[CitationPart, ...]

ENGLISH = "en"
_RANGE = "–"


@dataclass(frozen=True, slots=True)
class CitedSource:
    """What is known of a source; empty where it is not. `language` is that of the title."""

    title: str
    author: str = ""
    publisher: str = ""
    date: str = ""
    source_url: str = ""
    file_name: str = ""
    sha256: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source: the page as printed, and its number in the file where that is another.

    `beside` is what the words belong to if not to the body, as the engine names it, e.g. `Comments`.
    """

    page: str = ""
    number: str = ""
    beside: str = ""


def cite(source: CitedSource, exhibit: str, place: Place, labels: Mapping[str, str]) -> Citation:
    """E.g. “Author, “Title” (Publisher, 2024-03-01), p. 6. URL. Exhibit EX-001, SHA-256 ab12….”."""
    wording = _Wording(labels)
    where = wording.where(place)
    title = wording.say("cited_title", title=_part(source.title, source.language))
    published = wording.listed(_part(source.publisher), _part(source.date))
    head = wording.listed(_part(source.author), title)
    head += wording.say("cited_published", published=published) if published else ()
    proof = wording.say(
        "cited_exhibit",
        exhibit=_part(exhibit, kind=Part.EXHIBIT),
        sha256=_part(source.sha256, kind=Part.HASH),
    )
    kind = Part.LINK if link_target(source.source_url) else Part.GIVEN
    address = _part(source.source_url, kind=kind)
    parts = wording.sentences(wording.listed(head, where), address, proof)
    return Citation(exhibit, _in_one(parts), _in_one(where), place.beside)


class _Wording:
    """Puts what a source gives between the words of the pack."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def say(self, label: str, **values: Parts) -> Parts:
        """The label's words, with each `{name}` in them replaced by the value of that name."""
        parts: Parts = ()
        for words, name, _, _ in Formatter().parse(self._labels[label]):
            parts += self._own(words) + (values[name] if name else ())
        return parts

    def listed(self, *items: Parts) -> Parts:
        return self._joined(items, self._labels["comma"])

    def sentences(self, *items: Parts) -> Parts:
        return self._joined(items, self._labels["stop"]) + self._own(self._labels["stop"].rstrip())

    def where(self, place: Place) -> Parts:
        if place.beside:
            return self.say("beside", beside=self._kind(place.beside))
        if not place.page:
            return ()
        printed = self.say("pages" if _RANGE in place.page else "page", page=self._number(place.page))
        if not place.number:
            return printed
        label = "file_pages" if _RANGE in place.number else "file_page"
        return printed + self.say(label, number=self._number(place.number))

    def _kind(self, beside: str) -> Parts:
        known = self._labels.get(f"beside_{beside.lower().replace(' ', '_')}")
        return self._own(known) if known else _part(beside, ENGLISH)

    def _number(self, pages: str) -> Parts:
        """In the language of the pack, for from–to runs in its direction; a label of letters has its own."""
        return _part(pages, self._labels["language"])

    def _own(self, text: str) -> Parts:
        return _part(text, self._labels["language"], kind=Part.OWN)

    def _joined(self, items: tuple[Parts, ...], gap: str) -> Parts:
        parts: Parts = ()
        for item in filter(None, items):
            parts += (self._own(gap) if parts else ()) + item
        return parts


def _part(text: str, language: str = "", *, kind: Part = Part.GIVEN) -> Parts:
    return (CitationPart(kind, Words(text, language)),) if text else ()


def _in_one(parts: Parts) -> Parts:
    """The pack's own words that follow each other are one part."""
    return tuple(_merged(parts))


def _merged(parts: Parts) -> Iterator[CitationPart]:
    for kind, group in groupby(parts, key=lambda part: part.kind):
        if kind is not Part.OWN:
            yield from group
            continue
        own = list(group)
        yield CitationPart(kind, Words("".join(part.words.text for part in own), own[0].words.language))

"""The pack as one HTML page that needs nothing else and can reach nothing else."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from archivist.model.pack import PackSource, Replacement, Words
from archivist.model.preflight import Shown
from archivist.model.writing import (
    CHECKS,
    OTHER_QUOTES,
    Chapter,
    Telling,
    chapters,
    direction,
    direction_of_language,
    language_tag,
    link_target,
    pieces,
)
from archivist.packs.labels import Labels
from archivist.resources import resource

TEMPLATE = "packs/brief"
ENGINE = f"jinja2 {jinja2.__version__}"


@dataclass(frozen=True, slots=True)
class Note:
    """One reference: which quote it proves where, by which source."""

    telling: Telling
    source: PackSource
    replaced: tuple[Replacement, ...]


def render_html(shown: Shown, labels: Labels) -> bytes:
    style, script = _read("pack.css"), _read("pack.js")
    told = chapters(shown.pack)
    page = (
        _environment()
        .get_template("pack.html.j2")
        .render(
            pack=shown.pack,
            labels=labels,
            direction=direction_of_language(labels["language"]),
            chapters=told,
            other_quotes=OTHER_QUOTES,
            notes=_notes(shown, told),
            checks=CHECKS,
            style=Markup(style),  # noqa: S704  our own file
            script=Markup(script),  # noqa: S704  our own file
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )
    return page.encode("utf-8")


def _notes(shown: Shown, told: tuple[Chapter, ...]) -> dict[str, Note]:
    sources = {source.exhibit: source for source in shown.pack.sources}
    return {
        telling.anchor: Note(
            telling, sources[telling.quote.citation.exhibit], shown.in_words_of(telling.quote)
        )
        for chapter in told
        for telling in chapter.tellings
    }


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader(resource(TEMPLATE)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "grouped": _grouped,
        "isolated": _isolated,
        "linked": _linked,
        "pieces": pieces,
        "set": _set,
    }
    return environment


def _read(name: str) -> str:
    return (resource(TEMPLATE) / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _set(words: Words) -> Markup:
    """The attributes that set `words` in their language and direction."""
    return Markup(' lang="{}" dir="{}"').format(
        language_tag(words.language), direction(words.text, words.language).value
    )


def _isolated(text: str) -> Markup:
    return Markup('<bdi dir="{}">{}</bdi>').format(direction(text).value, text) if text else Markup()


def _linked(address: str) -> Markup:
    """A link where it may be one, else its words."""
    if target := link_target(address):
        return Markup('<a href="{}" rel="noreferrer noopener"><bdi dir="ltr">{}</bdi></a>').format(
            target, address
        )
    return _isolated(address)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")

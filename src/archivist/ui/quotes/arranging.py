"""In which order the quotes of a document stand beside it, and which of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archivist.model.browsing import QuoteRow
from archivist.model.ids import TagId, name_key
from archivist.ui.quotes.wording import hue_of_quote
from archivist.ui.theme import QUOTE_HUES

_LAST = 1 << 62


class Order(StrEnum):
    """What cards are ordered by."""

    PLACE = "place"
    TIME = "time"
    COLOUR = "colour"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All that is said must hold; what is empty is not asked for."""

    order: Order = Order.PLACE
    colour: str = ""
    tag: TagId | None = None
    with_note: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.colour or self.tag)


def arranged(rows: Iterable[QuoteRow], arrangement: Arrangement) -> list[QuoteRow]:
    """Those that fit, in that order; what stands at one place in it stays in the order of the text."""
    fitting = sorted((row for row in rows if _fits(row, arrangement)), key=_place)
    if arrangement.order is Order.TIME:
        fitting.sort(key=lambda row: row.quote.created_at, reverse=True)
    elif arrangement.order is Order.COLOUR:
        fitting.sort(key=_colour)
    elif arrangement.order is Order.TAG:
        fitting.sort(key=_first_tag)
    return fitting


def tags_of(rows: Iterable[QuoteRow]) -> Sequence[tuple[TagId, str]]:
    """The tags that some of them carry, by name."""
    found = {tag.id: tag.name for row in rows for tag in row.tags}
    return sorted(found.items(), key=lambda one: name_key(one[1]))


def _fits(row: QuoteRow, wanted: Arrangement) -> bool:
    return (
        (not wanted.colour or hue_of_quote(row) == wanted.colour)
        and (wanted.tag is None or wanted.tag in row.quote.tags)
        and (not wanted.with_note or bool(row.quote.note.strip()))
    )


def _place(row: QuoteRow) -> int:
    """Where it was marked, if its words are not found."""
    return row.span.start if row.span else row.quote.anchor.start


def _colour(row: QuoteRow) -> int:
    hue = hue_of_quote(row)
    return QUOTE_HUES.index(hue) if hue in QUOTE_HUES else _LAST


def _first_tag(row: QuoteRow) -> tuple[bool, str]:
    names = sorted(name_key(tag.name) for tag in row.tags)
    return (not names, names[0] if names else "")

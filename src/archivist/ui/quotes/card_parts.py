"""What a card of a quote is made of, measured for a width: so tall it is, and there each part stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from archivist.model.browsing import QuoteRow
from archivist.ui.quotes.wording import quoted
from archivist.ui.theme import hue_of
from archivist.ui.widgets.painting import PILL_GAP, PILL_HEIGHT, Lines, font, lay_out, pill_width

PAD, START, END = 12, 24, 14  # above and below; before and behind the words
LABEL, GAP, CASE = 18, 7, 20
MOST_WORDS, MOST_NOTE, MOST_REVIEW = 5, 4, 4
INSET = 9  # of the note in its box
MENU = 24
Pill = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CardParts:
    """Places are counted from the card's own corner, left to right."""

    height: int
    words: Lines
    words_top: int
    note: Lines | None
    note_box: QRect
    pills: tuple[tuple[QRect, Pill], ...]
    cases_top: int
    review: Lines | None
    review_box: QRect


def card_parts(row: QuoteRow, width: int, review: str) -> CardParts:
    """`review` is the sentence of a card that needs one, else empty."""
    room = max(60, width - START - END)
    words = lay_out(quoted(row), font(13), room, MOST_WORDS)
    top = PAD + LABEL
    below = top + words.height + GAP
    note, note_box = None, QRect()
    if row.quote.note.strip():
        note = lay_out(row.quote.note.strip(), font(12), room - 2 * INSET, MOST_NOTE)
        note_box = QRect(START, below, room, note.height + 12)
        below += note_box.height() + GAP
    sentence, review_box = None, QRect()
    if review:
        sentence = lay_out(review, font(12), room - 2 * INSET, MOST_REVIEW)
        review_box = QRect(START, below, room, sentence.height + 12)
        below += review_box.height() + GAP
    pills = _flow([(tag.name, hue_of(tag.colour, tag.id)) for tag in row.tags], below, room)
    if pills:
        below = pills[-1][0].bottom() + 1 + GAP
    cases_top = below
    below += CASE * len(row.cases)
    return CardParts(
        height=below + PAD - (0 if row.cases else GAP),
        words=words,
        words_top=top,
        note=note,
        note_box=note_box,
        pills=tuple(pills),
        cases_top=cases_top,
        review=sentence,
        review_box=review_box,
    )


def _flow(pills: Sequence[Pill], top: int, room: int) -> list[tuple[QRect, Pill]]:
    """In as many lines as they need."""
    placed: list[tuple[QRect, Pill]] = []
    left = 0
    for pill in pills:
        width = min(pill_width(pill[0]), room)
        if left and left + width > room:
            left, top = 0, top + PILL_HEIGHT + PILL_GAP
        placed.append((QRect(START + left, top, width, PILL_HEIGHT), pill))
        left += width + PILL_GAP
    return placed

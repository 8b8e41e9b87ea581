"""Where a quote comes to stand when it is moved by hand, also while only some quotes are in sight."""

from collections.abc import Sequence

from archivist.model.ids import QuoteId


def moved(order: Sequence[QuoteId], shown: Sequence[QuoteId], quote_id: QuoteId, to: int) -> list[QuoteId]:
    """The whole order after `quote_id` went to the place `to` among those that are shown.

    What is out of sight stays where it is: the quote stands right behind the one that it was put behind,
    or before the first that is shown.
    """
    rest = [one for one in shown if one != quote_id]
    to = max(0, min(to, len(rest)))
    whole = [one for one in order if one != quote_id]
    if not rest:
        return list(order)
    at = whole.index(rest[to - 1]) + 1 if to else whole.index(rest[0])
    return [*whole[:at], quote_id, *whole[at:]]

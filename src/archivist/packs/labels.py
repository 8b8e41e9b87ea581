"""The words that a pack says itself, in the language of the pack where we have it, else in English."""

import json
from datetime import date
from typing import TypedDict, cast

from archivist.resources import resource

LABELS = "packs/brief/labels"
FALLBACK = "en"

Labels = dict[str, str]


class _File(TypedDict):
    months: list[str]
    day: str


def labels_for(language: str, day: date) -> Labels:
    """Every label by name; `language` is that of the labels, `day` the date in words."""
    content = _read(language.lower().partition("-")[0])
    months = cast("_File", content)["months"]
    labels = {name: text for name, text in content.items() if isinstance(text, str)}
    labels["day"] = labels["day"].format(
        day=day.day, month=months[day.month - 1], number=day.month, year=day.year
    )
    return labels


def _read(language: str) -> dict[str, object]:
    known = {path.stem: path for path in resource(LABELS).glob("*.json")}
    path = known.get(language) or known[FALLBACK]
    return cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8")))

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
    content = _read(language if speaks(language) else FALLBACK)
    months = cast("_File", content)["months"]
    labels = {name: text for name, text in content.items() if isinstance(text, str)}
    labels["day"] = labels["day"].format(
        day=day.day, month=months[day.month - 1], number=day.month, year=day.year
    )
    return labels


def speaks(language: str) -> bool:
    """Whether there are labels in `language`, in whatever script and of whatever country."""
    return _main(language) in {path.stem for path in resource(LABELS).glob("*.json")}


def _read(language: str) -> dict[str, object]:
    path = resource(LABELS) / f"{_main(language)}.json"
    return cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8")))


def _main(language: str) -> str:
    return language.lower().partition("-")[0]

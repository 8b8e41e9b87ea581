"""What stands before an item of a list: a dot, a number, a letter, a Roman numeral."""

import re

from lxml import etree

MOST_COUNTED = 1_000_000
_NUMBER = re.compile(r"-?[0-9]{1,7}")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 3999


def first_number(within: etree._Element) -> int:
    return _or(_number(within.get("start")), 1)


def mark_of(within: etree._Element, item: etree._Element, number: int) -> tuple[str, int]:
    """Of an item whose turn it is to be `number`, unless it says otherwise; and the number that it has."""
    number = _or(_number(item.get("value")), number)
    if within.tag != "ol":
        return "•", number
    return f"{_written(number, within.get('type', '1'))}.", number


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def _number(said: str | None) -> int | None:
    return int(said) if said and _NUMBER.fullmatch(said) and abs(int(said)) <= MOST_COUNTED else None


def _written(number: int, style: str) -> str:
    if style in {"a", "A"} and number > 0:
        letters = _letters(number)
    elif style in {"i", "I"} and 0 < number <= _LARGEST_ROMAN:
        letters = _roman(number)
    else:
        return str(number)
    return letters.upper() if style.isupper() else letters


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def _roman(number: int) -> str:
    letters = ""
    for value, numeral in _ROMAN:
        times, number = divmod(number, value)
        letters += numeral * times
    return letters

"""Reads what a person types. Nothing is an error: what makes no sense is read as plain words.

Words stand side by side or with AND; OR binds closer than standing side by side, AND closer than
OR, NOT and a leading `-` closest. Bounded in length, depth and number of words.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from archivist.search.analysis import Chunk, chunks
from archivist.search.query import All, Any, Dates, Field, Label, Not, Query, Reading, Words
from archivist.search.schema import language_labels

LONGEST = 2000  # characters of a query
DEEPEST = 20  # parentheses within parentheses
MOST_WORDS = 64

_SIGNS = str.maketrans(  # other forms of the signs that mean something; no controls, they garble
    {
        **dict.fromkeys(
            "\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\u301d\u301e\uff02", '"'
        ),
        **dict.fromkeys("\uff0d\u2212", "-"),
        "\uff0b": "+",
        "\uff08": "(",
        "\uff09": ")",
        "\uff1a": ":",
        "\uff0a": "*",
        **dict.fromkeys(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0xE001)), " "),
        **dict.fromkeys(
            map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))), ""
        ),
    }
)
_FIELDS = {
    "tag": Field.TAG,
    "tags": Field.TAG,
    "case": Field.CASE,
    "cases": Field.CASE,
    "lang": Field.LANGUAGE,
    "language": Field.LANGUAGE,
    "kind": Field.KIND,
    "date": Field.DATE,
}
# a quote between two Hebrew letters is a gershayim, part of the word
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\()
      | (?P<close>\))
      | (?P<sign>(?<![^\s(])[-+](?=[^\s\-+)]))
      | (?P<field>(?<![^\s(+\-])(?:tags?|cases?|lang(?:uage)?|kind|date):(?=[^\s)]))
      | "(?P<phrase>[^"]*)(?P<closed>"?)
      | (?P<word>(?:[^\s()"]|(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea]))+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_RANGE = re.compile(r"(?P<start>[^.]*)\.\.(?P<end>[^.]*)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


_JOINING = (_Token("word", "AND"), _Token("word", "OR"))
_OPERATORS = ("AND", "OR", "NOT")


class _TooDeep(Exception):
    """Parentheses are dropped then."""


def read_query(text: str) -> Reading:
    """How `text` is understood."""
    remarks: list[str] = []
    if len(text) > LONGEST:
        text = text[:LONGEST]
        remarks.append(f"Only the first {LONGEST} characters were read.")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = unicodedata.normalize("NFC", text).translate(_SIGNS)
    try:
        parser = _Parser(text, remarks)
        query = parser.parse()
    except _TooDeep:
        remarks.append("Parentheses were left out: there are too many within each other.")
        parser = _Parser(text.translate(str.maketrans("()", "  ")), remarks)
        query = parser.parse()
    is_whole = parser.is_whole and len(text) < LONGEST
    return Reading(query, tuple(dict.fromkeys(remarks)), is_whole)


def _tokens(text: str, remarks: list[str]) -> list[_Token]:
    tokens = []
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "closed":
            kind = "phrase"
            if not found["closed"]:
                remarks.append("A quotation mark is not closed; what follows it was read as one phrase.")
        if kind:
            tokens.append(_Token(kind, found[kind]))
    return tokens


class _Parser:
    """One pass over the tokens; every method returns None where nothing was left to look for."""

    def __init__(self, text: str, remarks: list[str]) -> None:
        self._remarks = remarks
        self._tokens = _tokens(text, remarks)
        self._next = 0
        self._words = 0
        self.is_whole = True

    def parse(self) -> Query | None:
        parts = []
        while self._peek() is not None:
            parts.append(self._side_by_side(0))
            if self._accept("close"):
                self._remarks.append("A closing parenthesis without an opening one was left out.")
        return _joined(All, parts)

    def _peek(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _accept(self, kind: str, text: str | None = None) -> bool:
        token = self._peek()
        fits = token is not None and token.kind == kind and (text is None or token.text == text)
        self._next += fits
        return fits

    def _operator(self, text: str) -> bool:
        """An operator only where something follows it; else it is a word."""
        token = self._peek()
        following = self._tokens[self._next + 1 : self._next + 2]
        has_right_side = bool(following) and following[0].kind != "close"
        if token == _Token("word", text) and has_right_side and following[0] not in _JOINING:
            self._next += 1
            return True
        return False

    def _side_by_side(self, depth: int) -> Query | None:
        if depth > DEEPEST:
            raise _TooDeep
        parts = []
        while (token := self._peek()) is not None and token.kind != "close":
            parts.append(self._either(depth))
        return _joined(All, parts)

    def _either(self, depth: int) -> Query | None:
        parts = [self._both(depth)]
        while self._operator("OR"):
            parts.append(self._both(depth))
        return _joined(Any, parts)

    def _both(self, depth: int) -> Query | None:
        parts = [self._one(depth)]
        while self._operator("AND"):
            parts.append(self._one(depth))
        return _joined(All, parts)

    def _one(self, depth: int) -> Query | None:
        is_negative = False
        while True:
            if self._accept("sign", "-") or self._operator("NOT"):
                is_negative = not is_negative
            elif not self._accept("sign", "+"):
                break
        part = self._operand(depth)
        return Not(part) if is_negative and part is not None else part

    def _operand(self, depth: int) -> Query | None:
        token = self._peek()
        if token is None or token.kind == "close":
            return None
        self._next += 1
        if token.kind == "open":
            inner = self._side_by_side(depth + 1)
            if not self._accept("close"):
                self._remarks.append("A parenthesis is not closed; it was closed at the end.")
            return inner
        if token.kind == "field":
            return self._filter(token.text)
        return self._word(token, None)

    def _filter(self, name: str) -> Query | None:
        value = self._peek()
        field = _FIELDS[name[:-1].lower()]
        if value is None or value.kind not in {"word", "phrase"}:
            return self._word(_Token("word", name), None)
        self._next += 1
        if read := _READERS.get(field):
            return read(value.text) or self._misread(field, value)
        return self._word(value, field)

    def _misread(self, field: Field, value: _Token) -> Query | None:
        self._remarks.append(f"“{value.text}” is no {_NAMES[field]}; it was read as plain words.")
        return self._word(_Token("phrase", f"{field.value} {value.text}"), None)

    def _word(self, token: _Token, field: Field | None) -> Query | None:
        text = token.text.strip()
        is_prefix = text.endswith("*") and len(text) > 1
        text = text.rstrip("*")
        is_phrase = token.kind == "phrase" or "*" in text.strip("*")
        if "*" in text or token.text == "*":
            self._remarks.append("“*” is understood at the end of a word only.")
        if token.kind == "word" and text in _OPERATORS:
            self._remarks.append(f"“{text}” joins nothing here; it was read as a word.")
            is_phrase = True
        found = self._bounded(chunks(text))
        shown = " ".join(text.replace("*", " ").split())
        return Words(found, shown, is_prefix, is_phrase, field) if found else None

    def _bounded(self, words: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
        room = MOST_WORDS - self._words
        self._words += len(words)
        if len(words) > room:
            self._remarks.append(f"Only the first {MOST_WORDS} words were looked for.")
            self.is_whole = False
        return words[: max(0, room)]


def _joined(group: type[All | Any], parts: list[Query | None]) -> Query | None:
    """The parts as one; what says nothing falls away."""
    said = [part for part in parts if part is not None]
    if len(said) < 2:
        return said[0] if said else None
    flat = [inner for part in said for inner in (part.parts if isinstance(part, group) else (part,))]
    return group(tuple(flat))


def _language(value: str) -> Label | None:
    labels = language_labels(value.strip())
    return Label(Field.LANGUAGE, labels[0]) if labels else None


def _kind(value: str) -> Label | None:
    return Label(Field.KIND, value.strip().lower()) if value.strip() else None


def _dates(value: str) -> Dates | None:
    span = _RANGE.fullmatch(value.strip())
    start, end = (span["start"].strip(), span["end"].strip()) if span else (value.strip(),) * 2
    are_dates = all(not date or _DATE.fullmatch(date) for date in (start, end))
    return Dates(start, end) if are_dates and (start or end) else None


_READERS: dict[Field, Callable[[str], Label | Dates | None]] = {
    Field.LANGUAGE: _language,
    Field.KIND: _kind,
    Field.DATE: _dates,
}
_NAMES = {Field.LANGUAGE: "language", Field.KIND: "kind", Field.DATE: "date like 2019, 2019-05 or 2019..2021"}

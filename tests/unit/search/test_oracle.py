"""Random queries over random entries, against an evaluator that reads every text."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from archivist.model.search import Entry, Found
from archivist.search import index as index_module
from archivist.search.index import SearchIndex
from tests.unit.search.entries import at, document, found

WORDS = ["police", "policy", "polite", "torture", "tortured", "élan", "отчёт", "حقوق", "42", "a"]
RUNS = ["人权", "人权法", "权法院", "法", "院人"]
TAGS = ["forced labour", "labour camp", "camp"]
SIMPLE = {"élan": "elan", "отчёт": "отчет"}
ROUNDS = 12
QUERIES = 40


@dataclass(frozen=True)
class Expected:
    """What a query should find, told by the text of an entry as a list of words."""

    text: str
    fits: frozenset[str]


class Oracle:
    """All entries as they should be, read from end to end for each query."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.entries: dict[str, Entry] = {}

    def change(self) -> tuple[list[Entry], list[str]]:
        put = [self._entry(f"d{self.chance.randrange(60):02}") for _ in range(self.chance.randrange(12))]
        names = sorted(self.entries)
        remove = self.chance.sample(names, min(len(names), self.chance.randrange(4)))
        for name in remove:
            del self.entries[name]
        self.entries.update({entry.id: entry for entry in put})
        return put, remove

    def _entry(self, name: str) -> Entry:
        words = self.chance.choices(WORDS + RUNS, k=self.chance.randrange(1, 9))
        title = self.chance.choices(WORDS, k=self.chance.randrange(3))
        tags = tuple(self.chance.sample(TAGS, self.chance.randrange(3)))
        date = self.chance.choice(["", "2019", "2019-05", "2019-05-03", "2020-01-31", "2021"])
        return document(name, " ".join(words), " ".join(title), tags=tags, date=date)

    def query(self, depth: int = 2) -> Expected:
        kind = self.chance.choice(["and", "or", "not", "group"]) if depth else "leaf"
        if kind == "leaf" or self.chance.random() < 0.2:
            return self._leaf()
        left, right = self.query(depth - 1), self.query(depth - 1)
        every = frozenset(self.entries)
        return {
            "and": Expected(f"({left.text}) AND ({right.text})", left.fits & right.fits),
            "or": Expected(f"({left.text}) OR ({right.text})", left.fits | right.fits),
            "not": Expected(f"({left.text}) -({right.text})", left.fits - right.fits),
            "group": Expected(f"NOT ({left.text})", every - left.fits),
        }[kind]

    def _leaf(self) -> Expected:
        leaves = [self._word, self._prefix, self._phrase, self._run, self._tag, self._date, self._unknown]
        return self.chance.choice(leaves)()

    def _word(self) -> Expected:
        word = self.chance.choice(WORDS)
        return Expected(_simple(word).upper(), self._with_sequence([word]))

    def _prefix(self) -> Expected:
        start = self.chance.choice(["pol", "poli", "police", "tort", "el", "4", "от", "x"])
        return Expected(f"{start}*", self._where(lambda word: _simple(word).startswith(start)))

    def _phrase(self) -> Expected:
        words = self.chance.choices(WORDS, k=self.chance.randrange(2, 4))
        return Expected(f"“{' '.join(words)}”", self._with_sequence(words))

    def _run(self) -> Expected:
        part = self.chance.choice(["人权", "权", "权法", "法院", "院", "人权法", "法"])
        return Expected(part, self._where(lambda word: part in word))

    def _tag(self) -> Expected:
        tag = self.chance.choice(["labour", "camp", "forced labour", "labour forced", "labour camp"])
        tagged = (e.id for e in self.entries.values() if any(_follow(tag.split(), t.split()) for t in e.tags))
        return Expected(f'tag:"{tag}"', frozenset(tagged))

    def _date(self) -> Expected:
        start = self.chance.choice(["2019", "2019-05", "2020"])
        dated = (entry.id for entry in self.entries.values() if entry.date.startswith(start))
        return Expected(f"date:{start}", frozenset(dated))

    def _unknown(self) -> Expected:
        return Expected("zzz", frozenset())

    def _where(self, fits: Callable[[str], bool]) -> frozenset[str]:
        return frozenset(
            entry.id
            for entry in self.entries.values()
            if any(fits(word) for word in (*entry.text.split(), *entry.title.split()))
        )

    def _with_sequence(self, words: list[str]) -> frozenset[str]:
        return frozenset(
            entry.id
            for entry in self.entries.values()
            if _follow(words, entry.text.split()) or _follow(words, entry.title.split())
        )


def _simple(word: str) -> str:
    return SIMPLE.get(word, word)


def _follow(words: list[str], text: list[str]) -> bool:
    return any(text[place : place + len(words)] == words for place in range(len(text)))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("batch", [1, 5000, index_module.BATCH])
def test_the_index_finds_what_reading_everything_finds(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch, seed: int, batch: int
) -> None:
    monkeypatch.setattr(index_module, "BATCH", batch)
    oracle = Oracle(random.Random(seed))  # noqa: S311  # a repeatable test

    index.build([], at(0))

    for number in range(ROUNDS):
        put, remove = oracle.change()
        index.apply(put, [(Found.DOCUMENT, name) for name in remove], at(number))
        for _ in range(QUERIES):
            expected = oracle.query()
            assert found(index, expected.text) == sorted(expected.fits), expected.text


def test_the_oracle_notices_a_wrong_answer(index: SearchIndex) -> None:
    oracle = Oracle(random.Random(1))  # noqa: S311  # a repeatable test
    put, _ = oracle.change()
    index.build([replace(entry, text="something else", title="") for entry in put], at(1))

    wrong = [q for q in (oracle.query() for _ in range(100)) if found(index, q.text) != sorted(q.fits)]

    assert wrong

"""Nothing that can be typed raises, or takes long."""

import random
import time
from collections.abc import Iterator

import pytest

from archivist.search.index import SearchIndex
from tests.unit.search.conftest import KEY
from tests.unit.search.entries import at, document

ABUSE = {
    "star": "*",
    "one letter": "a*",
    "leading star": "*ing",
    "both stars": "*a*",
    "marks and stars": "?*?*?*",
    "many stars": "a*b*c*d*e*",
    "unbalanced quote": '"the prison',
    "unbalanced parenthesis": "((((the",
    "200 parentheses": "(" * 200 + "a" + ")" * 200,
    "2000 parentheses": "(" * 2000 + "a" + ")" * 2000,
    "only closing": ")" * 500,
    "only NOT": "NOT the",
    "50 NOT": "NOT " * 50 + "a",
    "500 NOT": "NOT " * 500,
    "500 minus": "-" * 500 + "a",
    "500 minus apart": "- " * 500 + "a",
    "fuzzy": "protocl~2",
    "1000 words": " ".join(f"w{number}" for number in range(1000)),
    "1000 OR": " OR ".join(f"w{number}" for number in range(1000)),
    "1000 letters": "a " * 1000,
    "64 prefixes": " ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz" * 3),
    "prefixes OR": " OR ".join(f"{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "phrase of one word": '"' + "a " * 900 + '"',
    "phrase of prefixes": '"a b c d*"',
    "range": "[a TO z]",
    "open range": "[a TO]",
    "bad date": "date:[foo TO bar]",
    "date of many dots": "date:" + "." * 900,
    "long date": "date:" + "2" * 1900,
    "unknown field": "http://example.org/x",
    "empty field": "lang:",
    "fields of fields": "tag:" * 400,
    "boost": "the^99999999999",
    "colons": ":::::",
    "nul": "a\x00b",
    "surrogate": "a\ud800b",
    "field of a surrogate": "lang:\ud800 kind:\udfff tag:\ud800",
    "huge word": "a" * 100_000,
    "operators": "AND AND OR NOT",
    "signs": "+ - ~ ^ [",
    "expression": '(a+)+$"',
    "slop": '"internet protocol"~5',
    "spaces": "a" + " " * 50_000 + "b",
    "brackets": "[" * 500,
    "quotes": "'" * 501,
    "double quotes": '"' * 501,
    "Hebrew quotes": 'א"' * 900,
    "marks": "a" + "\u0301" * 1900,
    "joiners": "\u200d" * 1999,
    "one Chinese character often": "人" * 1900,
    "Chinese prefixes": " ".join("人权法院新疆"),
    "bidi": "\u202e\u2066abc\u2069",
    "ligatures": "ﷺ" * 1900,
}
LONGEST = 3.0  # seconds, on a slow machine that others use too


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    chance = random.Random(4)  # noqa: S311  # a repeatable test
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["".join(chance.choices(letters, k=chance.randrange(1, 9))) for _ in range(4000)]
    runs = ["".join(chance.choices("人权法院新疆北京", k=4)) for _ in range(50)]
    entries = [
        document(f"d{number}", " ".join(chance.choices(vocabulary, k=150) + chance.choices(runs, k=5)))
        for number in range(400)
    ]
    index = SearchIndex(tmp_path_factory.mktemp("abuse") / "index", KEY, "archive-1")
    index.build(entries, at(1))
    yield index
    index.close()


@pytest.mark.parametrize("query", ABUSE.values(), ids=list(ABUSE))
def test_no_query_raises_or_takes_long(library: SearchIndex, query: str) -> None:
    started = time.perf_counter()

    answer = library.find(query)
    passage = library.passage(query, "a the prison w1 人权 " * 100)

    assert time.perf_counter() - started < LONGEST
    assert answer.understood.isprintable()
    assert passage.snippet


def test_random_queries_never_raise(library: SearchIndex) -> None:
    chance = random.Random(8)  # noqa: S311  # a repeatable test
    pieces = [
        *'()"-+*:. ~^[]{}',
        "AND",
        "OR",
        "NOT",
        " ",
        "a",
        "tag:",
        "date:",
        "2019",
        "..",
        "人权",
        "é",
        "\u0301",
    ]

    for _ in range(1500):
        query = "".join(chance.choices(pieces, k=chance.randrange(1, 25)))
        answer = library.find(query, limit=3)
        assert library.find(query, limit=3) == answer

import pytest

from archivist.model.document import USER, Field
from archivist.model.reading import FIELDS, ORIGINS, one_line


def test_no_reader_speaks_as_the_user() -> None:
    assert USER not in ORIGINS.values()


def test_the_dates_of_a_file_are_not_the_date_of_the_source() -> None:
    assert {"created", "modified"} <= FIELDS
    assert Field.DATE not in {"created", "modified"}


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("  A\n report \t of\u2028 1999 ", "A report of 1999"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("12345678901234567890", "1234567890123456"),
        ("123456789012345 7890", "123456789012345"),
        (" \n", ""),
    ],
)
def test_a_line_is_canonical_and_holds_no_loose_space(raw: str, line: str) -> None:
    assert one_line(raw, 16) == line
    assert one_line(line, 16) == line

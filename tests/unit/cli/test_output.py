import json
import sys

import pytest

from archivist.cli.output import Output, harmless
from archivist.cli.rows import told_lines

Screen = pytest.CaptureFixture[bytes]


def test_rows_for_programs_are_ascii_and_lines_are_left_out(capsysbinary: Screen) -> None:
    output = Output(as_json=True)

    output.row({"title": "西藏", "broken": "\udce9"})
    output.line("for people")

    told = capsysbinary.readouterr().out
    assert told.isascii()
    assert json.loads(told) == {"title": "西藏", "broken": "\udce9"}


def test_lines_for_people_are_utf8_whatever_the_locale(capsysbinary: Screen) -> None:
    output = Output(as_json=False)

    output.line("西藏")
    output.row({"title": "x"})

    assert capsysbinary.readouterr().out == "西藏\n".encode()


def test_a_name_cannot_command_the_terminal_nor_break_its_row() -> None:
    assert harmless("a\x1b[31m\n\u202etxt.exe") == "a\ufffd[31m\ufffd\ufffdtxt.exe"


def test_a_closed_output_is_remembered_and_nothing_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    output = Output(as_json=False)

    output.line("lost")

    assert output.is_broken


def test_a_row_for_people_has_no_brackets() -> None:
    row = {
        "kind": "case",
        "aliases": ["a", "b"],
        "quotes": [],
        "cases": [{"id": "1", "role": ""}],
        "page": None,
    }

    assert list(told_lines(row)) == [
        "kind: case",
        "aliases:",
        "  a",
        "  b",
        "quotes: —",
        "cases:",
        "  id 1",
        "page: —",
    ]

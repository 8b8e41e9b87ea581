"""What people do to commands: pipes that close, full disks behind them, odd names, wrong places."""

import subprocess
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal


def shell(terminal: Terminal, line: str) -> subprocess.CompletedProcess[bytes]:
    """A line as typed into a shell, with `archivist` and `$A` in it."""
    program = " ".join(terminal.command("")[:-1])
    script = f'archivist() {{ {program} "$@"; }}; A={terminal.archive}; set -o pipefail; {line}'
    return subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=terminal.folder,
        env=terminal.environ(),
        capture_output=True,
        timeout=240,
        check=False,
    )


def test_an_import_goes_on_when_its_reader_goes_away(plain: Terminal) -> None:
    many = plain.folder / "many"
    many.mkdir()
    for number in range(40):
        (many / f"{number}.txt").write_text(f"Statement number {number}", "utf-8")

    done = shell(plain, "archivist import $A many --json | head -n 1")

    assert done.stdout.count(b"\n") == 1
    assert done.returncode == 0, done.stderr
    assert len(plain.does("list", "documents").rows) == 40


@pytest.mark.parametrize("target", [">/dev/full", ">&-"])
def test_an_answer_that_cannot_be_written_is_told_of_and_the_deed_is_done(
    plain: Terminal, target: str
) -> None:
    done = shell(plain, f"archivist case $A add Salma {target}")

    assert done.returncode == 1
    assert b"could not be written" in done.stderr
    assert [row["name"] for row in plain.does("list", "cases").rows] == ["Salma"]


def test_a_closed_standard_input_asks_for_nothing(terminal: Terminal) -> None:
    terminal.makes_archive()
    terminal.passphrase = None

    done = shell(terminal, "archivist list $A tags <&-")

    assert done.returncode == 3
    assert b"--passphrase-file" in done.stderr


def test_names_cannot_command_the_terminal(plain: Terminal) -> None:
    odd = plain.folder / "a\x1b[31m\u202egnp.txt"
    odd.write_text("words", "utf-8")

    told = plain.types("import", plain.archive, odd).out + plain.types("list", plain.archive, "documents").out

    assert b"\x1b" not in told
    assert "\u202e" not in told.decode()


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("tag", "add", " "), id="tag without a name"),
        pytest.param(("case", "add", ""), id="case without a name"),
        pytest.param(("document", "rename", "testimony", ""), id="document without a title"),
        pytest.param(("document", "edit", "testimony", "--date", "2024-13-45"), id="no such date"),
        pytest.param(("document", "edit", "testimony", "--language", "klingonish"), id="no such language"),
        pytest.param(("case", "edit", "Salma", "--remove-alias", "nobody"), id="no such alias"),
        pytest.param(("backup", "Coast.archivist/inside"), id="backup inside the archive"),
        pytest.param(
            ("export", "--out", "Coast.archivist/x", "--format", "html"), id="pack inside the archive"
        ),
    ],
)
def test_what_makes_no_sense_changes_nothing(plain: Terminal, sources: Path, words: tuple[str, ...]) -> None:
    plain.does("import", sources)
    plain.does("case", "add", "Salma")
    plain.does("quote", "testimony", "--text", "officers")
    deeds = plain.does("history").rows

    assert plain.fails(*words).code == 4

    assert plain.does("history").rows == deeds
    assert plain.does("verify").rows[-1]["summary"]["errors"] == 0


@pytest.mark.parametrize("name", ["", "."])
def test_an_archive_needs_a_name(plain: Terminal, name: str) -> None:
    assert plain.types("new", name, "--no-passphrase").code == 2


def test_a_name_goes_before_the_alias_of_another(plain: Terminal) -> None:
    own = plain.does("case", "add", "Salma").row["id"]
    plain.does("case", "add", "Other", "--alias", "salma")

    assert plain.does("case", "edit", "Salma", "--summary", "A lawyer.").row["id"] == own


def test_a_mistyped_option_is_no_word_of_a_query(plain: Terminal) -> None:
    assert plain.fails("search", "word", "--bogus").code == 2
    assert plain.types("search", plain.archive, "--json", "--", "--bogus").rows[0]["query"] == "--bogus"


def test_a_recovery_file_that_cannot_be_written_makes_no_archive(terminal: Terminal) -> None:
    answer = terminal.fails("new", "--recovery-file", "no/such/folder/code")

    assert answer.code == 4
    assert not terminal.archive_folder.exists()


def test_a_quote_is_changed_deleted_and_restored(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)
    quote = plain.does("quote", "testimony", "--text", "officers", "--tag", "Arrest").row["id"]

    plain.does("quote", quote, "--edit", "--note", "seen by two", "--tag", "Night", "--remove-tag", "Arrest")
    edited = plain.does("show", quote).row
    plain.does("quote", quote, "--delete")

    assert (edited["note"], edited["tags"]) == ("seen by two", ["Night"])
    assert plain.does("list", "quotes").rows == []
    assert [row["id"] for row in plain.does("list", "quotes", "--deleted").rows] == [quote]
    plain.does("quote", quote, "--restore")
    assert plain.does("search", "tag:night").rows[0]["total"] > 0
    assert plain.fails("quote", quote, "--edit").code == 2


def test_a_receiver_can_compare_the_seal(plain: Terminal, sources: Path, tmp_path: Path) -> None:
    plain.does("import", sources)
    plain.does("quote", "testimony", "--text", "officers")
    pack = plain.does("export", "--out", tmp_path, "--format", "HTML").row

    found = plain.types("verify", pack["folder"], "--json").rows

    assert [row["id"] for row in found if row.get("what") == "seal"] == [pack["seal"]]
    assert pack["seal"] in plain.types("verify", pack["folder"]).out.decode()


def test_history_names_what_was_done_to_what(plain: Terminal) -> None:
    plain.does("case", "add", "Salma")

    assert "add case “Salma”" in plain.types("history", plain.archive).out.decode()
    assert "add case “Salma”" in plain.types("undo", plain.archive).out.decode()


def test_a_document_is_shown_for_people_without_any_brackets(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)

    shown = plain.types("show", plain.archive, "page.html").out.decode()

    assert not set("[]{}") & set(shown)
    assert "Nadir Haddad" in shown

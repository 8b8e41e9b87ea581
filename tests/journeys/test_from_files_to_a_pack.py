"""The whole job from a terminal: archive, import, read, quote, find, take back, hand over, keep."""

import hashlib
from pathlib import Path

import pytest

from tests.journeys.conftest import TESTIMONY
from tests.journeys.terminal import Terminal

WORDS = "They took my brother from our house in Marrow Bay."


def test_an_advocate_goes_from_a_folder_of_files_to_a_pack(
    terminal: Terminal, sources: Path, tmp_path: Path
) -> None:
    terminal.makes_archive()
    terminal.does("import", sources)
    terminal.does("case", "add", "The brother of Marrow Bay", "--alias", "شقيق")
    terminal.does("case", "add", "Harbour prison")
    marks = ["--tag", "Arrest", "--tag", "Night raid", "--note", "First witness."]
    for case in ("The brother of Marrow Bay", "Harbour prison"):
        marks += ["--case", case]
    quote = terminal.does("quote", "testimony", "--text", WORDS.replace("my ", "my\n"), *marks).row

    assert terminal.does("show", quote["id"]).row["text"] == WORDS
    assert {case["name"] for case in terminal.does("show", quote["id"]).row["cases"]} == {
        "The brother of Marrow Bay",
        "Harbour prison",
    }

    pack = terminal.does(
        "export", "--out", tmp_path / "out", "--format", "html,docx", "--title", "Two cases"
    ).row

    folder = Path(pack["folder"])
    page = (folder / "brief.html").read_text("utf-8")
    digest = hashlib.sha256(TESTIMONY.encode()).hexdigest()
    assert page.count(WORDS) >= 2
    assert digest in page
    assert (folder / "brief.docx").stat().st_size > 5000
    assert (folder / "exhibits" / "EX-001.txt").read_bytes() == TESTIMONY.encode()
    assert terminal.types("verify", folder, "--json").code == 0
    assert terminal.does("verify").rows[-1]["summary"]["errors"] == 0


def test_what_was_marked_is_found_by_words_tags_and_cases(terminal: Terminal, sources: Path) -> None:
    terminal.makes_archive()
    terminal.does("import", sources)
    terminal.does("case", "add", "Salma", "--alias", "سلمى", "--summary", "A lawyer, arrested on a Thursday.")
    terminal.does("quote", "page.html", "--text", "اعتقلت الشرطة المحامية سلمى", "--tag", "Arrest",
                  "--case", "سلمى", "--note", "Seen by two neighbours")  # fmt: skip

    def found(*query: str) -> list[str]:
        return [row["kind"] for row in terminal.does("search", *query).rows[1:]]

    assert found("المحاميه") == ["quote", "document"] or set(found("المحاميه")) == {"quote", "document"}
    assert "note" in found("neighbours")
    assert "case" in found("Thursday")
    assert set(found("tag:arrest")) >= {"quote", "document"}
    assert set(found("case:Salma", "الشرطة")) >= {"quote", "document"}
    assert found("case:Salma", "brother") == []
    assert found("-brother", "officers") == []
    assert found("lang:ar", "--in", "documents") == ["document"]


def test_every_deed_can_be_taken_back_and_done_again_after_a_restart(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)
    plain.does("quote", "testimony", "--text", WORDS, "--tag", "Arrest")

    plain.does("undo")
    plain.does("undo")

    assert plain.does("list", "quotes").rows == []
    assert plain.does("list", "documents").rows == []
    assert plain.does("search", "brother").rows[0]["total"] == 0

    plain.does("redo")
    plain.does("redo")

    assert [row["text"] for row in plain.does("list", "quotes").rows] == [WORDS]
    assert plain.does("search", "brother").rows[0]["total"] > 0
    assert plain.fails("redo").code == 4
    assert plain.does("verify").rows[-1]["summary"]["errors"] == 0


def test_a_backup_opens_in_another_home_with_all_that_was_in_it(
    terminal: Terminal, sources: Path, tmp_path: Path
) -> None:
    terminal.makes_archive()
    terminal.does("import", sources)
    terminal.does("quote", "testimony", "--text", WORDS)
    terminal.does("backup", tmp_path / "Coast.backup")
    elsewhere = Terminal(tmp_path / "elsewhere")

    restored = elsewhere.types("restore", tmp_path / "Coast.backup", "Coast.archivist", "--json")

    assert restored.code == 0, restored.error
    assert elsewhere.does("verify").rows[-1]["summary"]["errors"] == 0
    assert [row["text"] for row in elsewhere.does("list", "quotes").rows] == [WORDS]
    assert elsewhere.does("search", "brother").rows[0]["total"] > 0


def test_a_damaged_backup_is_named_and_not_restored(plain: Terminal, sources: Path, tmp_path: Path) -> None:
    plain.does("import", sources)
    backup = tmp_path / "Coast.backup"
    plain.does("backup", backup)
    victim = max((path for path in backup.rglob("*") if path.parent.parent.name == "objects"), key=str)
    victim.write_bytes(victim.read_bytes()[:-1] + b"!")

    answer = plain.types("restore", backup, "Restored.archivist")

    assert answer.code in {1, 3, 4}
    assert victim.name[:8] in answer.error
    assert not (plain.folder / "Restored.archivist").exists()


def test_the_passphrase_can_be_changed_and_the_old_one_opens_no_more(terminal: Terminal) -> None:
    terminal.makes_archive()
    (terminal.folder / "new").write_text("a quite different one\n", "utf-8")

    terminal.does("passphrase", "--new-passphrase-file", "new")

    assert terminal.fails("list", "documents").code == 3
    terminal.passphrase = "a quite different one"
    assert terminal.does("list", "documents").rows == []


def test_the_recovery_code_opens_the_archive(terminal: Terminal) -> None:
    terminal.makes_archive("--recovery-file", "code")
    file = terminal.folder / "code"

    terminal.passphrase = file.read_text("ascii").strip().lower().replace("-", " ")

    assert file.stat().st_mode & 0o777 == 0o600
    assert terminal.does("list", "documents").rows == []


def test_without_a_terminal_or_a_file_the_user_is_told_that_there_is_no_recovery_code(
    terminal: Terminal,
) -> None:
    assert "recovery code" in terminal.makes_archive().error


@pytest.mark.parametrize("passphrase", ["wrong", ""])
def test_a_wrong_passphrase_opens_nothing(terminal: Terminal, passphrase: str) -> None:
    terminal.makes_archive()
    terminal.passphrase = passphrase

    assert terminal.fails("list", "documents").code == 3

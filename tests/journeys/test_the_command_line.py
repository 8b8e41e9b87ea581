"""What scripts rely on: rows, keys, exit codes, one-sentence errors (DESIGN, “The command line”)."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.journeys.conftest import TESTIMONY
from tests.journeys.terminal import Terminal

IMPORT_KEYS = [
    "path", "status", "document_id", "parent_id", "kind", "title", "language", "pages", "characters",
    "children", "warnings", "error",
]  # fmt: skip
SEARCH_KEYS = ["query", "understood", "total", "complete", "milliseconds", "did_you_mean"]
HIT_KEYS = ["kind", "id", "document_id", "title", "page", "start", "end", "snippet", "score", "language"]


def test_an_import_tells_of_every_regular_file_and_of_nothing_else(plain: Terminal, sources: Path) -> None:
    *rows, summary = plain.does("import", sources).rows

    assert all(list(row) == IMPORT_KEYS for row in rows)
    told = {Path(row["path"]).name: row for row in rows}
    assert sorted(told) == sorted(
        ["testimony.txt", "page.html", "copy of testimony.txt", ".hidden", "empty.txt", "model.bin"]
    )
    assert told["empty.txt"]["characters"] == told["model.bin"]["characters"] == 0
    assert told["empty.txt"]["warnings"]
    assert told["model.bin"]["warnings"]
    assert told["model.bin"]["status"] == "imported"
    statuses = {told["testimony.txt"]["status"], told["copy of testimony.txt"]["status"]}
    assert statuses == {"imported", "duplicate"}
    assert told["page.html"]["title"] == "اعتقال محامية"
    assert told["page.html"]["language"] == "ar"
    assert set(summary["summary"]) == {"imported", "duplicates", "failed", "seconds"}
    assert (summary["summary"]["imported"], summary["summary"]["duplicates"]) == (5, 1)


def test_importing_again_makes_nothing_new(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)
    deeds = len(plain.does("history").rows)

    summary = plain.does("import", sources).rows[-1]["summary"]

    assert (summary["imported"], summary["duplicates"]) == (0, 6)
    assert len(plain.does("history").rows) == deeds


def test_a_file_that_cannot_be_had_fails_alone(plain: Terminal, sources: Path) -> None:
    answer = plain.types(
        "import", plain.archive, sources / "testimony.txt", sources / "missing.txt", "--json"
    )

    assert answer.code == 1
    rows = {Path(row["path"]).name: row for row in answer.rows[:-1]}
    assert rows["testimony.txt"]["status"] == "imported"
    assert rows["missing.txt"]["status"] == "failed"
    assert "missing.txt" in rows["missing.txt"]["error"]
    assert answer.rows[-1]["summary"]["failed"] == 1


def test_the_archive_does_not_import_itself(plain: Terminal) -> None:
    (plain.folder / "one.txt").write_text("one", "utf-8")

    paths = [row["path"] for row in plain.does("import", plain.folder).rows[:-1]]

    assert str(plain.folder / "one.txt") in paths
    assert not [path for path in paths if ".archivist" in path]


def test_rows_are_ascii_one_object_a_line(plain: Terminal, sources: Path) -> None:
    out = plain.does("import", sources).out

    assert out.isascii()
    assert b"\r" not in out
    assert all(isinstance(json.loads(line), dict) for line in out.split(b"\n")[:-1])


def test_a_search_tells_how_it_was_read_and_where_the_best_passage_stands(
    plain: Terminal, sources: Path
) -> None:
    plain.does("import", sources)

    head, *hits = plain.does("search", "brother", "harbour").rows

    assert list(head) == SEARCH_KEYS
    assert head["query"] == "brother harbour"
    assert head["complete"] is True
    (hit,) = hits
    assert list(hit) == HIT_KEYS
    text = plain.types("show", plain.archive, "testimony", "--text").out.decode()
    assert text[hit["start"] : hit["end"]] == hit["snippet"]
    assert "brother" in hit["snippet"]


def test_no_hits_are_an_answer(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)

    answer = plain.does("search", "walrus")

    assert answer.rows[0]["total"] == 0
    assert len(answer.rows) == 1


def test_a_query_may_begin_with_a_minus(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)

    rows = plain.does("search", "-brother", "hidden", "--limit", "3").rows

    assert rows[0]["query"] == "-brother hidden"
    assert [row["kind"] for row in rows[1:]] == ["document"]


def test_show_text_prints_exactly_the_canonical_text(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)

    assert plain.types("show", plain.archive, "testimony", "--text").out == TESTIMONY.encode()


def test_things_are_named_by_id_prefix_title_file_name_and_alias(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)
    document = plain.does("show", "page.html").row
    case = plain.does("case", "add", "Salma", "--alias", "سلمى").row

    for name in (document["id"], document["id"][:13], "اعتقال محامية", "page.html"):
        assert plain.does("show", name).row["id"] == document["id"]
    for name in ("salma", "سلمى", case["id"][:18]):
        assert plain.does("show", name).row["id"] == case["id"]
    assert plain.fails("show", "nobody").code == 4


def test_a_name_that_two_things_have_is_refused(plain: Terminal, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(f"report {folder}", "utf-8")
        plain.does("import", tmp_path / folder)

    answer = plain.fails("quote", "report", "--text", "report")

    assert answer.code == 4
    assert "2 things" in answer.error


def test_a_quote_takes_the_first_of_equal_words_and_says_so(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)

    first = plain.does("quote", "testimony", "--text", "They took my brother")
    second = plain.does("quote", "testimony", "--text", "They took my brother", "--occurrence", "2")

    assert "2 times" in first.error
    starts = [plain.does("show", answer.row["id"]).row["start"] for answer in (first, second)]
    assert starts == [TESTIMONY.index("They took"), TESTIMONY.rindex("They took")]
    assert plain.fails("quote", "testimony", "--text", "They took my brother", "--occurrence", "3").code == 4


def test_words_that_do_not_stand_in_the_text_are_not_quoted(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)
    deeds = plain.does("history").rows

    assert plain.fails("quote", "testimony", "--text", "They killed my brother").code == 4
    assert plain.fails("quote", "testimony", "--text", "officers", "--case", "Nobody").code == 4
    assert plain.does("history").rows == deeds


def test_creating_verbs_print_kind_id_and_name(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)

    made = [
        plain.does("tag", "add", "Torture", "--colour", "#a03020", "--definition", "CAT, article 1").row,
        plain.does("case", "add", "Salma").row,
        plain.does("quote", "testimony", "--text", "officers", "--tag", "torture").row,
    ]

    assert [list(row) for row in made] == [["kind", "id", "name"]] * 3
    assert [row["kind"] for row in made] == ["tag", "case", "quote"]
    assert [row["name"] for row in plain.does("list", "tags").rows] == ["Torture"]


def test_the_codebook_and_cases_are_kept_in_order(plain: Terminal) -> None:
    plain.does("tag", "add", "Torture")
    plain.does("case", "add", "Salma", "--alias", "S.")

    plain.does("tag", "rename", "torture", "Ill-treatment")
    plain.does("tag", "edit", "Ill-treatment", "--definition", "CAT, article 16")
    plain.does("case", "edit", "Salma", "--alias", "سلمى", "--remove-alias", "s.", "--summary", "A lawyer.")

    assert plain.does("list", "tags").row["definition"] == "CAT, article 16"
    assert plain.does("list", "cases").row["aliases"] == ["سلمى"]
    assert plain.fails("tag", "add", "ill-treatment").code == 4
    plain.does("tag", "delete", "Ill-treatment")
    plain.does("case", "delete", "سلمى")
    assert plain.does("list", "tags").rows == plain.does("list", "cases").rows == []
    plain.does("tag", "restore", "Ill-treatment")
    plain.does("case", "restore", "Salma")
    assert plain.does("list", "cases").row["summary"] == "A lawyer."


def test_tags_stand_under_each_other(plain: Terminal) -> None:
    top = plain.does("tag", "add", "Violence").row["id"]
    plain.does("tag", "add", "Torture", "--parent", "violence")
    assert plain.does("show", "Torture").row["parent_id"] == top

    refused = plain.fails("tag", "edit", "Violence", "--parent", "Torture")
    plain.does("tag", "edit", "Torture", "--parent", "")

    assert refused.code == 4
    assert "stands below it" in refused.error
    assert plain.does("show", "Torture").row["parent_id"] is None


def test_a_tag_made_anew_under_an_old_name_is_another_than_the_renamed_one(plain: Terminal) -> None:
    old = plain.does("tag", "add", "Torture").row["id"]
    plain.does("tag", "rename", "Torture", "Ill-treatment")

    new = plain.does("tag", "add", "Torture").row["id"]

    assert new != old
    assert len(plain.does("list", "tags").rows) == 2


def test_what_the_user_says_of_a_document_wins_and_the_file_is_still_heard(
    plain: Terminal, sources: Path
) -> None:
    plain.does("import", sources, "--received-from", "A neighbour", "--method", "Signal")

    plain.does("document", "edit", "page.html", "--author", "N. Haddad", "--date", "2024-05-03")
    plain.does("document", "rename", "page.html", "Arrest of a lawyer")

    shown = plain.does("show", "Arrest of a lawyer").row
    authors = [(m["value"], m["origin"]) for m in shown["metadata"] if m["field"] == "author"]
    assert authors[0] == ("N. Haddad", "user")
    assert ("Nadir Haddad", "html:meta") in authors
    (provenance,) = shown["provenances"]
    assert (provenance["received_from"], provenance["method"]) == ("A neighbour", "Signal")
    assert plain.fails("document", "edit", "page.html").code == 2


def test_a_deleted_document_takes_its_quotes_along_and_brings_them_back(
    plain: Terminal, sources: Path
) -> None:
    plain.does("import", sources)
    plain.does("quote", "testimony", "--text", "officers", "--tag", "Arrest")

    plain.does("document", "delete", "testimony")

    assert plain.does("list", "quotes").rows == []
    assert plain.does("search", "officers").rows[0]["total"] == 0
    assert [row["name"] for row in plain.does("list", "documents", "--deleted").rows] == ["testimony"]
    plain.does("document", "restore", "testimony")
    assert len(plain.does("list", "quotes").rows) == 1
    assert plain.does("search", "officers").rows[0]["total"] == 2


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="no verb"),
        pytest.param(["fly"], id="unknown verb"),
        pytest.param(["list", "A.archivist", "birds"], id="unknown list"),
        pytest.param(["search", "A.archivist"], id="no query"),
        pytest.param(["search", "A.archivist", "x", "--limit", "0"], id="limit of nothing"),
        pytest.param(["search", "A.archivist", "x", "--in", "birds"], id="unknown kind"),
        pytest.param(["export", "A.archivist", "--out", "o", "--format", "papyrus"], id="unknown format"),
        pytest.param(["tag", "A.archivist", "add", "x", "--colour", "reddish"], id="no colour"),
        pytest.param(["import", "A.archivist", "x", "--ocr", "always"], id="OCR is not there"),
        pytest.param(["new", "A.archivist", "--passphrase-file", "missing"], id="no passphrase file"),
        pytest.param(["new", "A.archivist"], id="no passphrase at all"),
    ],
)
def test_wrong_words_are_usage(tmp_path: Path, words: list[str]) -> None:
    answer = Terminal(tmp_path / "t", passphrase=None).types(words[0] if words else "--json", *words[1:])

    assert answer.code == 2
    assert answer.error.strip().count("\n") == 0
    assert not (tmp_path / "t" / "A.archivist").exists()


def test_what_cannot_be_opened_says_why(plain: Terminal, tmp_path: Path) -> None:
    (tmp_path / "stranger").mkdir()

    assert plain.types("list", tmp_path / "nowhere.archivist", "tags").code == 3
    assert plain.types("list", tmp_path / "stranger", "tags").code == 3


def test_nothing_is_ever_overwritten(plain: Terminal, sources: Path, tmp_path: Path) -> None:
    plain.does("import", sources)
    plain.does("quote", "testimony", "--text", "officers")
    plain.does("export", "--out", tmp_path / "out", "--format", "html")
    plain.does("backup", tmp_path / "backup")

    assert plain.fails("new", "--no-passphrase").code == 4
    assert plain.fails("export", "--out", tmp_path / "out", "--format", "html").code == 4
    assert plain.fails("backup", tmp_path / "backup").code == 4
    assert plain.types("restore", tmp_path / "backup", plain.archive).code == 4


def test_an_archive_in_use_says_by_whom(plain: Terminal, sources: Path) -> None:
    reader = subprocess.Popen(
        plain.command("import", plain.archive, *[sources] * 1, "--json"),
        cwd=plain.folder, env=plain.environ(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert reader.stdout is not None
    reader.stdout.readline()
    os.kill(reader.pid, signal.SIGSTOP)
    try:
        answer = plain.fails("list", "tags")
    finally:
        os.kill(reader.pid, signal.SIGCONT)
        reader.stdout.close()
        reader.wait()

    assert answer.code == 3
    assert str(reader.pid) in answer.error


def test_nothing_to_export_is_said(plain: Terminal, tmp_path: Path) -> None:
    assert plain.fails("export", "--out", tmp_path / "out", "--format", "html").code == 4
    assert not (tmp_path / "out").exists()


def test_the_passphrase_may_come_from_a_file_or_standard_input(terminal: Terminal) -> None:
    terminal.makes_archive()
    secret, terminal.passphrase = terminal.passphrase, None
    (terminal.folder / "secret").write_text(f"{secret}\n", "utf-8")

    from_file = terminal.types("list", terminal.archive, "tags", "--passphrase-file", "secret")
    from_input = terminal.types(
        "list", terminal.archive, "tags", "--passphrase-file", "-", stdin=f"{secret}\n".encode()
    )
    from_nowhere = terminal.types("list", terminal.archive, "tags")

    assert (from_file.code, from_input.code, from_nowhere.code) == (0, 0, 3)


def test_a_reindex_finds_what_was_found_before(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)
    before = plain.does("search", "brother").rows[1:]

    plain.does("reindex")

    assert plain.does("search", "brother").rows[1:] == before


def test_history_tells_deeds_newest_first_and_what_was_taken_back(plain: Terminal, sources: Path) -> None:
    plain.does("import", sources)
    plain.does("tag", "add", "Arrest")
    plain.does("undo")

    names = [(row["name"], row["undone"]) for row in plain.does("history").rows]

    assert names == [("undo", False), ("add tag", True), ("import", False)]

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.model.errors import AlreadyThere, ArchivistError, Damaged, ExportStopped, StorageFull
from archivist.model.pack import Pack, Words
from archivist.model.text import sha256_of
from archivist.packs.docx import RunWorker
from archivist.packs.readback import quotes_in_docx
from archivist.packs.verify import verify_pack
from archivist.packs.writer import Report, write_pack
from tests.unit.packs.samples import (
    ATTACKS,
    HIDING,
    exhibits,
    hostile,
    original,
    run_worker,
    sample,
    told_again,
)

BOTH = ("html", "docx")


def write(
    pack: Pack, target: Path, formats: tuple[str, ...] = BOTH, worker: RunWorker = run_worker
) -> Report:
    return write_pack(pack, formats, exhibits(pack), target, worker)


def hostile_pack(*texts: str) -> Pack:
    pack = hostile(*texts)
    content = original(1)
    source = replace(pack.sources[0], sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    return replace(pack, sources=(source,))


def test_a_pack_is_a_folder_that_explains_and_proves_itself(tmp_path: Path) -> None:
    pack = sample()

    report = write(pack, tmp_path / "out" / "pack")

    files = {
        path.relative_to(report.folder).as_posix() for path in report.folder.rglob("*") if path.is_file()
    }
    assert files == {
        *("brief.html", "brief.docx", "manifest.json", "SHA256SUMS", "VERIFY.txt"),
        *("exhibits/EX-001.pdf", "exhibits/EX-002.docx", "exhibits/EX-003.html"),
        *("exhibits/EX-004.txt", "exhibits/EX-005.md", "exhibits/EX-006.pdf"),
    }
    assert {file.path for file in report.files} == files
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]
    assert list((tmp_path / "out").iterdir()) == [report.folder]


def test_originals_are_byte_for_byte_what_was_imported(tmp_path: Path) -> None:
    report = write(sample(), tmp_path / "pack")

    for number, name in enumerate(("EX-001.pdf", "EX-002.docx", "EX-003.html"), start=1):
        assert (report.folder / "exhibits" / name).read_bytes() == original(number)


def test_the_manifest_names_every_file_and_the_state(tmp_path: Path) -> None:
    pack = sample()

    report = write(pack, tmp_path / "pack")

    manifest = json.loads((report.folder / "manifest.json").read_bytes())
    assert manifest["pack"] == pack.id
    assert manifest["date"] == "2026-03-01"
    assert manifest["profile"] == "internal"
    assert manifest["state_hash"] == sha256_of(pack.to_json())
    assert manifest["archivist"] == pack.version
    assert "python-docx" in manifest["writers"]["docx"]
    assert "jinja2" in manifest["writers"]["html"]
    for entry in manifest["files"]:
        content = (report.folder / entry["path"]).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (entry["sha256"], entry["size"])
    assert {entry["role"] for entry in manifest["files"]} == {"brief", "original", "instructions"}
    assert report.seal == hashlib.sha256((report.folder / "SHA256SUMS").read_bytes()).hexdigest()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not on this machine")
def test_sha256sum_checks_a_pack(tmp_path: Path) -> None:
    report = write(sample(), tmp_path / "pack")
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]

    good = subprocess.run(check, cwd=report.folder, capture_output=True, text=True, check=False)
    (report.folder / "exhibits/EX-001.pdf").write_bytes(b"other")
    bad = subprocess.run(check, cwd=report.folder, capture_output=True, text=True, check=False)

    assert (good.returncode, good.stdout.count(": OK")) == (0, 10)
    assert bad.returncode == 1


def test_the_instructions_are_in_the_language_of_the_pack(tmp_path: Path) -> None:
    report = write(sample("fr"), tmp_path / "pack", ("html",))

    text = (report.folder / "VERIFY.txt").read_text("utf-8")
    assert text.startswith("Comment vérifier ce dossier\n")
    assert "sha256sum -c SHA256SUMS" in text
    assert "5. " in text


def test_hostile_text_comes_out_letter_by_letter_in_each_format(tmp_path: Path) -> None:
    report = write(hostile_pack(*ATTACKS, HIDING), tmp_path / "pack")

    assert all(finding.level == "ok" for finding in verify_pack(report.folder))
    assert quotes_in_docx((report.folder / "brief.docx").read_bytes())["Q0001"] == ATTACKS[0]


def test_a_quote_told_twice_is_proved_in_both_places(tmp_path: Path) -> None:
    def second_altered(name: str, header: dict[str, object], data: bytes) -> tuple[dict[str, object], bytes]:
        pack = Pack.from_json(str(header["pack"]))
        told = pack.cases[1].quotes[1]
        assert told.number == "Q0001"
        wrong = replace(told, words=replace(told.words, text="other words"))
        case = replace(pack.cases[1], quotes=(pack.cases[1].quotes[0], wrong, *pack.cases[1].quotes[2:]))
        pack = replace(pack, cases=(pack.cases[0], case, *pack.cases[2:]))
        return run_worker(name, {**header, "pack": pack.to_json()}, data)

    pack = told_again(sample())

    report = write(pack, tmp_path / "pack")

    assert all(finding.level == "ok" for finding in verify_pack(report.folder))
    with pytest.raises(ExportStopped, match="the words of Q0001 do not stand exactly in brief\\.docx"):
        write(pack, tmp_path / "other", worker=second_altered)


@pytest.mark.parametrize(("language", "told"), [("qq", 1), ("bo-CN", 1), ("zh-Hant", 0), ("AR", 0)])
def test_the_user_is_told_where_the_brief_speaks_english_instead(
    language: str, told: int, tmp_path: Path
) -> None:
    report = write(sample(language), tmp_path / "pack", ("html",))

    own = [warning for warning in report.warnings if "English" in warning]
    assert len(own) == told
    assert all(f"“{language}”" in warning for warning in own)


def test_the_user_is_told_what_what_is_shown_otherwise_and_what_to_mind(tmp_path: Path) -> None:
    report = write(hostile_pack("a\ue000b"), tmp_path / "pack")
    plain = write(sample(), tmp_path / "plain")

    assert "Q0001 words: the character U+E000 is shown as [U+E000]." in report.warnings
    assert plain.replacements == ()
    assert plain.warnings == (
        "EX-003 is a web page: opening it may contact other computers, so the brief names it without a link.",
    )


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("report.PDF", "exhibits/EX-001.pdf"),
        ("run.bat", "exhibits/EX-001.bin"),
        ("a.tar.gz", "exhibits/EX-001.bin"),
        ("no ending", "exhibits/EX-001.bin"),
        ("pdf", "exhibits/EX-001.bin"),
        ("../../x.pdf/../y", "exhibits/EX-001.bin"),
        ("报告.docx", "exhibits/EX-001.docx"),
    ],
)
def test_no_file_name_of_a_source_leads_out_of_the_folder_or_starts_a_program(name: str, path: str) -> None:
    assert replace(sample().sources[0], file_name=name).path == path


def _file(target: Path) -> None:
    target.write_text("mine")


def _folder(target: Path) -> None:
    target.mkdir()


def _link(target: Path) -> None:
    target.symlink_to("nowhere")


@pytest.mark.parametrize("make", [_file, _folder, _link])
def test_nothing_is_ever_written_over(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "pack")
    before = (tmp_path / "pack").lstat()

    with pytest.raises(AlreadyThere):
        write(sample(), tmp_path / "pack")

    assert [path.name for path in tmp_path.iterdir()] == ["pack"]
    assert (tmp_path / "pack").lstat().st_mtime_ns == before.st_mtime_ns


def test_what_appears_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    def worker(name: str, header: dict[str, object], data: bytes) -> tuple[dict[str, object], bytes]:
        (tmp_path / "pack").mkdir()
        return run_worker(name, header, data)

    with pytest.raises(AlreadyThere):
        write(sample(), tmp_path / "pack", worker=worker)

    assert [path.name for path in tmp_path.rglob("*")] == ["pack"]


def _changed() -> Iterator[bytes]:
    yield b"x" + original(1)[1:]


def _short() -> Iterator[bytes]:
    yield original(1)[:-1]


def _damaged() -> Iterator[bytes]:
    yield original(1)[:10]
    raise Damaged("damaged")


def _full() -> Iterator[bytes]:
    yield original(1)[:10]
    raise OSError(errno.ENOSPC, "No space left on device")


def _stopped() -> Iterator[bytes]:
    yield original(1)[:10]
    raise KeyboardInterrupt


def _broken() -> Iterator[bytes]:
    yield b""
    raise RuntimeError


@pytest.mark.parametrize(
    ("reading", "error", "words"),
    [
        (_changed, ExportStopped, "EX-003, “关于羁押情况的报告”, is not what was imported"),
        (_short, ExportStopped, "is not what was imported"),
        (_damaged, ExportStopped, "is not what was imported"),
        (_full, StorageFull, "disk is full"),
        (_stopped, KeyboardInterrupt, None),
        (_broken, RuntimeError, None),
    ],
)
def test_a_failure_in_the_middle_leaves_nothing(
    reading: Callable[[], Iterator[bytes]], error: type[BaseException], words: str | None, tmp_path: Path
) -> None:
    pack = sample()

    with pytest.raises(error, match=words):
        write_pack(
            pack, BOTH, {**exhibits(pack), "EX-003": reading}, tmp_path / "new" / "er" / "pack", run_worker
        )

    assert list(tmp_path.iterdir()) == []


def test_folders_that_were_there_stay_after_a_failure(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    pack = sample()

    with pytest.raises(ExportStopped):
        write_pack(pack, BOTH, {**exhibits(pack), "EX-001": _changed}, tmp_path / "mine" / "pack", run_worker)

    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_place_that_cannot_hold_a_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(ExportStopped, match="“file” cannot be written to"):
        write(sample(), tmp_path / "file" / "pack")


@pytest.mark.parametrize("formats", [("pdf",), ("html", "../x"), ()])
def test_a_format_that_is_none_stops_before_anything_is_written(
    formats: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(ExportStopped, match="choose from html, docx"):
        write(sample(), tmp_path / "pack", formats)

    assert list(tmp_path.iterdir()) == []


def test_a_format_named_twice_is_written_once(tmp_path: Path) -> None:
    report = write(sample(), tmp_path / "pack", ("html", "html"))

    assert [file.path for file in report.files if file.role == "brief"] == ["brief.html"]


def _one_letter_altered(name: str, header: dict[str, object], data: bytes) -> tuple[dict[str, object], bytes]:
    return run_worker(name, {**header, "pack": str(header["pack"]).replace("warrant", "warrent")}, data)


def _no_document(*_: object) -> tuple[dict[str, object], bytes]:
    return {}, b"no document"


def _refusing(*_: object) -> tuple[dict[str, object], bytes]:
    return {"refused": "anything"}, b""


@pytest.mark.parametrize(
    ("worker", "words"),
    [
        (_one_letter_altered, "the words of Q0001 do not stand exactly in brief.docx"),
        (_no_document, "cannot be read again"),
        (_refusing, "reference document"),
    ],
)
def test_a_document_that_does_not_say_the_exact_words_never_leaves(
    worker: RunWorker, words: str, tmp_path: Path
) -> None:
    with pytest.raises(ExportStopped, match=words):
        write(sample(), tmp_path / "pack", worker=worker)

    assert list(tmp_path.iterdir()) == []


def test_a_page_that_does_not_say_the_exact_words_never_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forged(*_: object) -> bytes:
        return b'<span data-words="Q0001">They took him</span>'

    monkeypatch.setattr("archivist.packs.html.render_html", forged)

    with pytest.raises(ExportStopped, match="the words of Q0001 do not stand exactly in brief"):
        write(sample(), tmp_path / "pack")

    assert list(tmp_path.iterdir()) == []


def _renumbered(pack: Pack, number: str) -> Pack:
    first, *rest = pack.cases[0].quotes
    case = replace(pack.cases[0], quotes=(replace(first, number=number), *rest))
    return replace(pack, cases=(case, *pack.cases[1:]))


def _without_a_source(pack: Pack) -> Pack:
    return replace(pack, sources=pack.sources[1:])


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (_renumbered(sample(), "Q0002"), "used twice"),
        (_renumbered(sample(), "EX-001"), "used twice"),
        (_renumbered(sample(), '"><x'), "not plain"),
        (_renumbered(sample(), ""), "not plain"),
        (_without_a_source(sample()), "exhibit that a quote needs is missing"),
    ],
)
def test_a_pack_that_contradicts_itself_is_not_written(broken: Pack, words: str, tmp_path: Path) -> None:
    with pytest.raises(ArchivistError, match=words):
        write_pack(broken, BOTH, exhibits(sample()), tmp_path / "pack", run_worker)


def test_a_reference_document_reaches_the_child(tmp_path: Path) -> None:
    seen = []

    def worker(name: str, header: dict[str, object], data: bytes) -> tuple[dict[str, object], bytes]:
        seen.append(data)
        return run_worker(name, header, b"")

    pack = sample()
    write_pack(pack, ("docx",), exhibits(pack), tmp_path / "pack", worker, reference=b"letterhead")

    assert seen == [b"letterhead"]


_WRITE = """
import sys
from pathlib import Path
from tests.unit.packs.samples import exhibits, hostile, run_worker, sample
from archivist.packs.writer import write_pack
pack = sample(sys.argv[2])
write_pack(pack, ("html", "docx"), exhibits(pack), Path(sys.argv[1]), run_worker)
"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_same_pack_gives_the_same_bytes_anywhere(language: str, tmp_path: Path) -> None:
    sums = []
    for number, surroundings in enumerate(
        (
            {"TZ": "UTC", "PYTHONHASHSEED": "1", "LANG": "C"},
            {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "77", "LANG": "C.UTF-8", "PYTHONUTF8": "0"},
        )
    ):
        target = tmp_path / f"place {number}" / "pack"
        environment = {
            "PATH": os.environ["PATH"],
            "USER": f"user{number}",
            "HOME": str(tmp_path),
            **surroundings,
        }
        environment["PYTHONPATH"] = str(Path(__file__).parents[3])
        subprocess.run([sys.executable, "-c", _WRITE, str(target), language], env=environment, check=True)
        sums.append((target / "SHA256SUMS").read_bytes())

    assert sums[0] == sums[1]


def test_another_state_gives_another_hash(tmp_path: Path) -> None:
    pack = sample()
    other = replace(pack, summary=(Words("Other words."),))

    first, second = write(pack, tmp_path / "a", ("html",)), write(other, tmp_path / "b", ("html",))

    assert first.seal != second.seal

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archivist.packs.verify import verify_pack
from archivist.packs.writer import write_pack
from tests.unit.packs.samples import exhibits, run_worker, sample


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    made = sample(cases=1)
    return write_pack(made, ("html",), exhibits(made), tmp_path / "pack", run_worker).folder


def bad(folder: Path) -> list[tuple[str, str, str]]:
    return [(one.level, one.id, one.message) for one in verify_pack(folder) if one.level != "ok"]


def test_an_untouched_pack_is_well(pack: Path) -> None:
    findings = verify_pack(pack)

    assert {finding.level for finding in findings} == {"ok"}
    assert {finding.id for finding in findings} >= {"brief.html", "manifest.json", "exhibits/EX-001.pdf"}


@pytest.mark.parametrize("name", ["brief.html", "exhibits/EX-002.docx", "VERIFY.txt"])
def test_one_changed_byte_is_named(pack: Path, name: str) -> None:
    content = bytearray((pack / name).read_bytes())
    content[len(content) // 2] ^= 1
    (pack / name).write_bytes(content)

    assert bad(pack) == [("error", name, f"“{name}” was changed after the pack was made.")]


def test_a_longer_file_is_named(pack: Path) -> None:
    with (pack / "brief.html").open("ab") as file:
        file.write(b" ")

    assert [one[1] for one in bad(pack)] == ["brief.html"]


def test_a_missing_file_is_named(pack: Path) -> None:
    (pack / "exhibits/EX-001.pdf").unlink()

    assert bad(pack) == [("error", "exhibits/EX-001.pdf", "“exhibits/EX-001.pdf” is missing.")]


def test_an_extra_file_is_named(pack: Path) -> None:
    (pack / "exhibits/EX-007.pdf").write_bytes(b"planted")
    (pack / "exhibits/folder").symlink_to("/")

    assert bad(pack) == [
        ("warning", "exhibits/EX-007.pdf", "“exhibits/EX-007.pdf” does not belong to the pack."),
        ("warning", "exhibits/folder", "“exhibits/folder” does not belong to the pack."),
    ]


def test_a_link_in_place_of_a_file_is_not_followed(pack: Path) -> None:
    (pack / "brief.html").rename(pack.parent / "elsewhere")
    (pack / "brief.html").symlink_to(pack.parent / "elsewhere")

    assert bad(pack) == [("error", "brief.html", "“brief.html” is not a file but a link or something else.")]


def test_a_linked_folder_is_not_followed(pack: Path) -> None:
    (pack / "exhibits").rename(pack.parent / "elsewhere")
    (pack / "exhibits").symlink_to(pack.parent / "elsewhere")

    assert {one[2].partition("” ")[2] for one in bad(pack)} >= {"is not a file but a link or something else."}
    assert len([one for one in bad(pack) if one[0] == "error"]) == 6


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_file_does_not_hang(pack: Path) -> None:
    (pack / "brief.html").unlink()
    os.mkfifo(pack / "brief.html")

    assert [one[:2] for one in bad(pack)] == [("error", "brief.html")]


def test_a_pack_that_is_reached_by_a_link_is_well(pack: Path) -> None:
    link = pack.parent / "link"
    link.symlink_to(pack)

    assert bad(link) == []


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS"])
def test_a_folder_without_its_lists_is_no_whole_pack(pack: Path, name: str) -> None:
    (pack / name).unlink()

    assert bad(pack) == [("error", name, f"“{name}” is missing: this folder is no whole pack.")]


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"[" * 100_000, b"{}", b"[1]", b'{"format": 1}', b"x\n"]
)
def test_damaged_lists_are_explained(pack: Path, name: str, content: bytes) -> None:
    (pack / name).write_bytes(content)

    levels = {one[0] for one in bad(pack)}

    assert levels == {"error"}
    assert any(name in one[2] for one in bad(pack))


def _altered(pack: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads((pack / "manifest.json").read_bytes())
    change(content)
    (pack / "manifest.json").write_text(json.dumps(content))


@pytest.mark.parametrize(
    "path", ["../outside", "/etc/passwd", "exhibits/../../outside", "", "a\\b", "nul\0", 7, None]
)
def test_a_list_that_points_outside_is_damaged(pack: Path, path: object) -> None:
    def change(content: dict[str, Any]) -> None:
        content["files"][0]["path"] = path

    _altered(pack, change)

    assert [one[2] for one in bad(pack)] == [
        "“manifest.json” is damaged, so the files cannot be checked; ask for the pack again."
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("archivist-pack/2", "made by a newer version of Archivist"),
        ("something", "is damaged"),
    ],
)
def test_another_form_of_list_is_explained(pack: Path, name: str, message: str) -> None:
    _altered(pack, lambda content: content.update(format=name))

    assert message in bad(pack)[0][2]


def test_lists_that_disagree_are_named(pack: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["files"][0]["sha256"] = "0" * 64

    _altered(pack, change)

    found = bad(pack)
    assert ("error", "VERIFY.txt", "“manifest.json” and “SHA256SUMS” disagree about “VERIFY.txt”.") in found
    assert ("error", "manifest.json", "“manifest.json” was changed after the pack was made.") in found


def test_a_list_of_endless_size_is_not_read(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivist.packs.verify.LARGEST_LIST", 10)

    assert "is damaged" in bad(pack)[0][2]

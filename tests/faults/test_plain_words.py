"""Nothing of an encrypted archive stands in plain anywhere on the disk: in it, beside it, or in a home."""

import os
import signal
import subprocess
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.checking import files_of
from tests.journeys.terminal import PASSPHRASE, Terminal

pytestmark = pytest.mark.faults

TITLE = "Zwölfender bulletin"
WORDS = "The quokka marched past the lighthouse"
ARABIC = "سمعنا صوت السلحفاة"
SECRETS = {
    "words of a document": "quokka",
    "words of a quote": WORDS,
    "words in another script": ARABIC,
    "words of a page": "narwhal",
    "a title": TITLE,
    "a file name": "ocelot-statement",
    "a folder": "pangolin-dossier",
    "a tag": "axolotl",
    "its definition": "wombatry",
    "a case": "Capybara family",
    "an alias": "Okapi",
    "a note": "kakapo whispers",
    "a source": "Informant Tamarin",
    "what was searched": "lighthou",
    "words of an import that was killed": "thylacine",
    "the passphrase": PASSPHRASE,
}


def needles(word: str) -> Iterator[bytes]:
    """The word as it may stand in a file; folded too, as an index would have it."""
    for form in {word, word.lower(), word.upper(), word.replace(" ", "-").lower()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
            yield form.encode(encoding)
    yield repr(word.encode("unicode_escape").decode()).strip("'").encode()  # as in ASCII-escaped JSON


def contents(path: Path) -> Iterator[bytes]:
    """What is in the file, and in every zlib stream that starts in it."""
    raw = path.read_bytes()
    yield raw
    for start in (at for at in range(len(raw) - 1) if raw[at] == 0x78 and raw[at + 1] in b"\x01\x5e\x9c\xda"):
        try:
            yield zlib.decompressobj().decompress(raw[start:], 1 << 20)
        except zlib.error:
            continue


def told(folders: list[Path]) -> dict[str, str]:
    """Which secrets are found, and where; names of files and folders count too."""
    found: dict[str, str] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            plain = [os.fsencode(path.relative_to(folder)), *(contents(path) if path.is_file() else ())]
            for what, word in SECRETS.items():
                if any(needle in content for content in plain for needle in needles(word)):
                    found.setdefault(what, str(path))
    return found


def journey(terminal: Terminal, folder: Path) -> list[Path]:
    """The whole job, with a kill in the middle of an import. Answers the folders to be looked at."""
    dossier = folder / "pangolin-dossier"
    dossier.mkdir(parents=True)
    (dossier / "ocelot-statement.txt").write_text(f"{WORDS}.\n{ARABIC}\n" * 3, "utf-8")
    page = f"<html><head><title>{TITLE}</title></head><body><p>A narwhal was seen.</p></body></html>"
    (dossier / "page.html").write_text(page, "utf-8")
    terminal.does("import", dossier, "--received-from", "Informant Tamarin")
    terminal.does("tag", "add", "axolotl", "--definition", "wombatry")
    terminal.does("case", "add", "Capybara family", "--alias", "Okapi")
    terminal.does(
        *("quote", "ocelot-statement", "--text", WORDS, "--occurrence", "1"),
        *("--tag", "axolotl", "--case", "Okapi", "--note", "kakapo whispers"),
    )
    terminal.does("search", "lighthou*")
    terminal.does("export", "--out", folder / "packs", "--format", "html,docx")
    terminal.does("backup", folder / "backup")
    terminal.does("undo")
    terminal.does("redo")
    killed_import(terminal, folder / "more")
    places = [terminal.archive_folder, terminal.home, terminal.temporary, folder / "backup"]
    before_opening = told(places)
    terminal.does("list", "documents")
    assert set(told(places)) == set(before_opening)
    return places


def killed_import(terminal: Terminal, folder: Path) -> None:
    """Kill an import, with all that it started, once a document of it is kept."""
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Number {number}: a thylacine. " * 5000, "utf-8")
    process = subprocess.Popen(
        terminal.command("import", terminal.archive, folder, "--json"),
        cwd=terminal.folder,
        env=terminal.environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert process.stdout.readline(), "the import was over before it was killed"
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    assert (terminal.archive_folder / "archive.db-wal").exists(), "the kill came too late to leave anything"


def test_after_a_whole_journey_no_plain_word_is_on_the_disk(terminal: Terminal, tmp_path: Path) -> None:
    terminal.environment |= {
        f"XDG_{name}_HOME": str(terminal.home / name.lower()) for name in ("STATE", "CONFIG", "DATA", "CACHE")
    }
    terminal.makes_archive("--recovery-file", "code")
    places = journey(terminal, tmp_path / "outside")

    assert told(places) == {}
    code = (terminal.folder / "code").read_text("ascii").strip()
    for path in (path for place in places for path in files_of(place)):
        assert not any(form.encode() in path.read_bytes() for form in (code, code.replace("-", ""))), path


def test_what_is_written_of_an_encrypted_archive_is_private(terminal: Terminal, tmp_path: Path) -> None:
    terminal.makes_archive()
    (tmp_path / "words.txt").write_text(WORDS, "utf-8")
    terminal.does("import", tmp_path / "words.txt")
    terminal.does("backup", tmp_path / "backup")

    for folder in (terminal.archive_folder, tmp_path / "backup"):
        assert folder.stat().st_mode & 0o077 == 0


def test_the_same_look_finds_everything_in_an_archive_without_encryption(
    plain: Terminal, tmp_path: Path
) -> None:
    """The control; only a passphrase there is none."""
    places = journey(plain, tmp_path / "outside")

    assert set(told(places)) == SECRETS.keys() - {"the passphrase"}


def test_the_look_sees_compressed_and_wide_words(tmp_path: Path) -> None:
    (tmp_path / "deflated").write_bytes(b"\0\0" + zlib.compress(f"a {TITLE}".encode()) + b"\0")
    (tmp_path / "wide").write_bytes(ARABIC.encode("utf-16-be"))
    (tmp_path / "ocelot-statement.tmp").touch()

    assert set(told([tmp_path])) == {"a title", "words in another script", "a file name"}

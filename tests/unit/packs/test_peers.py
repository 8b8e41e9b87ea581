"""What the programs of recipients make of a pack: LibreOffice, Chromium, poppler."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from archivist.model.writing import flowing
from archivist.packs.writer import write_pack
from tests.unit.packs.samples import ATTACKS, WORDS, exhibits, run_worker, sample
from tests.unit.packs.test_writer import hostile_pack

pytestmark = pytest.mark.peers

SILENT = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
    " --no-first-run --disable-sync --virtual-time-budget=4000"
)


def _needs(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not on this machine")


def _pdf_text(document: Path, folder: Path) -> str:
    _run("soffice", f"-env:UserInstallation=file://{folder}/office", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), str(document))  # fmt: skip
    return _run("pdftotext", "-layout", str(folder / "brief.pdf"), "-")


def _run(program: str, *arguments: str) -> str:
    command = [shutil.which(program) or program, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=180).stdout


def _browse(page: str, folder: Path) -> tuple[str, list[str]]:
    """What the browser shows of a page, and every address that it asked for."""
    log = folder / "net.json"
    profile = f"--user-data-dir={folder}/profile"
    shown = _run("chromium", *SILENT.split(), profile, f"--log-net-log={log}", "--dump-dom", page)
    return shown, re.findall(r'"url":"(?!file:|data:|chrome)([^"]+)"', log.read_text("utf-8"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_libreoffice_shows_quotes_and_footnotes(language: str, tmp_path: Path) -> None:
    _needs("soffice", "pdftotext")
    pack = sample(language)
    report = write_pack(pack, ("docx",), exhibits(pack), tmp_path / "pack", run_worker)

    text = " ".join(_pdf_text(report.folder / "brief.docx", tmp_path).split())

    bare = re.sub("[ \u200e\u200f\u202a-\u202c]", "", text)
    for tongue in ("en", "fr", "zh"):
        assert flowing(WORDS[tongue]).replace(" ", "") in bare
    for quote in (quote for case in pack.cases for quote in case.quotes):
        source = next(one for one in pack.sources if one.exhibit == quote.citation.exhibit)
        assert source.sha256 in bare
        assert source.date in bare
    assert bare.count("A.Sample") == 12 + 4  # in notes and among the sources


def test_libreoffice_sets_a_citation_from_the_left_whatever_its_author(tmp_path: Path) -> None:
    _needs("soffice", "pdftotext")
    pack = sample()
    report = write_pack(pack, ("docx",), exhibits(pack), tmp_path / "pack", run_worker)

    bare = re.sub("[\\s\u200e\u200f\u202a-\u202c]", "", _pdf_text(report.folder / "brief.docx", tmp_path))

    for source in pack.sources:
        assert f",{source.date})" in bare
        assert f"Exhibit{source.exhibit},SHA-" in bare
        assert f"{source.sha256}." in bare


def test_libreoffice_shows_hostile_text(tmp_path: Path) -> None:
    _needs("soffice", "pdftotext")
    pack = hostile_pack(*ATTACKS)
    report = write_pack(pack, ("docx",), exhibits(pack), tmp_path / "pack", run_worker)

    text = _pdf_text(report.folder / "brief.docx", tmp_path).replace(" ", "").replace("\n", "")

    assert ATTACKS[0].replace(" ", "") in text
    assert "{{7*7}}" in text


def test_chromium_shows_the_page_without_a_request(tmp_path: Path) -> None:
    _needs("chromium")
    pack = hostile_pack(*ATTACKS)
    report = write_pack(pack, ("html",), exhibits(pack), tmp_path / "pack", run_worker)

    shown, asked = _browse(f"file://{report.folder}/brief.html", tmp_path)

    assert [address for address in asked if "127.0.0.1" in address] == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert re.search(r'<div [^>]*id="search">', shown), "the search bar is hidden until the script runs"


def test_a_page_that_asks_is_noticed(tmp_path: Path) -> None:
    _needs("chromium")
    (tmp_path / "page.html").write_text("<img src=http://127.0.0.1:9/seen>")

    _, asked = _browse(f"file://{tmp_path}/page.html", tmp_path)

    assert "http://127.0.0.1:9/seen" in asked


def test_the_policy_stops_what_would_slip_through(tmp_path: Path) -> None:
    _needs("chromium")
    pack = sample()
    report = write_pack(pack, ("html",), exhibits(pack), tmp_path / "pack", run_worker)
    page = (report.folder / "brief.html").read_text("utf-8")
    planted = (
        "<img src=http://127.0.0.1:9/seen><script>document.title='ran'</script>"
        "<p style='background:url(http://127.0.0.1:9/seen)' onclick=x>p</p></main>"
    )
    (tmp_path / "page.html").write_text(page.replace("</main>", planted), "utf-8")

    shown, asked = _browse(f"file://{tmp_path}/page.html", tmp_path)

    assert [address for address in asked if "127.0.0.1" in address] == []
    assert "<title>ran</title>" not in shown


@pytest.mark.parametrize(
    ("query", "quotes"),
    [
        ("WARRANT", 3),
        ("three times and was", 3),
        ("econduit", 3),
        ("询问，均未", 3),
        ("اخذوه من", 3),
        ("ཡིག་ཆ", 3),
        ("ھۆججەت", 3),
        ("no such words", 0),
    ],
)
def test_the_search_finds_words_in_every_script(query: str, quotes: int, tmp_path: Path) -> None:
    _needs("chromium")
    pack = sample()
    report = write_pack(pack, ("html",), exhibits(pack), tmp_path / "pack", run_worker)

    shown, _ = _browse(f"file://{report.folder}/brief.html#q={query}", tmp_path)

    found = re.findall(r"<blockquote[^>]*>.*?</blockquote>", shown, re.DOTALL)
    assert len([block for block in found if "<mark" in block]) == quotes

"""The eight country reports of the corpus: a sentence of each, for two cases, in both formats."""

import hashlib
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal

SENTENCE = re.compile(r"(?:The|There|On|In|Authorities|Police|According)\b[^.\n“”\"]{60,220}\.(?=\s)")
CASES = ("Arbitrary detention", "Freedom of expression")


@pytest.mark.corpus
@pytest.mark.peers
def test_a_sentence_of_each_report_stands_in_the_pack_with_its_source(
    terminal: Terminal, corpus: Path, tmp_path: Path
) -> None:
    terminal.makes_archive()
    reports = terminal.does("import", corpus / "state-dept-html").rows[:-1]
    for case in CASES:
        terminal.does("case", "add", case)
    sentences = {row["path"]: _quoted(terminal, row["document_id"]) for row in reports}
    assert len(set(sentences.values())) == len(reports) == 8

    pack = terminal.does(
        "export", "--out", tmp_path, "--format", "html,docx", "--title", "Four countries"
    ).row

    folder = Path(pack["folder"])
    page = _words_of_page((folder / "brief.html").read_text("utf-8"))
    document = _words_of_docx(folder / "brief.docx", tmp_path)
    for path, sentence in sentences.items():
        digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
        assert page.count(sentence) == len(CASES)
        assert digest in page
        assert document.count(_bare(sentence)) == len(CASES)
        assert _bare(digest) in document
    assert terminal.types("verify", folder, "--json").code == 0


def _quoted(terminal: Terminal, document: str) -> str:
    """A sentence from the middle of the report, marked, tagged and linked to both cases."""
    text = terminal.types("show", terminal.archive, document, "--text").out.decode()
    found = SENTENCE.search(text, len(text) // 2)
    assert found
    links = [word for case in CASES for word in ("--case", case)]
    terminal.does("quote", document, "--text", found.group(), "--tag", "country report", *links)
    return found.group()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _words_of_page(page: str) -> str:
    parser = _Words()
    parser.feed(page)
    return "".join(parser.words)


def _words_of_docx(path: Path, folder: Path) -> str:
    """What another program shows of the document: LibreOffice's PDF, read by poppler."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("LibreOffice (soffice) or poppler (pdftotext) is not on this machine")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    shown = subprocess.run(
        [reader, "-layout", str(folder / "brief.pdf"), "-"], check=True, capture_output=True, timeout=60
    )
    return _bare(shown.stdout.decode())


def _bare(words: str) -> str:
    """Line ends of a page are not the document's: compare without white space."""
    return "".join(words.split())

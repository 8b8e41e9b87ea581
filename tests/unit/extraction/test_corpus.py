"""Real documents from elsewhere: none crashes the reader, and known words are found."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from archivist.extraction.reasons import REASONS, WorkNotDone
from archivist.extraction.sandbox import Sandbox
from archivist.model.document import Extraction, Unread
from archivist.model.sandbox import Failure
from archivist.model.text import SectionKind

pytestmark = pytest.mark.corpus

READ = {".txt", ".md", ".html", ".pdf", ".docx"}
BROKEN = {
    REASONS[failure] for failure in (Failure.CRASHED, Failure.TIMEOUT, Failure.MALFORMED, Failure.MEMORY)
}
UNREAD = {
    "005-libreoffice-writer-password__libreoffice-writer-password.pdf": "needs a password",
    "testPDF_no_extract_no_accessibility_owner_user.pdf": "needs a password",
    "testWORD_protected_passtika.docx": "needs a password",
    "testWORD_truncated.docx": "is damaged",
    "bombp.docx": "unpacks to far more",
    "entity.docx": "entities of its own",
    "xxe.docx": "entities of its own",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(allow_unsafe=True) as sandbox:
        yield sandbox


def test_every_document_is_read_or_says_why_not(sandbox: Sandbox, corpus: Path) -> None:
    files = [path for path in sorted(corpus.rglob("*")) if path.suffix in READ]
    unread = {}
    for path in files:
        found = sandbox.extract(path.read_bytes(), path.name)
        if isinstance(found, Unread):
            unread[path.name] = found.reason

    assert len(files) > 100
    assert {name: UNREAD.get(name, "?") in reason for name, reason in unread.items()} == dict.fromkeys(
        UNREAD, True
    )


def test_no_other_file_breaks_the_reader(sandbox: Sandbox, corpus: Path) -> None:
    for path in sorted(path for path in corpus.rglob("*") if path.is_file() and path.suffix not in READ):
        found = sandbox.extract(path.read_bytes(), path.name)

        assert not (isinstance(found, Unread) and found.reason in BROKEN), path.name


def test_each_page_is_shown_and_says_what_import_read(sandbox: Sandbox, corpus: Path) -> None:
    reader = sandbox.page_reader()
    shown = 0
    for path in sorted(corpus.rglob("*.pdf")):
        document = path.read_bytes()
        found = sandbox.extract(document, path.name)
        if isinstance(found, Unread):
            with pytest.raises(WorkNotDone):
                reader.open(document)
            continue
        pages = [section for section in found.sections if section.kind is SectionKind.PAGE]
        assert reader.open(document).labels == tuple(page.label for page in pages), path.name
        for index, page in enumerate(pages):
            assert reader.layer(index).text == found.text[page.start : page.end], path.name
            assert reader.picture(index, 0.5).width > 0
            shown += 1
    reader.close()

    assert shown > 50


KNOWN = {
    "state-dept-html/2024-china.html": (
        "en",
        "Evidence of Acts that May Constitute Genocide",
        "title",
        "China",
    ),
    "udhr-html/bod.html": ("bo", "འགྲོ་བ་མིའི་རིགས་རྒྱུད་ཡོངས", "language", "bo"),
    "udhr-html/uig_arab.html": ("ug", "ھەممە ئادەم زانىدىنلا ئەركىن", "language", "ug-Arab"),
    "udhr-html/cmn_hans.html": ("zh-Hans", "人人生而自由", "title", "世界人权宣言"),
    "udhr-html/cmn_hant.html": ("zh-Hant", "人人生而自由", "title", "世界人權宣言"),
    "encodings/udhr-arb.windows-1256.txt": ("ar", "الإعلان العالمي لحقوق الإنسان", "", ""),
    "encodings/udhr-cmn_hant.big5.txt": ("zh-Hant", "世界人權宣言", "", ""),
    "encodings/udhr-kor.euc-kr.txt": ("ko", "모든 사람은", "", ""),
    "encodings/udhr-rus.koi8-r.txt": ("ru", "Всеобщая декларация прав человека", "", ""),
    "encodings/udhr-tha.tis-620.txt": ("th", "สิทธิ", "", ""),
    "made/print-eng.pdf": ("en", "recognition of the inherent dignity", "producer", "Qt"),
    "made/print-cmn_hans.pdf": ("zh-Hans", "任何", "producer", "Qt"),
    "tika/testPDF.pdf": ("en", "Apache Tika", "author", "Bertrand Delacrétaz"),
    "py-pdf/012-libreoffice-form__libreoffice-form.pdf": (
        "en",
        "First Name: Alice",
        "producer",
        "LibreOffice",
    ),
    "tika/testWORD_2006ml.docx": ("en", "And this is the footnote", "title", "My Document Title"),
    "tika/testComment.docx": ("en", "Here is a comment", "author", "Michael McCandless"),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_words_are_found(sandbox: Sandbox, corpus: Path, name: str) -> None:
    language, words, field, value = KNOWN[name]

    found = sandbox.extract((corpus / name).read_bytes(), Path(name).name)

    assert isinstance(found, Extraction)
    assert found.language == language
    assert words in found.text
    assert not field or value in {told.field: told.value for told in found.metadata}[field]


@pytest.mark.parametrize("language", ["eng", "cmn_hans", "heb"])
def test_a_printed_text_comes_back(sandbox: Sandbox, corpus: Path, language: str) -> None:
    true = (corpus / "made" / f"print-{language}.txt").read_text("utf-8")

    found = sandbox.extract((corpus / "made" / f"print-{language}.pdf").read_bytes(), "print.pdf")

    assert isinstance(found, Extraction)
    # PDFs print 行 as the radical ⾏, and NFC keeps them apart; the skeleton of a quote does not.
    told = "".join(unicodedata.normalize("NFKC", found.text).replace("\u00ad", "").split())
    meant = "".join(unicodedata.normalize("NFKC", true).split())
    pairs = {one + other for one, other in pairwise(meant)}
    assert len(told) == pytest.approx(len(meant), rel=0.02)
    assert len(pairs & {one + other for one, other in pairwise(told)}) > 0.9 * len(pairs)


@pytest.mark.parametrize("name", ["print-arb.pdf", "print-bod.pdf"])
def test_defective_text_layers_are_told(sandbox: Sandbox, corpus: Path, name: str) -> None:
    found = sandbox.extract((corpus / "made" / name).read_bytes(), name)

    assert isinstance(found, Extraction)
    assert any("text layer is defective" in warning for warning in found.warnings)

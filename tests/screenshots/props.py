"""What the pictures show: the sample archive, a folder of mixed files, and archives opened before."""

from dataclasses import replace
from pathlib import Path

from archivist.archive.opening import create_archive, open_archive
from archivist.services.demo import fill, sample_documents
from archivist.services.organising import save_tag
from archivist.services.searching import update_index
from archivist.ui.settings import Settings
from tests.unit.workers.locked import locked
from tests.unit.workers.samples import docx, paragraph, pdf

PASSPHRASE = "kestrel over the harbour wall 1907"
NAME = "Kestrel Point.archivist"


def make_archive(folder: Path) -> Path:
    """The invented documents with their quotes, tags and cases, encrypted; two tags stand under another."""
    made = folder / NAME
    create_archive(made, PASSPHRASE)
    with open_archive(made, PASSPHRASE) as archive:
        fill(archive, on_result=lambda _: None)
        tags = {tag.name: tag for tag in archive.tags.all()}
        for name in ("denial of records", "family notification"):
            save_tag(archive, replace(tags[name], parent_id=tags["enforced disappearance"].id))
        update_index(archive)
    return made


def make_deliveries(folder: Path) -> Path:
    """Files as they come: good ones, two alike, one locked, one cut off, one without words."""
    box = folder / "disclosure-2024-03"
    for inner in ("letters", "annexes", "court"):
        (box / inner).mkdir(parents=True)
    for at, source in enumerate(sorted(sample_documents().iterdir())):
        (box / ("letters", "annexes", "court")[at % 3] / source.name).write_bytes(source.read_bytes())
    order = pdf("Order 117", "Second page")
    files = {
        "court/order 117.pdf": order[: len(order) // 2],
        "court/custody log February.pdf": locked(pdf("The custody log."), "1907"),
        "court/hearing of 19 April.pdf": pdf(*[f"Transcript, page {page}" for page in range(1, 65)]),
        "annexes/scan of the register.pdf": pdf(""),
        "annexes/annex-4 medical log.docx": docx(paragraph("Medical log.") * 40),
        "annexes/photograph.raw": bytes(range(256)) * 64,
        "letters/2024-03-04 request for copies.txt": b"We asked for copies on 4 March.\n" * 40,
        "letters/2024-03-04 request for copies (copy).txt": b"We asked for copies on 4 March.\n" * 40,
        "letters/\u0628\u064a\u0627\u0646 \u0627\u0644\u0648\u0632\u0627\u0631\u0629.txt": (
            "\u0628\u064a\u0627\u0646.\n" * 9
        ).encode(),
        "letters/\u5173\u4e8e\u767b\u8bb0.txt": "\u8bf4\u660e\u3002\n".encode() * 9,
    }
    for name, content in files.items():
        (box / name).write_bytes(content)
    for number in range(1, 25):
        words = f"Entry {number} of the visitors' book.\n" * 400
        (box / "annexes" / f"visitors' book, sheet {number:02}.txt").write_text(words, "utf-8")
    return box


def remember_archives(folder: Path, archive: Path) -> None:
    """What the welcome page lists: encrypted ones, one without a passphrase, one that is not there."""
    settings = Settings()
    for name, secret in (("Press Law 2023", None), ("Orvenia appeal", PASSPHRASE)):
        made = folder / f"{name}.archivist"
        if not made.exists():
            create_archive(made, secret)
        settings.remember(made)
    settings.remember(folder / "stick" / "Field notes Saltmere.archivist")
    settings.remember(archive)
    settings.sync()

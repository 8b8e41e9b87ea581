"""A small archive that holds some of everything, made once and copied for each thing done to it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from archivist.archive.archive import Archive
from archivist.archive.opening import create_archive, open_archive
from archivist.model.quote import Role
from archivist.services.annotating import Mark, find_words, quote_passage
from archivist.services.importing import import_files
from archivist.services.incoming import IncomingFile
from archivist.services.organising import add_case
from archivist.services.searching import update_index
from archivist.storage.installation import Installation
from archivist.storage.keys import LOWEST_COST, change_passphrase
from tests.journeys.terminal import Terminal

WORDS = "They took my brother to the harbour prison."
TESTIMONY = (
    f"Interview of 3 May 2024.\n\nThe officers came at night. They gave no name and no reason.\n{WORDS}\n"
)
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Night arrests</title></head>'
    "<body><h1>Arrests</h1><p>The lawyer was arrested on Thursday evening at the pier.</p></body></html>"
)
PIER = "arrested on Thursday evening"


def sources(folder: Path) -> list[Path]:
    """Two short documents, and a long one whose original has more than one chunk."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "testimony.txt": TESTIMONY,
        "page.html": PAGE,
        "register.txt": "\n".join(f"Entry {number}: a name in the register." for number in range(9000)),
    }
    for name, content in contents.items():
        (folder / name).write_text(content, "utf-8")
    return [folder / name for name in contents]


def fill(archive: Archive, files: list[Path]) -> None:
    """Import, mark, tag, link, index."""
    import_files(archive, map(IncomingFile, files), on_result=lambda _result: None)
    case = add_case(archive, "The brother of M.", aliases=["K."], summary="Taken on 3 May 2024.")
    for words in (WORDS, PIER):
        (document,) = (one for one in archive.documents.all() if words in _text(archive, one.text_id))
        span = find_words(archive, document, words)[0]
        quote_passage(
            archive, document, span, Mark(("arrest",), ((case.id, Role.SUPPORTS),), "Check the date.")
        )
    update_index(archive)


def _text(archive: Archive, text_id: object) -> str:
    text = next((archive.texts.get(one) for one in [text_id] if one), None)  # type: ignore[arg-type]
    return text.content if text else ""


@dataclass(frozen=True, slots=True)
class Master:
    """The archive that is never touched, and the home whose installation made it."""

    terminal: Terminal

    def copy(self, folder: Path) -> Terminal:
        """The same archive in the same home, elsewhere on the disk."""
        shutil.copytree(self.terminal.folder, folder, symlinks=True)
        return Terminal(folder, archive=self.terminal.archive, passphrase=self.terminal.passphrase)


def make_master(folder: Path, secret: str | None) -> Master:
    """Cheap to open: what is tried here has nothing to do with the cost of guessing a passphrase."""
    terminal = Terminal(folder, passphrase=secret)
    installation = Installation.at(terminal.home / ".local" / "state" / "archivist")
    made = create_archive(terminal.archive_folder, secret)
    if secret is not None:
        change_passphrase(made.bundle.folder, made.bundle.archive_id, secret, secret, cost=LOWEST_COST)
    with open_archive(terminal.archive_folder, secret, installation) as archive:
        fill(archive, sources(folder / "sources"))
    return Master(terminal)

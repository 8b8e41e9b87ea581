"""A process that works in an archive until it is killed, and notes what it was told is safe.

`python -m tests.faults.driver ARCHIVE LOG FILES SEED [early]`. It opens the archive once and
does random deeds through the services. With `early` it is the negative control: it
acknowledges a quote before the commit, and then waits to be killed.
"""

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from archivist.archive.archive import Archive
from archivist.archive.index_process import IndexerFailed
from archivist.archive.opening import open_archive
from archivist.model.anchor import Span
from archivist.model.document import Document
from archivist.model.errors import NothingToUndo
from archivist.model.history import Deed
from archivist.model.ids import CaseId, QuoteId
from archivist.model.quote import Role
from archivist.model.text import sha256_of
from archivist.services.annotating import Mark, quote_passage, tag_named
from archivist.services.importing import Imported, ImportResult, import_files
from archivist.services.incoming import IncomingFile
from archivist.services.organising import add_case
from archivist.services.searching import search, update_index
from archivist.services.undoing import redo, undo
from tests.faults.acknowledgements import Log, chance_of

WORDS = [
    *("the", "officers", "took", "my", "brother", "from", "our", "house", "قتلوا", "أخي", "في", "الميناء"),
    *("བོད་ཀྱི་སྐད་", "警察在夜里来了", "le", "juge", "n'a", "pas", "répondu", "😀", "𠀀𠀁"),
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Driver:
    """Does deeds and notes them; chance decides which."""

    archive: Archive
    log: Log
    files: Path
    chance: Random
    documents: list[Document] = field(init=False)
    quotes: list[QuoteId] = field(init=False)
    cases: list[CaseId] = field(init=False)

    def __post_init__(self) -> None:
        self.look_around()

    def look_around(self) -> None:
        """What lives: quotes of documents that were taken back are gone with them."""
        self.documents = self.archive.documents.all()
        self.quotes = [quote.id for quote in self.archive.quotes.all()]
        self.cases = [case.id for case in self.archive.cases.all()]

    def run(self) -> None:
        deeds = {
            self.import_some: 4,
            self.quote: 8,
            self.tag: 3,
            self.add_case: 1,
            self.undo: 3,
            self.redo: 2,
            self.index: 1,
        }
        while True:
            (deed,) = self.chance.choices(list(deeds), list(deeds.values()))
            deed()

    def import_some(self) -> None:
        found = [IncomingFile(self.file()) for _ in range(self.chance.randint(1, 5))]
        import_files(self.archive, found, on_result=self.imported)

    def imported(self, result: ImportResult) -> None:
        assert isinstance(result, Imported), result
        document = result.document
        text = result.file.path.read_text("utf-8")
        kept = text.removeprefix("<p>").removesuffix("</p>").strip()
        self.documents.append(document)
        self.log.say(
            kept="document",
            id=document.id,
            sha256=document.sha256,
            words=result.file.path.stem,
            text=sha256_of(kept) if result.file.path.suffix == ".txt" else None,
            deed=self.newest().id,
        )

    def quote(self) -> None:
        if not self.documents:
            return
        document = self.chance.choice(self.documents)
        start = self.chance.randrange(max(1, document.characters - 80))
        span = Span(start, min(document.characters, start + self.chance.randint(1, 80)))
        tags = tuple(
            self.chance.sample(["torture", "disparition", "تعذيب", "trial"], self.chance.randint(0, 2))
        )
        cases = tuple((case, Role.SUPPORTS) for case in self.cases[-1:])
        quote = quote_passage(self.archive, document, span, Mark(tags, cases, self.word()))
        self.quotes.append(quote.id)
        text = self.archive.texts.get(quote.anchor.text_id)
        assert text is not None
        self.log.say(
            kept="quote",
            id=quote.id,
            words=text.content[span.start : span.end],
            note=quote.note,
            tags=list(tags),
            cases=[case for case, _ in cases],
            deed=self.newest().id,
        )

    def tag(self) -> None:
        if not self.quotes:
            return
        quote, name = self.chance.choice(self.quotes), self.word()
        with self.archive.deed("tag"):
            self.archive.quotes.tag(quote, tag_named(self.archive, name).id)
        self.log.say(kept="tagging", id=quote, tags=[name], deed=self.newest().id)

    def add_case(self) -> None:
        case = add_case(self.archive, self.word(), aliases=[self.word()], summary=self.word())
        self.cases.append(case.id)
        self.log.say(kept="case", id=case.id, words=case.name, deed=self.newest().id)

    def undo(self) -> None:
        done = (
            deed for deed in self.archive.history.deeds(limit=500) if not deed.undoes and not deed.is_undone
        )
        if (target := next(done, None)) is None:
            return
        self.log.say(about="undo", deed=target.id)
        deed = undo(self.archive).deed
        assert deed.id == target.id, "the newest deed is not the one that was taken back"
        self.log.say(did="undo", deed=deed.id)
        self.look_around()

    def redo(self) -> None:
        if (latest := self.newest_or_none()) is None or latest.name != "undo":
            return
        self.log.say(about="redo", deed=latest.undoes)
        try:
            deed = redo(self.archive).deed
        except NothingToUndo:
            return
        assert deed.id == latest.undoes, "not the deed that was taken back last was done again"
        self.log.say(did="redo", deed=deed.id)
        self.look_around()

    def index(self) -> None:
        """Wait for the index, or only set it off, so that kills come upon it at work."""
        if self.chance.random() < 0.5:
            self.archive.index.start()
            return
        try:
            update_index(self.archive)
        except IndexerFailed:
            self.log.say(complaint="the indexer failed")
            return
        search(self.archive, "brother")

    def acknowledge_early(self) -> None:
        """What must never be done; the checker must be seen to notice it."""
        quote = quote_passage(self.archive, self.documents[0], Span(0, 20), Mark())
        with self.archive.deed("quote"):
            self.archive.quotes.set_note(quote.id, "acknowledged before it was kept")
            self.log.say(
                kept="quote",
                id=quote.id,
                words=quote.anchor.exact,
                note="acknowledged before it was kept",
                tags=[],
                cases=[],
                deed="early",
            )
            time.sleep(600)

    def newest(self) -> Deed:
        return self.archive.history.deeds(limit=1)[0]

    def newest_or_none(self) -> Deed | None:
        return next(iter(self.archive.history.deeds(limit=1)), None)

    def file(self) -> Path:
        """A file of its own words, named by a word that stands in it and nowhere else."""
        own = self.word()
        many = self.chance.choice([20, 200, 2000] + [20_000] * (self.chance.random() < 0.1))
        words = [own, *self.chance.choices(WORDS, k=many)]
        lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
        kind = self.chance.choice(["txt", "txt", "txt", "html"])
        text = "\n".join(lines)
        path = self.files / f"{own}.{kind}"
        path.write_text(text if kind == "txt" else f"<p>{text}</p>", "utf-8")
        return path

    def word(self) -> str:
        return "".join(self.chance.choices(LETTERS, k=14))


def main() -> None:
    folder, log, files = map(Path, sys.argv[1:4])
    archive = open_archive(folder, os.environ.pop("ARCHIVIST_PASSPHRASE", None))
    driver = Driver(archive, Log(log), files, chance_of(sys.argv[4]))
    driver.log.say(ready=os.getpid())
    if sys.argv[5:] == ["early"]:
        driver.acknowledge_early()
    driver.run()


if __name__ == "__main__":
    main()

"""Is an archive whole? Each question answers with what is wrong; with nothing where all is well."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from archivist.archive.archive import Archive
from archivist.archive.entries import EntryMaker
from archivist.model.history import FindingLevel
from archivist.model.ids import CaseId, DocumentId, QuoteId
from archivist.model.search import Found
from archivist.model.text import sha256_of
from archivist.services.searching import update_index
from archivist.services.verifying import verify
from tests.faults.acknowledgements import Line, Log

NO_LIMIT = 10**9


def settle(archive: Archive, log: Log) -> None:
    """Note whether the undo or redo that a kill cut off came about: only the archive knows."""
    if (line := log.unanswered()) is None:
        return
    flags = {deed.id: deed.is_undone for deed in archive.history.deeds(limit=1000)}
    did = "undo" if flags[line["deed"]] else "redo"
    log.say(did=did, deed=line["deed"])


def losses(archive: Archive, log: Log) -> Iterator[str]:
    """What was acknowledged and is not there, or was taken back and is there all the same."""
    check = {"document": _document, "quote": _quote, "tagging": _tagging, "case": _case}
    for line in log.standing():
        if fault := check[line["kept"]](archive, line):
            yield f"lost: {line['kept']} {line['id']} {fault}"
    for line in log.taken_back():
        if line["kept"] != "tagging" and check[line["kept"]](archive, line) is None:
            yield f"not taken back: {line['kept']} {line['id']}"


def _document(archive: Archive, line: Line) -> str | None:
    document = archive.documents.get(DocumentId(line["id"]))
    if document is None or document.deleted:
        return "is gone"
    text = archive.texts.get(document.text_id) if document.text_id else None
    if document.sha256 != line["sha256"] or text is None or line["words"] not in text.content:
        return "is another"
    return None if line["text"] in {None, sha256_of(text.content)} else "has another text"


def _quote(archive: Archive, line: Line) -> str | None:
    quote = archive.quotes.get(QuoteId(line["id"]))
    if quote is None or quote.deleted:
        return "is gone"
    text = archive.texts.get(quote.anchor.text_id)
    if text is None or text.content[quote.anchor.start : quote.anchor.end] != line["words"]:
        return "has moved"
    if (quote.anchor.exact, quote.note) != (line["words"], line["note"]):
        return "has other words"
    if not set(line["cases"]) <= {link.case_id for link in quote.cases}:
        return "is not in its case"
    return _tagging(archive, line)


def _tagging(archive: Archive, line: Line) -> str | None:
    quote = archive.quotes.get(QuoteId(line["id"]))
    tags = {tag.name for tag in map(archive.tags.get, quote.tags) if tag} if quote else set()
    return None if set(line["tags"]) <= tags else "lost a tag"


def _case(archive: Archive, line: Line) -> str | None:
    case = archive.cases.get(CaseId(line["id"]))
    if case is None or case.deleted:
        return "is gone"
    return None if case.name == line["words"] else "is another"


def errors(archive: Archive) -> Iterator[str]:
    """What `verify` does not like; a kept file without a document is what a crash may leave."""
    for finding in verify(archive):
        if finding.level != FindingLevel.OK and finding.what != "orphan":
            yield f"{finding.level}: {finding.what} {finding.id}: {finding.message}"


def disagreements(archive: Archive) -> Iterator[str]:
    """What the index holds and the database does not, and the other way round, once it has caught up."""
    update_index(archive)
    if not archive.history.is_current(archive.index.stamp()):
        yield "the index has not caught up"
    maker = EntryMaker(archive.db)
    in_database = {(entry.found, entry.id) for entry in maker.entries(maker.everything())}
    in_index = indexed(archive)
    yield from (f"in the index only: {found} {one}" for found, one in sorted(in_index - in_database))
    yield from (f"not in the index: {found} {one}" for found, one in sorted(in_database - in_index))


def indexed(archive: Archive) -> set[tuple[Found, str]]:
    """Every key of the index, asked by kind."""
    keys: set[tuple[Found, str]] = set()
    for found in Found:
        answer = archive.index.find(f"kind:{found.value}", kinds=frozenset({found}), limit=NO_LIMIT)
        keys.update((match.found, match.id) for match in answer.matches)
    return keys


def unfound(archive: Archive, log: Log, chance: Random) -> Iterator[str]:
    """Of a sample of documents, those that their own word does not find."""
    documents = [line for line in log.standing() if line["kept"] == "document"]
    for line in chance.sample(documents, min(20, len(documents))):
        answer = archive.index.find(line["words"], kinds=frozenset({Found.DOCUMENT}), limit=10)
        if [match.id for match in answer.matches] != [line["id"]]:
            yield f"not found by its word: {line['id']}"


def leftovers(archive: Archive) -> Iterator[str]:
    """What a crash left and opening has not swept. Ask when the index has caught up."""
    folder = archive.bundle.folder
    for path in [*folder.glob("staging/*"), *folder.rglob("*.new"), *folder.rglob("*.partial")]:
        yield f"left: {path.relative_to(folder)}"


def faults(archive: Archive, log: Log, chance: Random) -> list[str]:
    """All of the above."""
    settle(archive, log)
    return [
        *losses(archive, log),
        *errors(archive),
        *disagreements(archive),
        *unfound(archive, log, chance),
        *leftovers(archive),
        *(str(line["complaint"]) for line in log.lines() if "complaint" in line),
    ]


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())

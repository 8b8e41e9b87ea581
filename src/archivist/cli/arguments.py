"""The words of the command line, as argparse knows them."""

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from typing import NoReturn, TypeAlias

from archivist import __version__
from archivist.model.colour import Colour
from archivist.model.errors import ArchivistError

# A query may begin with “-”; argparse would take that for an option.
_QUERY_MARK = "\x00"


class UsageError(ArchivistError):
    """The command's words are off."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}; see “{self.prog} --help”.")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Raises UsageError; leaves through SystemExit(0) after --help and --version."""
    parser = _parser()
    arguments = parser.parse_args(_shield_query(argv))
    if arguments.verb is None:
        raise UsageError("Say what to do, e.g. “archivist new Name.archivist”; see “archivist --help”.")
    if arguments.verb == "search":
        arguments.query = [word.removeprefix(_QUERY_MARK) for word in arguments.query]
    return arguments


def _parser() -> _Parser:
    parser = _Parser(
        prog="archivist",
        description="The offline archive for human-rights advocates.",
        epilog="Exit codes: 0 done, 1 some items failed, 2 usage, 3 not opened, 4 not done, 70 our defect,"
        " 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=f"archivist {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)
    for add in (_archives, _documents, _annotations, _history, _packs):
        add(verbs)
    return parser


SEARCH_HELP = (
    "All words are looked for; OR between two, NOT or - before one, “quotation marks” around a phrase,"
    " * at the end of a beginning. tag:, case:, lang:, kind: and date: (2019, 2019-05, 2019..2021) narrow it."
)

Verbs: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 - its only name


def _verb(verbs: Verbs, name: str, module: str, help_text: str, *, opens: bool = True) -> _Parser:
    """A verb that is run by the function of its own name in `archivist.cli.verbs.<module>`."""
    parser = verbs.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(run=_lazily(module, name))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    if opens:
        parser.add_argument("archive", metavar="ARCHIVE", help="the folder Name.archivist")
        parser.add_argument(
            "--passphrase-file", metavar="FILE", help="read it from FILE, or - for standard input"
        )
    return parser


def _lazily(module: str, verb: str) -> Callable[..., int]:
    """Verbs are imported when run: `--help` and usage errors need none of the archive."""

    def run(*arguments: object) -> int:
        function = getattr(import_module(f"archivist.cli.verbs.{module}"), f"{verb}_verb")
        return int(function(*arguments))

    return run


def _archives(verbs: Verbs) -> None:
    new = _verb(verbs, "new", "archives", "make an archive")
    new.add_argument("--no-passphrase", action="store_true", help="without encryption")
    new.add_argument("--recovery-file", metavar="FILE", help="write the recovery code there")
    passphrase = _verb(verbs, "passphrase", "archives", "change the passphrase")
    passphrase.add_argument("--new-passphrase-file", metavar="FILE", help="read the new one from FILE")
    verify = _verb(
        verbs, "verify", "archives", "prove that nothing was altered, in an archive or a received pack"
    )
    verify.add_argument("--all", action="store_true", help="tell also what is in order, for people")
    _verb(verbs, "backup", "archives", "copy an archive, proved").add_argument("target", metavar="TARGET")
    restore = _verb(verbs, "restore", "archives", "make an archive from a backup", opens=False)
    restore.add_argument("backup", metavar="BACKUP")
    restore.add_argument("target", metavar="TARGET")
    _verb(verbs, "reindex", "archives", "build the search index anew")
    demo = _verb(verbs, "demo", "demo", "do the whole job on sample documents", opens=False)
    demo.add_argument("folder", metavar="FOLDER")


def _documents(verbs: Verbs) -> None:
    importing = _verb(verbs, "import", "documents", "import files and folders")
    importing.add_argument("paths", metavar="PATH", nargs="+")
    importing.add_argument("--ocr", choices=["auto", "always", "never"], default="auto")
    importing.add_argument("--languages", metavar="CODES", help="for OCR, e.g. eng,fra")
    importing.add_argument("--received-from", metavar="WHO", default="", help="who gave the files")
    importing.add_argument(
        "--method", metavar="HOW", default="", help="how they came, e.g. “Signal”, “USB stick”"
    )
    importing.add_argument("--source-url", metavar="URL", default="", help="where they were published")
    importing.add_argument("--note", metavar="NOTE", default="", help="what else should be known of it")
    search = _verb(verbs, "search", "documents", "find documents, quotes, notes and cases")
    search.add_argument("query", metavar="QUERY", nargs="+")
    search.epilog = SEARCH_HELP
    search.add_argument("--limit", metavar="N", type=_count, default=20)
    search.add_argument(
        "--in",
        dest="kinds",
        metavar="KINDS",
        type=_kinds,
        default=None,
        help="documents, quotes, notes, cases",
    )
    listing = _verb(verbs, "list", "documents", "list what the archive holds")
    listing.add_argument("kind", choices=["documents", "quotes", "tags", "cases"])
    listing.add_argument("--deleted", action="store_true", help="what was deleted and can be restored")
    show = _verb(verbs, "show", "documents", "show a document, quote, tag or case")
    show.add_argument("name", metavar="ID")
    show.add_argument("--text", action="store_true", help="exactly the canonical text")
    show.add_argument("--text-id", metavar="T", help="another text of the document")


def _annotations(verbs: Verbs) -> None:
    quote = _verb(verbs, "quote", "annotations", "mark words of a document, or change a quote")
    quote.add_argument(
        "name", metavar="DOCUMENT", help="the document; with --edit, --delete, --restore the quote"
    )
    deed = quote.add_mutually_exclusive_group(required=True)
    deed.add_argument("--text", metavar="WORDS", help="the words to mark")
    for name in ("edit", "delete", "restore"):
        deed.add_argument(f"--{name}", dest="deed", action="store_const", const=name, help=f"{name} a quote")
    quote.add_argument("--occurrence", metavar="N", type=_count)
    quote.add_argument("--tag", metavar="T", action="append", default=[])
    quote.add_argument("--case", metavar="C", action="append", default=[])
    quote.add_argument("--role", choices=["supports", "contradicts", "context"], default="supports")
    quote.add_argument("--note", metavar="N")
    quote.add_argument("--remove-tag", metavar="T", action="append", default=[], help="with --edit")
    tag = _deeds(_verb(verbs, "tag", "annotations", "the codebook"), "tag")
    for parser in (tag["add"], tag["edit"]):
        parser.add_argument("--definition", metavar="TEXT")
        parser.add_argument("--colour", metavar="COLOUR", type=_colour)
        parser.add_argument("--parent", metavar="TAG", help="the tag that it stands under; “” for none")
    case = _deeds(_verb(verbs, "case", "annotations", "the cases"), "case")
    for parser in (case["add"], case["edit"]):
        parser.add_argument("--alias", metavar="NAME", action="append", default=[])
        parser.add_argument("--summary", metavar="TEXT")
    case["edit"].add_argument("--remove-alias", metavar="NAME", action="append", default=[])
    case["edit"].add_argument("--link", metavar="QUOTE", action="append", default=[])
    case["edit"].add_argument("--unlink", metavar="QUOTE", action="append", default=[])
    case["edit"].add_argument("--role", choices=["supports", "contradicts", "context"], default="supports")
    document = _deeds(_verb(verbs, "document", "annotations", "what is said of documents"), "document")
    for name in ("title", "author", "publisher", "date", "language", "source-url", "description"):
        document["edit"].add_argument(f"--{name}", metavar=name.upper())


def _deeds(parser: _Parser, kind: str) -> dict[str, _Parser]:
    deeds = parser.add_subparsers(
        dest="deed", title="deeds", metavar="DEED", required=True, parser_class=_Parser
    )
    made = {}
    for deed in ("add", "rename", "edit", "delete", "restore"):
        if (kind, deed) == ("document", "add"):
            continue  # documents are added by importing them
        told = f"{deed} a {kind}"
        made[deed] = deeds.add_parser(deed, help=told, description=told)
        made[deed].add_argument("name", metavar=kind.upper())
        # The same options before or after the deed; the inner default must not undo the outer word.
        made[deed].add_argument("--json", action="store_true", default=argparse.SUPPRESS)
        made[deed].add_argument("--passphrase-file", metavar="FILE", default=argparse.SUPPRESS)
    made["rename"].add_argument("new_name", metavar="NEW")
    return made


def _history(verbs: Verbs) -> None:
    _verb(verbs, "undo", "histories", "take back the newest deed")
    _verb(verbs, "redo", "histories", "do again what was taken back")
    history = _verb(verbs, "history", "histories", "who did what, newest first")
    history.add_argument("--limit", metavar="N", type=_count, default=50)


def _packs(verbs: Verbs) -> None:
    export = _verb(verbs, "export", "packs", "write a briefing pack")
    export.add_argument("--out", metavar="FOLDER", required=True)
    export.add_argument("--format", metavar="FORMATS", required=True, help="html, docx, or both with a comma")
    export.add_argument("--case", metavar="C", action="append", default=[])
    export.add_argument("--tag", metavar="T", action="append", default=[])
    export.add_argument("--template", metavar="T", default="brief", choices=["brief"])
    export.add_argument("--profile", metavar="P", default="internal", choices=["internal"])
    export.add_argument("--title", metavar="TEXT", default="Briefing")
    export.add_argument("--for", dest="recipient", metavar="WHO", default="")
    export.add_argument("--by", dest="author", metavar="WHO", default="")
    export.add_argument("--summary", metavar="PARAGRAPH", action="append", default=[])
    export.add_argument("--language", metavar="CODE", default="en")
    export.add_argument("--reference", metavar="FILE", help="your own .docx, for its styles and letterhead")
    export.add_argument("--date", metavar="YYYY-MM-DD", type=_day)


def _shield_query(argv: Sequence[str]) -> list[str]:
    """Mark words of a query that begin with “-”, so that argparse takes them for words.

    A word that begins with “--” is an option, ours or mistyped, unless it comes after “--”.
    """
    if not argv or argv[0] != "search":
        return list(argv)
    shielded: list[str] = []
    is_value = ended = False
    for word in argv:
        is_excluding = word.startswith("-") and word not in {"-", "-h"} and not word.startswith("--")
        if (ended or is_excluding) and not is_value:
            word = _QUERY_MARK + word  # noqa: PLW2901 - the same word, marked
        elif word == "--" and not ended:
            ended = True
            continue
        is_value = not ended and word in {"--limit", "--in", "--passphrase-file"}
        shielded.append(word)
    return shielded


def _count(word: str) -> int:
    if not word.isascii() or not word.isdigit() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"“{word}” is not a whole number from 1")
    return int(word)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{word}” is not a date like 2026-11-24") from error


def _colour(word: str) -> str:
    if word.lower() in set(Colour):
        return word.lower()
    digits = word.removeprefix("#")
    if len(digits) != 6 or not all(digit in "0123456789abcdefABCDEF" for digit in digits):
        raise argparse.ArgumentTypeError(f"“{word}” is not a colour like rose or #A03020")
    return f"#{digits.upper()}"


_KINDS = {"documents": "document", "quotes": "quote", "notes": "note", "cases": "case"}


def _kinds(word: str) -> list[str]:
    kinds = [part.strip() for part in word.split(",") if part.strip()]
    unknown = [kind for kind in kinds if kind not in _KINDS]
    if unknown or not kinds:
        raise argparse.ArgumentTypeError("--in takes documents, quotes, notes, cases")
    return [_KINDS[kind] for kind in kinds]

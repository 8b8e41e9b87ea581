"""The screens in the order of three sittings; a few deeds lead from one picture to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.screenshots.props import PASSPHRASE
from tests.screenshots.stage import Stage

REPORT = "Behind the Harbour Wall: three cases at Kestrel Point Remand Centre"
STATEMENT = "بيان بشأن المحامية ياسميرا تولين"
CHINESE = "三名牧师被带走，一名律师下落不明"
TIBETAN = "testimony-witness-l7"
APPEAL = "Grounds of appeal: The State v. Marek, Teodan"
CASE = "Yasmira Tolenne"
IN_THE_REPORT = "doors of the River Church in Ostrey from outside"
IN_THE_STATEMENT = "من مرفأ أوستري"


@dataclass(frozen=True, slots=True)
class Props:
    """Where everything is that the screens show."""

    archive: Path
    deliveries: Path
    folder: Path


def at_the_gate(stage: Stage, props: Props) -> None:
    """Before an archive is open, and in one in which nothing is yet."""
    stage.sees("Recent archives")
    stage.shows("welcome")
    stage.fills_in_archive("Kestrel Point", props.folder)
    stage.shows("create")
    stage.presses("Escape")
    stage.begins_with(props.archive)
    stage.asks_for_the_passphrase()
    stage.shows("unlock")
    stage.unlocks("not this one")
    stage.sees("does not open the archive")
    stage.shows("unlock-wrong")
    stage.begins_with(props.folder / "stick" / "Field notes Saltmere.archivist")
    stage.sees("was not found")
    stage.shows("unlock-absent")
    stage.pushes("Other archive")
    stage.forgets_all()
    stage.shows("welcome-empty")
    stage.fills_in_archive(f"Selk {stage.name}", props.folder)
    stage.turns("How the sheet is to be kept", "Save as a file")
    stage.pushes("Create archive")
    stage.sees("It is shown now and never again")
    stage.shows("recovery-sheet")
    stage.keeps_sheet(props.folder / f"sheet {stage.name}.txt")
    stage.is_open()
    stage.shows("library-empty")
    for line, name in (("Quotes", "quotes-empty"), ("Bin", "bin-empty")):
        stage.takes(line)
        stage.shows(name)
    stage.chooses("The codebook: all tags")
    stage.shows("tags-empty")


def importing(stage: Stage, props: Props) -> None:
    """Into a fresh archive: start, under way, done."""
    stage.creates_archive(f"Ostrey {stage.name}", props.folder)
    stage.presses("Ctrl+I")
    stage.shows("import-start")
    stage.begins_import(props.deliveries)
    stage.waits_for_files(18)
    stage.shows_now("import")
    stage.import_ends()
    stage.stands_on_file("order 117.pdf")
    stage.shows("import-done")
    stage.chooses("custody log February")
    stage.sees("password", seconds=30)
    stage.shows("reader-locked")


def in_the_archive(stage: Stage, props: Props) -> None:
    """On the sample archive."""
    stage.begins_with(props.archive)
    stage.asks_for_the_passphrase()
    stage.unlocks(PASSPHRASE)
    stage.is_open()
    stage.counts_documents(12)
    stage.sees("Index up to date")
    stage.shows("reader-empty")
    reading(stage)
    finding(stage)
    organising(stage)
    handing_over(stage, props)
    keeping(stage)


def reading(stage: Stage) -> None:
    for title in (CHINESE, STATEMENT, APPEAL, REPORT):
        stage.opens(title)
    stage.stands_on_quote(5)
    stage.drags_over(IN_THE_REPORT)
    stage.shows("window")
    stage.presses("Q")
    stage.goes_to("Tags")
    stage.types("enforced disappearance,")
    stage.types("acc")
    stage.shows("quote-popover")
    stage.cancels()
    stage.presses("Ctrl+F")
    stage.types("register")
    stage.shows("find")
    stage.presses("Escape", "F11")
    stage.shows("outline")
    stage.presses("F11")
    stage.opens(APPEAL)
    stage.shows("text-reader-word")
    stage.opens(STATEMENT)
    stage.stands_on_quote(1)
    stage.selects_by_keyboard(IN_THE_STATEMENT)
    stage.presses("Q")
    stage.goes_to("Tags")
    stage.types("access to counsel,den")
    stage.shows("text-reader")
    stage.cancels()
    stage.opens(TIBETAN)
    stage.shows("text-reader-tibetan")


def finding(stage: Stage) -> None:
    stage.opens(REPORT)
    stage.presses("Ctrl+K")
    stage.types("exp")
    stage.shows("palette")
    stage.presses("Escape")
    stage.searches("register")
    stage.presses("Down", "Down")
    stage.shows("search")
    stage.searches("xylophone")
    stage.shows("search-empty")
    stage.presses("Escape")


def organising(stage: Stage) -> None:
    stage.opens_case(CASE)
    stage.goes_to("Quotes of the case, in your order")
    stage.presses("Home")
    stage.shows("case")
    stage.chooses("The codebook: all tags")
    stage.stands_on_tag("enforced disappearance")
    stage.shows("tags")
    stage.takes("Quotes")
    stage.shows("quotes")
    stage.takes("All documents")
    stage.presses("Ctrl+Alt+2")
    stage.stands_on_document(REPORT)
    stage.shows("columns")
    stage.presses("Ctrl+Alt+F")
    stage.shows("filter")
    stage.presses("Escape", "Ctrl+Alt+1")
    stage.stands_on_document("appeal-of-the-families")
    stage.presses("Del")
    stage.takes("Bin")
    stage.sees("appeal-of-the-families")
    stage.shows("bin")
    stage.undoes()


def handing_over(stage: Stage, props: Props) -> None:
    packs = props.folder / f"packs {stage.name}"
    packs.mkdir()
    stage.fills_in_pack(
        title="Three cases at Kestrel Point",
        recipient="The Foreign Minister of the Kingdom of Halvern",
        cases=[CASE],
        summary="Within three months the authorities sentenced a publisher to nine years in prison.",
    )
    stage.shows("export")
    stage.sends_pack(packs)
    stage.shows("export-done")
    stage.presses("Escape")


def keeping(stage: Stage) -> None:
    stage.chooses("Verify the archive")
    stage.sees("Everything is as it was", seconds=60)
    stage.shows("verify")
    for command, name in (
        ("Settings", "settings"),
        ("Change the passphrase…", "passphrase"),
        ("Back up the archive…", "backup"),
        ("Restore a backup…", "restore"),
    ):
        stage.chooses(command)
        stage.shows(name)
        stage.presses("Escape")


Sitting = Callable[[Stage, Props], None]
SITTINGS: tuple[Sitting, ...] = (at_the_gate, importing, in_the_archive)

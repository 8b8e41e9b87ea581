"""The whole story by keyboard alone: from an empty folder to a pack, back to nothing, and there again."""

from pathlib import Path

from archivist.model.history import FindingLevel
from archivist.model.quote import Role
from archivist.services.demo import sample_documents
from archivist.services.verifying import check_pack
from tests.journeys.sight import plain
from tests.journeys.window import Window

REPORT = "Behind the Harbour Wall: three cases at Kestrel Point Remand Centre"
STATEMENT = "بيان بشأن المحامية ياسميرا تولين"
LETTER = "طلب الكشف عن مصير المحامية ياسميرا تولين"
APPEAL = "Grounds of appeal: The State v. Marek, Teodan"
INTERVIEW = "interview-witness-h3"
CODE = "code-of-criminal-procedure-extract"
MARREK, TOLENNE = "Teodan Marrek", "Yasmira Tolenne"

STANDING = (
    "He was made to stand facing the wall from the evening until the morning count, and when he sat down they"
    " poured water on the floor."
)
REGISTER = (
    "When the family asked for the register in March, the administration replied that no such entry existed."
)
DOCK = "lay in dry dock from 24 February to 10 March 2025 and carried no passengers"
STAMP = "وعلى نسختها ختم القلم بتاريخ 4 آذار"
FERRY = "وتفيد سجلات المنافذ بأن المذكورة غادرت البلاد يوم 2 آذار 2025 على متن العبارة «نوردا» من مرفأ أوستري"
RIGHTS = "ويتمتع بجميع الحقوق التي يكفلها القانون، ومنها لقاء محاميه"
VANISHED = "Counsel then acting disappeared on the evening of the day on which she lodged the fifth request."
REFUSED = "The original register is refused to the defence, contrary to article 94."
VAN = "Then they put her into a grey van. It had no plates."
EVERY_PLACE = "Every place of detention keeps an infirmary register, open to counsel at any time."


def quote_ten(window: Window) -> None:
    """In two PDFs, a web page, a Word file and two texts, from right to left too."""
    window.opens(REPORT)
    window.quotes(
        *(STANDING,), tags=["ill-treatment"], colour="Rose", case=MARREK, note="Two more say the same."
    )
    window.quotes(REGISTER, tags=["denial of records", "ill-treatment"], case=MARREK)
    window.quotes(DOCK, tags=["enforced disappearance"], colour="Teal", case=TOLENNE)
    window.shows_quotes(STANDING, REGISTER, DOCK)
    window.opens(STATEMENT)
    window.quotes(FERRY, tags=["enforced disappearance"], case=TOLENNE, role=Role.CONTRADICTS, note="نوردا")
    window.quotes(RIGHTS, tags=["access to counsel"], colour="Sky", case=MARREK, role=Role.CONTRADICTS)
    window.shows_quotes(FERRY, RIGHTS)
    window.opens(LETTER)
    window.quotes(STAMP, tags=["enforced disappearance"], case=TOLENNE, note="The sister has the copy.")
    window.opens(APPEAL)
    window.quotes(VANISHED, tags=["enforced disappearance"], case=TOLENNE)
    window.quotes(REFUSED, tags=["denial of records"], colour="Violet", case=MARREK)
    window.opens(INTERVIEW)
    window.quotes(VAN, tags=["enforced disappearance"], case=TOLENNE, note="A stall keeper.")
    window.opens(CODE)
    window.quotes(EVERY_PLACE, tags=["statute"], colour="Sky", case=MARREK, role=Role.CONTEXT)


def find_and_open(window: Window) -> None:
    """In English and in Arabic; what was sought is marked where it is opened."""
    window.sees("Index up to date")
    window.searches("infirmary register")
    assert any(EVERY_PLACE in hit for hit in window.hits())
    window.opens_hit(1)
    window.searches("قلم المحكمة")
    window.opens_hit(1)
    window.reads(LETTER)
    window.shows_marked_hits()


def put_in_order(window: Window) -> list[str]:
    """The quotes of a case, by hand; answers their new order."""
    window.opens_case(MARREK)
    assert window.case_quotes() == [STANDING, REGISTER, plain(RIGHTS), REFUSED, EVERY_PLACE]
    window.moves_case_quote(EVERY_PLACE, "Alt+Up", "Alt+Up")
    reordered = [STANDING, REGISTER, EVERY_PLACE, plain(RIGHTS), REFUSED]
    assert window.case_quotes() == reordered
    return reordered


def hand_over(window: Window, folder: Path) -> None:
    """A pack in both formats, that proves to be whole."""
    pack = window.exports(folder, title="Two cases", recipient="A minister", cases=[MARREK])
    assert {finding.level for finding in check_pack(pack)} == {FindingLevel.OK}
    page = (pack / "brief.html").read_text("utf-8")
    assert "Two cases" in page
    assert plain(STANDING) in plain(page)
    assert (pack / "brief.docx").stat().st_size > 5_000


def take_all_back_and_do_it_again(window: Window) -> None:
    undone = window.undoes_everything()
    assert len(undone) >= 12, undone
    window.takes("All documents")
    window.shows_documents()
    window.redoes_everything()
    window.counts_documents(12)


def test_an_advocate_does_it_all_without_a_mouse(window: Window, tmp_path: Path) -> None:
    sheet, packs = tmp_path / "sheet.txt", tmp_path / "packs"
    packs.mkdir()
    passphrase = window.creates_archive("Coast", tmp_path, sheet=sheet)
    assert "This code opens the archive in place of its passphrase" in sheet.read_text("utf-8")
    window.imports(sample_documents())
    window.sees("Imported 12 files")
    quote_ten(window)
    find_and_open(window)
    reordered = put_in_order(window)
    hand_over(window, packs)
    take_all_back_and_do_it_again(window)

    window.locks()
    window.unlocks(passphrase)
    window.is_open()

    window.counts_documents(12)
    window.opens_case(MARREK)
    assert window.case_quotes() == reordered
    window.opens(STATEMENT)
    window.shows_quotes(FERRY, RIGHTS)

"""Grounds of appeal in an invented case: header, footnotes, a comment, a table."""

from pathlib import Path

from word import Letter, at

ANNEXES = [
    ("1 to 4", "5, 12, 19, 26 February 2025", "Requests of counsel for a meeting, stamped"),
    ("5", "4 March 2025, 17:52", "Fifth request of counsel, stamped"),
    ("6", "17 February 2025", "Infirmary register, entry copied by hand"),
    ("7", "17 March 2025", "Letter of Nahla Tolenne to the Prosecutor General (Arabic)"),
]


def write(path: Path) -> None:
    letter = Letter("Grounds of appeal: The State v. Marek, Teodan", "Joran Vael", "en-GB", at(2025, 5, 6))
    letter.header("Court of Appeal of Selk · Case 77/2025 · Copy for the file of the defence")
    letter.heading("Grounds of appeal", 0)
    letter.paragraph("The State v. Marek, Teodan. Appeal against the judgment of the District Court of Selk.")
    letter.paragraph(
        "Filed on 6 May 2025 by Joran Vael, advocate, of Lawyers for Open Courts, for the appellant."
    )
    _judgment(letter)
    _counsel(letter)
    _doors(letter)
    _statement(letter)
    _law(letter)
    _requests(letter)
    letter.save(path)


def _judgment(letter: Letter) -> None:
    letter.heading("The judgment")
    first = letter.paragraph("1. The appellant, Teodan Marek,")
    letter.footnote(
        first,
        "The family writes Marrek. The spelling of the court is kept here so that the file can be found.",
    )
    first.add_run(
        " publisher, was sentenced on 22 April 2025 to nine years’ imprisonment for publications"
        " harmful to public order, under article 214 of the Penal Code. He appeals on four grounds."
    )


def _counsel(letter: Letter) -> None:
    letter.heading("First ground: no access to counsel")
    requests = letter.paragraph(
        "2. Between 5 February and 4 March 2025 counsel then acting, Ms Y. Tolenne,"
        " lodged five written requests for a meeting with the appellant."
    )
    letter.footnote(
        requests,
        "Annexes 1 to 5. Each copy bears the stamp of the registry; Annex 5 is stamped 4 March 2025, 17:52.",
    )
    requests.add_run(
        " Article 96 of the Code of Criminal Procedure requires an answer in writing within three days."
        " No answer was given to any of them."
    )
    lost = letter.paragraph("3. ")
    remark = lost.add_run(
        "Counsel then acting disappeared on the evening of the day on which she lodged the fifth request."
    )
    letter.comment(
        remark,
        "Compare with the statement of the Ministry: 2 March, by ferry. The stamp on Annex 5 answers it.",
        "Joran Vael",
        "JV",
    )
    lost.add_run(
        " The court knew this when it opened the trial:"
        " the letter of her sister had been in the file since 18 March."
    )
    letter.footnote(lost, "File of the court, folio 61.")
    lost.add_run(" It did not adjourn.")


def _doors(letter: Letter) -> None:
    letter.heading("Second ground: a trial behind closed doors")
    letter.paragraph(
        "4. Hearings are public. The doors may be closed only by a reasoned decision that is read out in open"
        " court (article 102). No such decision was read out on 17 or on 22 April 2025,"
        " and none is in the file."
    )


def _statement(letter: Letter) -> None:
    letter.heading("Third ground: a statement that may not be used")
    taken = letter.paragraph(
        "5. The only statement of the appellant is dated 18 February 2025. On the day before, the infirmary"
        " register of Kestrel Point recorded swollen ankles and a pressure sore."
    )
    letter.footnote(
        taken,
        "Annex 6. The original register is refused to the defence, contrary to article 94.",
    )
    taken.add_run(
        " He had been made to stand for three nights. He signed without his glasses and without counsel."
    )


def _law(letter: Letter) -> None:
    letter.heading("Fourth ground: the law does not say what is forbidden")
    letter.paragraph(
        "6. A person who prints the price of bread cannot know from article 214 that this is a crime."
        " The judgment names no reader who was misled and no harm that was done."
    )


def _requests(letter: Letter) -> None:
    letter.heading("The appellant asks the court")
    for request in (
        "to quash the judgment of 22 April 2025;",
        "to order his release until the appeal is decided;",
        "to order the production of the infirmary register of Block C, whole and in the original.",
    ):
        letter.paragraph(request, "List Number")
    letter.heading("Annexes", 2)
    table = letter.document.add_table(rows=1, cols=3, style="Table Grid")
    for row in (("Annex", "Date", "What it is"), *ANNEXES):
        cells = table.rows[0].cells if row[0] == "Annex" else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text

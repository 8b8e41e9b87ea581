"""Make the PDF and Word samples anew. For maintainers: see README.md beside this file."""

from pathlib import Path

import appeal
import communique
import typst

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "resources" / "sample" / "documents"
FONTS = ["/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto"]
PDFS = {"report.typ": "behind-the-harbour-wall.pdf", "letter.typ": "letter-to-the-prosecutor.pdf"}


def main() -> None:
    for source, name in PDFS.items():
        typst.compile(HERE / source, output=SAMPLES / name, font_paths=FONTS, ignore_system_fonts=True)
    appeal.write(SAMPLES / "grounds-of-appeal.docx")
    communique.write(SAMPLES / "communique-maison-des-plumes.docx")


if __name__ == "__main__":
    main()

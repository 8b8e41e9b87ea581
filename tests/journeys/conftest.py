from pathlib import Path

import pytest

TESTIMONY = (
    "Interview of 3 May 2024.\n\n"
    "The officers came at night. They took my brother from our house in Marrow Bay.\n"
    "They gave no name and no reason. They took my brother to the harbour prison.\n"
)
PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>اعتقال محامية</title>
<meta name="author" content="Nadir Haddad"></head>
<body><nav>الرئيسية</nav><h1>اعتقال محامية</h1><p>اعتقلت الشرطة المحامية سلمى مساء الخميس في الميناء.</p>
</body></html>"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder as an advocate has it: a testimony, a page, a hidden file, an empty one, one of no kind."""
    folder = tmp_path / "sources"
    (folder / "inner").mkdir(parents=True)
    (folder / "testimony.txt").write_text(TESTIMONY, "utf-8")
    (folder / "inner" / "page.html").write_text(PAGE, "utf-8")
    (folder / "inner" / "copy of testimony.txt").write_text(TESTIMONY, "utf-8")
    (folder / ".hidden").write_text("hidden words", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "model.bin").write_bytes(bytes(range(256)) * 4)
    (folder / "link.txt").symlink_to(folder / "testimony.txt")
    return folder

from archivist.model.document import DocumentKind, Field
from archivist.workers.plain_text import read_markdown, read_text

NOTE = """---
title: front matter stays
# not a heading
---
# First *part*

```
# not a heading either
```

Second
------

* item
---

### Third ###
"""


def test_text_is_kept_as_it_is_but_for_its_line_ends() -> None:
    found = read_text(b"one\r\n\ttwo  \r\n")

    assert (found.kind, found.text, found.sections) == (DocumentKind.TEXT, "one\n\ttwo  \n", ())


def test_markdown_keeps_every_mark() -> None:
    assert read_markdown(NOTE.encode()).text == NOTE


def test_headings_of_markdown_make_sections() -> None:
    found = read_markdown(NOTE.encode())

    assert [section.label for section in found.sections] == ["First *part*", "Second", "Third"]
    assert [found.text[section.start :][:6] for section in found.sections] == ["# Firs", "Second", "### Th"]
    assert found.sections[-1].end == len(NOTE)


def test_the_first_heading_is_the_title() -> None:
    (title,) = read_markdown(NOTE.encode()).metadata

    assert (title.field, title.value, title.origin) == (Field.TITLE, "First *part*", "md:heading")


def test_titles_and_labels_are_one_line_without_loose_spaces() -> None:
    found = read_markdown(("# Two\u2028 lines,\t tabs\n\n## " + "a " * 200).encode())

    assert found.metadata[0].value == "Two lines, tabs"
    assert [section.label for section in found.sections] == ["Two lines, tabs", ("a " * 100).strip()]


def test_markdown_without_headings_has_no_sections() -> None:
    found = read_markdown(b"just words")

    assert (found.sections, found.metadata) == ((), ())

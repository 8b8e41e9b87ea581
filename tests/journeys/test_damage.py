"""What a user sees when the archive folder came to harm."""

from pathlib import Path

from tests.journeys.terminal import Terminal


def test_a_search_over_an_index_damaged_deep_inside_is_answered_all_the_same(
    plain: Terminal, sources: Path
) -> None:
    plain.does("import", sources)
    sound = plain.does("search", "brother").rows[1:]
    for segment in (plain.archive_folder / "index").rglob("*.seg"):
        content = bytearray(segment.read_bytes())
        for place in range(len(content) // 3, len(content), 97):
            content[place] ^= 1
        segment.write_bytes(content)

    head, *hits = plain.does("search", "brother").rows

    assert hits == sound
    assert head["complete"] is True

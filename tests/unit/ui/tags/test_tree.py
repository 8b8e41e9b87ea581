"""The codebook as it is read."""

from archivist.model.ids import TagId
from archivist.model.tag import Tag
from archivist.ui.tags.rows import Codebook, tag_rows
from archivist.ui.tags.tree import below, line_above, shown_branches

LAW = Tag(TagId("law"), "Law")
STATUTE = Tag(TagId("statute"), "Statute", parent_id=LAW.id)
ARTICLE = Tag(TagId("article"), "Article", parent_id=STATUTE.id)
TRIAL = Tag(TagId("trial"), "محاكمة")
TAGS = (LAW, STATUTE, ARTICLE, TRIAL)


def read(closed: set[TagId], words: str = "") -> list[tuple[int, str]]:
    return [(branch.depth, branch.tag.name) for branch in shown_branches(TAGS, closed, words)]


def test_it_is_read_branch_by_branch() -> None:
    assert read(set()) == [(0, "Law"), (1, "Statute"), (2, "Article"), (0, "محاكمة")]


def test_what_is_closed_hides_all_below_it() -> None:
    assert read({LAW.id}) == [(0, "Law"), (0, "محاكمة")]
    assert read({STATUTE.id}) == [(0, "Law"), (1, "Statute"), (0, "محاكمة")]


def test_a_search_opens_the_way_to_what_it_finds() -> None:
    assert read({LAW.id}, "artic") == [(0, "Law"), (1, "Statute"), (2, "Article")]
    assert read(set(), "محاكمة") == [(0, "محاكمة")]
    assert read(set(), "zebra") == []


def test_branches_know_whether_something_stands_below() -> None:
    assert [branch.has_more for branch in shown_branches(TAGS, set())] == [True, True, False, False]


def test_the_line_above_a_tag() -> None:
    assert line_above(TAGS, ARTICLE.id) == [STATUTE.id, LAW.id]
    assert line_above(TAGS, LAW.id) == []


def test_a_circle_is_gone_round_once() -> None:
    one, other = (
        Tag(TagId("one"), "one", parent_id=TagId("other")),
        Tag(TagId("other"), "other", parent_id=TagId("one")),
    )

    assert line_above((one, other), one.id) == [other.id]
    assert below((one, other), one.id) == {one.id, other.id}


def test_what_stands_below_a_tag() -> None:
    assert below(TAGS, STATUTE.id) == {STATUTE.id, ARTICLE.id}
    assert below(TAGS, TRIAL.id) == {TRIAL.id}


def test_deleted_tags_come_last_and_only_when_wanted() -> None:
    gone = Tag(TagId("gone"), "Gone", deleted=True)
    codebook = Codebook(TAGS, (gone,))

    assert [row.tag.name for row in tag_rows(codebook, set(), with_deleted=True)][-1] == "Gone"
    assert gone not in [row.tag for row in tag_rows(codebook, set())]
    assert [row.tag for row in tag_rows(codebook, set(), "gone", with_deleted=True)] == [gone]

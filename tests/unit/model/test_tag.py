from hypothesis import given
from hypothesis import strategies as st

from archivist.model.ids import TagId
from archivist.model.tag import Tag, branches


def tag(name: str, parent: str | None = None) -> Tag:
    return Tag(TagId(name), name, parent_id=TagId(parent) if parent else None)


def told(*tags: Tag) -> list[tuple[int, str]]:
    return [(depth, tag.name) for depth, tag in branches(tags)]


def test_children_stand_behind_their_parent_in_the_given_order() -> None:
    tags = (tag("a"), tag("a1", "a"), tag("b"), tag("a2", "a"), tag("a1x", "a1"))

    assert told(*tags) == [(0, "a"), (1, "a1"), (2, "a1x"), (1, "a2"), (0, "b")]


def test_a_tag_whose_parent_is_not_there_stands_at_the_top() -> None:
    assert told(tag("a", "gone"), tag("b", "a")) == [(0, "a"), (1, "b")]


def test_a_circle_is_told_once() -> None:
    assert told(tag("a", "b"), tag("b", "a"), tag("c")) == [(0, "c"), (0, "a"), (1, "b")]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefghx")))
def test_no_tag_is_ever_left_out_or_told_twice(parents: dict[str, str]) -> None:
    tags = [tag(name, parent) for name, parent in parents.items()]

    assert sorted(name for _, name in told(*tags)) == sorted(parents)

from uuid import UUID

from archivist.model.ids import document_id, name_key, natural_id, new_id


def test_new_ids_sort_by_the_time_of_their_making_and_are_version_7() -> None:
    made = [new_id() for _ in range(200)]

    assert len(set(made)) == 200
    assert {UUID(one).version for one in made} == {7}
    assert [one[:13] for one in made] == sorted(one[:13] for one in made)


def test_the_same_bytes_make_the_same_document_on_every_machine() -> None:
    assert document_id("a" * 64) == document_id("a" * 64) == "17454f92-0ffa-5fe3-9989-e9c4f9f07b7e"
    assert document_id("a" * 64) != document_id("b" * 64)


def test_parts_are_not_run_together() -> None:
    assert natural_id("link", "ab", "c") != natural_id("link", "a", "bc")


def test_names_that_differ_in_case_and_space_are_one_name() -> None:
    assert name_key("  Enforced   Disappearance ") == name_key("enforced disappearance")

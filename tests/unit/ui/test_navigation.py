from archivist.model.browsing import Listing, Shelf
from archivist.model.ids import CaseId
from archivist.ui.navigation import Navigator
from archivist.ui.places import CasePlace, LibraryPlace, Place, SearchPlace

LIBRARY, INBOX = LibraryPlace(), LibraryPlace(Listing(shelf=Shelf.INBOX))
CASE = CasePlace(CaseId("one"))


def went(*places: Place) -> tuple[Navigator, list[Place]]:
    navigator = Navigator()
    arrived: list[Place] = []
    navigator.arrived.connect(arrived.append)
    for place in places:
        navigator.go(place)
    return navigator, arrived


def test_back_and_forward_go_through_the_places() -> None:
    navigator, arrived = went(LIBRARY, CASE, INBOX)

    navigator.back()
    navigator.back()
    navigator.forward()

    assert arrived == [LIBRARY, CASE, INBOX, CASE, LIBRARY, CASE]
    assert navigator.here == CASE


def test_a_new_way_forgets_the_old_one_ahead() -> None:
    navigator, _ = went(LIBRARY, CASE)
    navigator.back()

    navigator.go(INBOX)

    assert not navigator.can_go_forward
    navigator.back()
    assert navigator.here == LIBRARY


def test_there_is_no_way_back_beyond_the_first_place() -> None:
    navigator, arrived = went(LIBRARY)

    navigator.back()

    assert not navigator.can_go_back
    assert arrived == [LIBRARY]


def test_typing_a_query_is_one_place() -> None:
    navigator, _ = went(LIBRARY, SearchPlace("r"), SearchPlace("re"), SearchPlace("register"))

    navigator.back()

    assert navigator.here == LIBRARY

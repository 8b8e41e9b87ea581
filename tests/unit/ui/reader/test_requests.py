from archivist.model.page import PageArea
from archivist.ui.reader.requests import LayerRequest, PictureRequest, Request, Requests

AREA = PageArea(0, 0, 9, 9)


def taken(requests: Requests) -> list[Request]:
    """All that is to be fetched, each handed over before the next."""
    order = []
    while request := requests.take():
        order.append(request)
        requests.hand_over(request)
    return order


def test_pages_come_in_the_order_in_which_they_are_named() -> None:
    requests = Requests()
    requests.want_pages([4, 3, 5], 1.0)

    assert taken(requests) == [PictureRequest(page, 1.0) for page in (4, 3, 5)]


def test_what_is_not_named_again_is_forgotten() -> None:
    requests = Requests()
    requests.want_pages([1, 2], 1.0)
    requests.want_area(1, 9.0, AREA)
    requests.want_pages([2, 3], 2.0)

    assert taken(requests) == [PictureRequest(2, 2.0), PictureRequest(3, 2.0)]


def test_words_come_right_after_the_picture_of_their_page_and_are_never_forgotten() -> None:
    requests = Requests()
    requests.want_layer(9)
    requests.want_pages([1, 2], 1.0)
    for page in (2, 1, 8):
        requests.want_layer(page)

    assert taken(requests) == [
        PictureRequest(1, 1.0),
        LayerRequest(1),
        PictureRequest(2, 1.0),
        LayerRequest(2),
        LayerRequest(8),
        LayerRequest(9),
    ]


def test_areas_come_after_whole_pages_the_newest_first() -> None:
    requests = Requests()
    requests.want_pages([1], 1.0)
    requests.want_area(1, 9.0, AREA)
    requests.want_area(2, 9.0, AREA)

    assert taken(requests) == [
        PictureRequest(1, 1.0),
        PictureRequest(2, 9.0, AREA),
        PictureRequest(1, 9.0, AREA),
    ]


def test_what_is_under_way_is_not_fetched_twice() -> None:
    requests = Requests()
    requests.want_pages([1], 1.0)
    requests.want_layer(1)
    picture, layer = requests.take(), requests.take()

    requests.want_pages([1], 1.0)
    requests.want_layer(1)
    assert not requests.are_waiting

    assert (picture, layer) == (PictureRequest(1, 1.0), LayerRequest(1))
    requests.hand_over(PictureRequest(1, 1.0))
    requests.want_pages([1], 1.0)
    assert requests.take() == PictureRequest(1, 1.0)


def test_another_scale_is_another_picture() -> None:
    requests = Requests()
    requests.want_pages([1], 1.0)
    requests.take()
    requests.want_pages([1], 2.0)

    assert requests.take() == PictureRequest(1, 2.0)


def test_what_is_under_way_may_become_unwanted() -> None:
    requests = Requests()
    requests.want_pages([1], 1.0)
    request = requests.take()
    assert isinstance(request, PictureRequest)
    assert requests.is_wanted(request)

    requests.want_pages([2], 1.0)

    assert not requests.is_wanted(request)


def test_what_was_given_up_and_is_wanted_again_is_fetched_anew() -> None:
    requests = Requests()
    requests.want_pages([1], 1.0)
    requests.want_area(1, 9.0, AREA)
    requests.take()
    requests.take()
    requests.want_pages([2], 1.0)
    requests.want_pages([1], 1.0)
    requests.want_area(1, 9.0, AREA)

    requests.hand_over(PictureRequest(1, 1.0), is_answered=False)
    requests.hand_over(PictureRequest(1, 9.0, AREA), is_answered=False)

    assert taken(requests) == [PictureRequest(1, 1.0), PictureRequest(1, 9.0, AREA)]


def test_what_was_given_up_and_is_not_wanted_stays_forgotten() -> None:
    requests = Requests()
    requests.want_pages([1], 1.0)
    requests.take()
    requests.want_pages([], 1.0)

    requests.hand_over(PictureRequest(1, 1.0), is_answered=False)

    assert not requests.are_waiting


def test_a_new_document_begins_without_wishes() -> None:
    requests = Requests()
    requests.want_pages([1, 2], 1.0)
    requests.want_layer(1)
    requests.take()
    requests.clear()

    assert not requests.are_waiting
    assert requests.take() is None

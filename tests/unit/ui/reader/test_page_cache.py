from archivist.model.page import PageArea
from archivist.ui.reader.page_cache import PageCache, Painting
from tests.unit.ui.reader.pdf_views import paper

BYTES = 100 * 100 * 4


def painting(area: PageArea | None = None) -> Painting:
    return Painting(1.0, paper(100, 100), area)


def test_what_was_seen_longest_ago_goes_first() -> None:
    cache = PageCache(most_bytes=3 * BYTES)
    for page in range(3):
        cache.keep(page, painting(), in_sight=())
    cache.page(0)

    cache.keep(3, painting(), in_sight=())

    assert [page for page in range(4) if cache.page(page)] == [0, 2, 3]
    assert cache.bytes_kept == 3 * BYTES


def test_what_is_in_sight_stays() -> None:
    cache = PageCache(most_bytes=BYTES)

    for page in range(3):
        cache.keep(page, painting(), in_sight=range(3))

    assert all(cache.page(page) for page in range(3))


def test_a_new_picture_takes_the_place_of_the_old_one() -> None:
    cache = PageCache()
    cache.keep(0, painting(), in_sight=())

    cache.keep(0, Painting(2.0, paper(200, 200)), in_sight=())

    kept = cache.page(0)
    assert kept
    assert kept.scale == 2
    assert cache.bytes_kept == 4 * BYTES


def test_areas_stay_for_the_pages_in_sight_only() -> None:
    cache = PageCache()
    for page in range(2):
        cache.keep(page, painting(), in_sight=())
        cache.keep(page, painting(PageArea(0, 0, 100, 100)), in_sight=())

    cache.keep_areas_of([1])

    assert cache.area(0) is None
    assert cache.area(1)
    assert cache.page(0)
    assert cache.bytes_kept == 3 * BYTES

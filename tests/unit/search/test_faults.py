"""The process dies or the disk is full while the index is written."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.model.errors import StorageFull
from archivist.search.index import SearchIndex
from tests.unit.search.conftest import KEY
from tests.unit.search.entries import at, document, found

pytestmark = pytest.mark.faults

ROUNDS = 20
# every change adds one document, changes one and takes one away: the content follows from the stamp
_WRITER = """
import itertools, sys
from pathlib import Path
from archivist.model.search import Found
from archivist.search.index import SearchIndex
from tests.unit.search.entries import at, document
index = SearchIndex(Path(sys.argv[1]), bytes(range(32)), "archive-1")
if index.stamp() is None:
    index.build([], at(0))
for change in itertools.count(index.stamp().change + 1):
    put = [document(f"d{change}", f"word new{change}"), document("d0", f"word state{change}")]
    index.apply(put, [(Found.DOCUMENT, f"d{change - 5}")], at(change))
    print(change, flush=True)
"""


def test_after_a_kill_the_stamp_and_the_content_agree(folder: Path, request: pytest.FixtureRequest) -> None:
    chance = random.Random(11)  # noqa: S311  # a repeatable test
    acknowledged = 0

    for _ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(folder)],
            stdout=subprocess.PIPE,
            cwd=request.config.rootpath,
            text=True,
        )
        assert child.stdout is not None
        acknowledged = max(acknowledged, int(child.stdout.readline()))
        time.sleep(chance.random() * 0.3)
        child.kill()
        acknowledged = max([acknowledged, *map(int, child.stdout.read().split())])
        child.wait()
        child.stdout.close()

        with SearchIndex(folder, KEY, "archive-1") as index:
            stamp = index.stamp()
            assert stamp is not None
            assert stamp in {at(acknowledged), at(acknowledged + 1)}
            last = stamp.change
            expected = {f"d{n}" for n in range(max(1, last - 4), last + 1)} | {"d0"}
            assert set(found(index, "word")) == expected
            assert found(index, f"state{last}") == ["d0"]
            assert found(index, f"state{last - 1}") == []

    assert acknowledged > ROUNDS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield place
    subprocess.run(["/bin/umount", str(place)], check=True)


def test_a_disk_that_is_full_leaves_the_old_index_and_a_free_lock(small_disk: Path) -> None:
    chance = random.Random(2)  # noqa: S311  # a repeatable test
    folder = small_disk / "index"
    with SearchIndex(folder, KEY, "archive-1") as index:
        index.build([document("d1", "first")], at(1))
        much = " ".join(f"{chance.randrange(10**9):x}" for _ in range(60_000))

        with pytest.raises(StorageFull):
            index.apply([document("d2", much)], [], at(2))

        assert (index.stamp(), found(index, "first")) == (at(1), ["d1"])
        with SearchIndex(folder, KEY, "archive-1") as other:
            other.apply([document("d3", "first")], [], at(3))
        assert (index.stamp(), found(index, "first")) == (at(3), ["d1", "d3"])
        assert len(list(folder.glob("*.seg"))) == 2

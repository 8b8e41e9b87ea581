"""The process that writes the index: follows the history, from the stamp that the index carries.

Reads one introduction (paths and keys) and then orders from standard input, one a line:
`follow` to work through what there is, `catch up` to do so and say `done`. Ends with its
input. The index and its stamp are one commit: after a crash anywhere the work is done again.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from archivist.archive.entries import EntryMaker, Touched
from archivist.search.index import SearchIndex
from archivist.storage.engine import Database, connect, reading
from archivist.storage.history import changed_rows, last_change

SLICE = 4000

Say = Callable[[dict[str, object]], None]


def follow(db: Database, index: SearchIndex, say: Say) -> None:
    """Bring the index to the archive's last change, slice by slice."""
    maker = EntryMaker(db)
    while True:
        with reading(db):
            last = last_change(db)
            stamp = index.stamp()
            if stamp is None or stamp > last:
                index.clear()
                _write(index, maker, maker.everything(), last, say)
            elif stamp == last:
                return
            else:
                upto = min(last, stamp + SLICE)
                touched = maker.touched_by(changed_rows(db, stamp, upto))
                _write(index, maker, touched, upto, say)
        say({"what": "progress", "done": index.stamp() or 0, "all": last})


def _write(index: SearchIndex, maker: EntryMaker, touched: Touched, stamp: int, say: Say) -> None:
    say({"what": "progress", "done": 0, "all": len(touched)})
    index.apply(maker.entries(touched), maker.keys(touched), stamp)


def main() -> int:
    introduction = json.loads(sys.stdin.readline())
    key = introduction["database_key"]
    db = connect(Path(introduction["database"]), bytes.fromhex(key) if key else None, read_only=True)
    index = SearchIndex(
        Path(introduction["index_folder"]),
        bytes.fromhex(introduction["index_key"]),
        introduction["archive_id"],
    )
    for order in sys.stdin:
        follow(db, index, _say)
        if order.strip() == "catch up":
            _say({"what": "done"})
    index.close()
    db.close()
    return 0


def _say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

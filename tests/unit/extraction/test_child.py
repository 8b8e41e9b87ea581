import os
import selectors
import time

import pytest

from archivist.extraction.child import _Patience
from archivist.extraction.frames import JobFailed
from archivist.model.sandbox import Failure


def never() -> None:
    raise AssertionError


def test_one_that_is_never_silent_has_no_more_time_than_others() -> None:
    """A child may say a byte at a time, as fast as it is listened to: there is always something to hear."""
    reading, writing = os.pipe()
    with selectors.DefaultSelector() as ready, os.fdopen(reading, "rb"), os.fdopen(writing, "wb", 0) as child:
        ready.register(reading, selectors.EVENT_READ)
        child.write(b"x")
        assert _Patience(time.monotonic() + 60, None, never).hear(ready) == {reading}

        with pytest.raises(JobFailed) as stopped:
            _Patience(time.monotonic() - 0.01, None, never).hear(ready)

    assert stopped.value.failure is Failure.TIMEOUT

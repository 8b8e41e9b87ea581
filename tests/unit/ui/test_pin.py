"""The fault for which the version of Qt is pinned: 6.12.0 takes references off None on Python 3.11."""

import sys

import pytest
from PySide6.QtCore import QObject, QTimer

CALLS = 500


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_answer_nothing_take_no_reference_off_none() -> None:
    thing, timer = QObject(), QTimer()
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        thing.setObjectName("x")
        timer.stop()

    assert sys.getrefcount(None) > before - CALLS // 2

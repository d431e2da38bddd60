"""Row ids, made in Python before the first write: time-ordered UUIDs (version 7), so that they also sort."""

from __future__ import annotations

import re
import secrets
import threading
import time
from uuid import UUID

DAY = 86_400_000  # milliseconds
SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A UUID v7 as text; strictly rising within the process."""
    global _last
    with _lock:
        moment = time.time_ns() // 1000  # microseconds: 48 bits of milliseconds and 12 bits below them
        _last = max(_last + 1, (moment // 1000 << 12) | (moment % 1000 << 2))
        high = _last
    number = (high >> 12) << 80 | 0x7 << 76 | (high & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(UUID(int=number))


def rise_above(row_id: str) -> None:
    """The next id of this process comes after this one, though its clock is behind that of the process that made it:
    by a day at most, since a page can send an id from any time."""
    global _last
    number, latest = UUID(row_id).int, (time.time_ns() // 1_000_000 + DAY) << 12
    with _lock:
        _last = max(_last, min(number >> 80 << 12 | number >> 64 & 0xFFF, latest))


def is_id(text: str) -> bool:
    """Whether a text that came with a page can be a row id."""
    return SHAPE.fullmatch(text) is not None

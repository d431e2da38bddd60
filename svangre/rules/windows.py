"""When visits, tests and vaccines have their time, as spans of gestational age in days, both ends included.

»Uge 25« is 25+0 to 25+6. Each span keeps its own weeks; there is no common trimester border.
"""

from __future__ import annotations

from datetime import date

from svangre.rules.sources import GP1, P
from svangre.rules.threshold import Row, Threshold

FIRST_VISIT = Threshold("first_visit", "Første lægebesøg", "dage", (Row((42, 70), GP1, date(2013, 1, 1)),))
DOUBLE_TEST = Threshold("double_test", "Doubletest", "dage", (Row((56, 97), P, date(2010, 10, 1)),))
FIRST_SCAN = Threshold(
    "first_scan",
    "Skanning i 1. trimester",
    "dage",
    (Row((77, 97), P, date(2010, 10, 1)),),
    disagreement="Papirblanketten siger 11+0–13+6; fødestederne booker ofte 12+0–13+6.",
    reason="den brede ramme udelukker ingen",
)

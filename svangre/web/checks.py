"""Checks of an answer that need more than the item, for her pages and the clinic's; each room words its message."""

from __future__ import annotations

from datetime import date
from typing import Literal

from svangre.catalogue import Answer, Item
from svangre.rules.gestation import LONGEST, QUESTIONED
from svangre.rules.threshold import Editions


def last_period_age(item: Item, answer: Answer, visit_on: date) -> Literal["too_long", "long"] | None:
    """Whether her last period would make her longer gone on the day of the visit than can be (43+6), or than is usual
    (42+0): then it is saved and asked about."""
    if item.id != "last_period" or answer.state != "value":
        return None
    age, editions = (visit_on - date.fromisoformat(answer.value)).days, Editions(visit_on, {})
    if age > editions.value(LONGEST):
        return "too_long"
    return "long" if age > editions.value(QUESTIONED) else None

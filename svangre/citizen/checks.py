"""Her words for the checks of `svangre.web.checks`."""

from __future__ import annotations

from datetime import date

from svangre.catalogue import Answer, Item
from svangre.message import Message, message
from svangre.rules.gestation import LONGEST
from svangre.rules.threshold import Editions
from svangre.web.checks import last_period_age


def check(item: Item, answer: Answer, visit_on: date) -> Message | None:
    """A message when the answer cannot be right."""
    if last_period_age(item, answer, visit_on) == "too_long":
        weeks = Editions(visit_on, {}).value(LONGEST) // 7
        return message("Så ville du være over {weeks} uger henne. Se efter, om år og måned er rigtige.", weeks=weeks)
    return None


def question(item: Item, answer: Answer, visit_on: date) -> Message | None:
    """A question when the answer is unusual; it is saved all the same."""
    if last_period_age(item, answer, visit_on):
        return message("Så er du over 42 uger henne, når du kommer til lægen. Er datoen rigtig? Svaret er gemt.")
    return None

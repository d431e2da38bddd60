"""Checks of an answer that need more than the item: her last period against the day of the visit."""

from __future__ import annotations

from datetime import date

from svangre.catalogue import Answer, Item
from svangre.rules.gestation import LONGEST, QUESTIONED
from svangre.rules.threshold import Editions


def _age(item: Item, answer: Answer, visit_on: date) -> int | None:
    if item.id != "last_period" or answer.state != "value":
        return None
    return (visit_on - date.fromisoformat(answer.value)).days


def check(item: Item, answer: Answer, visit_on: date) -> str | None:
    """A message when the answer cannot be right."""
    age = _age(item, answer, visit_on)
    if age is not None and age > Editions(visit_on, {}).value(LONGEST):
        return f"Så ville du være over {LONGEST_WEEKS} uger henne. Se efter, om år og måned er rigtige."
    return None


def question(item: Item, answer: Answer, visit_on: date) -> str | None:
    """A question when the answer is unusual; it is saved all the same."""
    age = _age(item, answer, visit_on)
    if age is not None and age > Editions(visit_on, {}).value(QUESTIONED):
        return "Så er du over 42 uger henne, når du kommer til lægen. Er datoen rigtig? Svaret er gemt."
    return None


LONGEST_WEEKS = 43

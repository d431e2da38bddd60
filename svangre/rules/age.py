"""R16: her age on the due date. No automatic change at 35 (R15 names it beside another trigger only)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Fact, Known, Unknown, what_is_missing
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

YOUNG = Threshold("young", "Ung gravid: under", "år", (Row(20, KNOWLEDGE, date(2026, 11, 24)),))
OLDER = Threshold("older", "Ældre gravid: fra", "år", (Row(40, KNOWLEDGE, date(2026, 11, 24)),))

YOUNG_TALK = Prompt(
    "R16.young",
    "Overvej samtale om støtte og kommunens tilbud (niveau 3)",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "omsorgsniveau",
)
OBSTETRIC_PLAN = Prompt(
    "R16.older", "Overvej obstetrisk plan", (KNOWLEDGE,), "unverified", "plan", "obstetric_referral", is_obstetric=True
)


def years(born: date, on: date) -> int:
    """Whole years; somebody born on 29 February turns a year older on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_on_due_date(born: Fact[date], due_on: Fact[date]) -> Fact[int]:
    if isinstance(born, Known) and isinstance(due_on, Known):
        return Known(years(born.value, due_on.value), (*born.data, *due_on.data))
    return what_is_missing(born, due_on)


def judge(case: Case) -> Iterator[Outcome]:
    if isinstance(case.age, Unknown):
        yield case.age
    elif case.age.value < case.editions.value(YOUNG):
        yield YOUNG_TALK.because(f"Hun er {case.age.value} år på terminsdatoen.", case.age.data)
    elif case.age.value >= case.editions.value(OLDER):
        yield OBSTETRIC_PLAN.because(f"Hun er {case.age.value} år på terminsdatoen.", case.age.data)


RULE = Rule(
    "R16",
    "Alder",
    (
        "Alderen regnes på terminsdatoen.",
        "Under 20 år: samtale om støtte. Fra 40 år: obstetrisk plan. Ingen automatisk ændring ved 35 år.",
    ),
    judge,
    (YOUNG_TALK, OBSTETRIC_PLAN),
    (YOUNG, OLDER),
    (KNOWLEDGE,),
    (
        Example(
            "19 år på terminsdatoen",
            {"birth_date": "2006-01-01", "TER-01": "2025-01-01", "TER-02": 28, "STA-11": "2025-03-01"},
            ("R16.young",),
        ),
        Example(
            "20 år på terminsdatoen",
            {"birth_date": "2005-10-08", "TER-01": "2025-01-01", "TER-02": 28, "STA-11": "2025-03-01"},
            absent=("R16.young", "R16.older"),
        ),
    ),
)

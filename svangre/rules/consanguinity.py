"""R26: she and the child's father are related. [K]: unverified."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE

if TYPE_CHECKING:
    from svangre.rules.case import Case

OFFER = Prompt(
    "R26.counselling",
    "Overvej tilbud om genetisk rådgivning",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "genetic_referral_indicated",
)


def judge(case: Case) -> Iterator[Outcome]:
    yield from if_any(OFFER, [Reason("forældrene er i familie med hinanden", case.facts.family.related_parents)])


RULE = Rule(
    "R26",
    "Konsangvinitet",
    ("Forældrene er i familie med hinanden: tilbud om genetisk rådgivning. Uverificeret.",),
    judge,
    (OFFER,),
    (),
    (KNOWLEDGE,),
    (
        Example("Fætter og kusine", {"ARV-05": "yes"}, ("R26.counselling",)),
        Example("Nej", {"ARV-05": "no"}, absent=("R26.counselling",)),
    ),
)

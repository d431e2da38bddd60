"""R19: female genital cutting. [K], and from the talk alone: private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.facts import Known
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import GM, KNOWLEDGE

if TYPE_CHECKING:
    from svangre.rules.case import Case

PLAN = Prompt(
    "R19.plan",
    "Overvej obstetrisk plan før fødslen",
    (KNOWLEDGE, GM),
    "unverified",
    "plan",
    "genital_cutting",
    is_obstetric=True,
    is_private=True,
)


def judge(case: Case) -> Iterator[Outcome]:
    cut = case.facts.illness.genital_cutting
    if not isinstance(cut, Known):
        yield cut
    elif cut.value:
        yield PLAN.because("Hun er omskåret. Plan for fødslen og eventuel åbning lægges før fødslen.", cut.data)


RULE = Rule(
    "R19",
    "Kvindelig omskæring",
    (
        (
            "Ja i samtalen alene: obstetrisk plan før fødslen. Uverificeret, privat og aldrig i dokumenter uden "
            "lægens frigivelse."
        ),
    ),
    judge,
    (PLAN,),
    (),
    (KNOWLEDGE, GM),
    (
        Example("Omskåret", {"OPE-08": "yes"}, ("R19.plan",)),
        Example("Ikke omskåret", {"OPE-08": "no"}, absent=("R19.plan",)),
    ),
)

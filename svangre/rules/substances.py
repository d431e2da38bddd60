"""R21: alcohol, drugs and addictive medicine, earlier or now: the family outpatient clinic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.facts import Known
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import FAM

if TYPE_CHECKING:
    from svangre.rules.case import Case

REFER = Prompt(
    "R21.family_clinic",
    "Overvej henvisning til familieambulatorium",
    (FAM,),
    "confirmed",
    "today",
    "substance_use",
)


def judge(case: Case) -> Iterator[Outcome]:
    facts = case.facts
    kinds = facts.substance_kinds
    opioids = isinstance(kinds, Known) and "opioids" in kinds.value
    yield from if_any(
        REFER,
        [
            Reason("rusmidler eller vanedannende medicin de seneste 2 år", facts.substances),
            Reason("brug efter erkendt graviditet", facts.substances_now),
        ],
        after="Kroniske smerter behandlet med opioider tæller med." if opioids else "",
    )


RULE = Rule(
    "R21",
    "Rusmidler og vanedannende medicin",
    (
        (
            "Tidligere eller aktuelt forbrug af rusmidler eller vanedannende medicin: familieambulatorium. Opioider "
            "ved kroniske smerter tæller med."
        ),
        "Alkohol: viser samtalen (R13) et forbrug, gælder det samme.",
    ),
    judge,
    (REFER,),
    (),
    (FAM,),
    (
        Example("Hash for et år siden", {"RUS-01": "yes"}, ("R21.family_clinic",)),
        Example("Nej", {"RUS-01": "no"}, absent=("R21.family_clinic",)),
    ),
)

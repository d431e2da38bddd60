"""R18: mental health. All [K]: unverified; the level it points to is R22."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.facts import any_birth, has, is_one_of
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE

if TYPE_CHECKING:
    from svangre.rules.case import Case

URGENT = Prompt(
    "R18.urgent", "Overvej en plan i dag sammen med psykiatrien", (KNOWLEDGE,), "unverified", "today", "mental_illness"
)
TALK = Prompt("R18.talk", "Overvej samtale om psykisk helbred", (KNOWLEDGE,), "unverified", "plan", "mental_illness")
FEAR = Prompt("R18.birth", "Overvej samtale om fødslen", (KNOWLEDGE,), "unverified", "plan", "birth_fear")
MEDICINE = "Medicin stoppes ikke uden aftale."


def judge(case: Case) -> Iterator[Outcome]:
    ill, births = case.facts.illness, case.facts.births
    severe = [
        Reason("psykose eller bipolar sygdom", has(ill.mental_kinds, "psychosis", "bipolar")),
        Reason("tanker om selvskade", ill.self_harm),
    ]
    yield from if_any(URGENT, severe, after=MEDICINE)
    yield from if_any(
        TALK,
        [
            Reason("psykisk sygdom nu eller før", ill.mental),
            Reason("psykisk sygdom efter en fødsel", any_birth(births, lambda birth: birth.mental_illness_after)),
            Reason("medicin for psykisk sygdom", ill.mental_medicine),
            Reason("nedtrykt den seneste måned", ill.low_mood),
            Reason("manglende lyst den seneste måned", ill.little_interest),
        ],
        after=MEDICINE,
    )
    yield from if_any(
        FEAR,
        [
            Reason(
                "dårlig eller traumatisk fødsel",
                any_birth(births, lambda birth: is_one_of(birth.experience, "bad", "traumatic")),
            ),
            Reason("angst for fødslen", is_one_of(case.facts.birth_fear, "much")),
        ],
    )


RULE = Rule(
    "R18",
    "Psykisk helbred",
    (
        (
            "Psykose, bipolar sygdom eller tanker om selvskade: plan samme dag. Anden psykisk sygdom, nedtrykthed: "
            "samtale."
        ),
        "Dårlig fødselsoplevelse eller angst for fødslen: samtale.",
        (
            "Medicin stoppes ikke uden aftale. Alle er uverificerede; tanker om selvskade vises altid først som "
            "hendes ord."
        ),
    ),
    judge,
    (URGENT, TALK, FEAR),
    (),
    (KNOWLEDGE,),
    (
        Example("Bipolar sygdom", {"PSY-01": "yes", "mental_illness_kinds": ["bipolar"]}, ("R18.urgent", "R18.talk")),
        Example("Ingen psykisk sygdom", {"PSY-01": "no"}, absent=("R18.talk", "R18.urgent")),
    ),
)

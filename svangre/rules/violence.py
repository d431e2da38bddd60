"""R20: violence and safety. [K], and from the talk alone: private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.facts import derive
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import IPV, KNOWLEDGE

if TYPE_CHECKING:
    from svangre.rules.case import Case

ACT = Prompt(
    "R20.act",
    "Overvej, hvad der skal ske, sammen med hende alene",
    (KNOWLEDGE, IPV),
    "unverified",
    "today",
    "violence_action",
    is_private=True,
)


def judge(case: Case) -> Iterator[Outcome]:
    facts = case.facts
    yield from if_any(
        ACT,
        [
            Reason("utryg derhjemme", derive(facts.safe_at_home, lambda safe: not safe)),
            Reason("højt konfliktniveau", facts.conflicts),
            Reason("vold, trusler eller kontrol det seneste år", facts.violence),
            Reason("tidligere vold eller overgreb", facts.past_abuse),
        ],
    )


RULE = Rule(
    "R20",
    "Vold og tryghed",
    (
        (
            "Utryg derhjemme, højt konfliktniveau, vold det seneste år eller tidligere: samtale alene og eventuel "
            "handling."
        ),
        (
            "Uverificeret og privat: vises aldrig for partner, i fælles oversigt eller i dokumenter uden lægens "
            "frigivelse."
        ),
    ),
    judge,
    (ACT,),
    (),
    (KNOWLEDGE, IPV),
    (
        Example("Vold det seneste år", {"VOL-03": "yes"}, ("R20.act",)),
        Example(
            "Tryg, ingen vold",
            {"VOL-01": "yes", "VOL-02": "no", "VOL-03": "no", "VOL-04": "no"},
            absent=("R20.act",),
        ),
    ),
)

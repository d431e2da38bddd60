"""R13: alcohol and TWEAK. A low score never closes the topic: ALK-01 to ALK-04 are asked all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Fact, Known, Tweak, Unknown, derive, merge_unknown
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import ALK, KNOWLEDGE, TWK, TWN
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

TOLERANCE = Threshold(
    "tweak_tolerance", "TWEAK T: genstande før virkning, fra", "genstande", (Row(3, TWN, date(2020, 1, 1)),)
)
POINTS = Threshold(
    "tweak_points", "TWEAK-point for T, W, E, A, K", "point", (Row((2, 2, 1, 1, 1), KNOWLEDGE, date(2026, 11, 24)),)
)
CUT_OFF = Threshold(
    "tweak_cut_off",
    "TWEAK: muligt risikoforbrug fra",
    "point",
    (Row(1, TWK, date(2003, 1, 1)), Row(2, TWN, date(2020, 1, 1))),
    disagreement="Praksis (Norge) regner 2 point for muligt risikoforbrug; den danske undersøgelse fandt risiko "
    "allerede fra 1 point og lav følsomhed.",
    reason="2 point er almindelig praksis; under grænsen vises det, at emnet ikke er lukket",
    default="TWN",
)

HIGH = Prompt("R13.tweak", "Overvej uddybende samtale om alkohol", (TWN, TWK), "partly", "today", "alcohol_now")
NOW = Prompt("R13.now", "Overvej samtale om alkohol i graviditeten", (ALK,), "confirmed", "today", "alcohol_now")
LOW = Prompt("R13.low", "Overvej at spørge videre om alkohol", (TWK, TWN), "partly", "knowledge", "alcohol_now")


def points(tweak: Tweak, tolerance: int, weights: tuple[int, int, int, int, int]) -> list[Fact[int]]:
    """Points per question, in the order T, W, E, A, K."""
    for_drinks, for_worry, for_eye_opener, for_amnesia, for_cut_down = weights
    return [
        _worth(derive(tweak.drinks, lambda drinks: drinks >= tolerance), for_drinks),
        _worth(tweak.worried, for_worry),
        _worth(tweak.eye_opener, for_eye_opener),
        _worth(tweak.amnesia, for_amnesia),
        _worth(tweak.cut_down, for_cut_down),
    ]


def _worth(answer: Fact[bool], weight: int) -> Fact[int]:
    return derive(answer, lambda yes: weight if yes else 0)


def score(case: Case) -> int | None:
    """0–7; known only when all five are."""
    listed = points(case.facts.tweak, case.editions.value(TOLERANCE), case.editions.value(POINTS))
    known = [fact.value for fact in listed if isinstance(fact, Known)]
    return sum(known) if len(known) == len(listed) else None


def judge(case: Case) -> Iterator[Outcome]:
    facts = case.facts
    yield from _tweak(case)
    yield from if_any(
        NOW,
        [
            Reason("hun drikker alkohol nu", facts.drinks_now),
            Reason("hun har drukket 5 genstande ved samme lejlighed", facts.binge),
        ],
        after="I Danmark anbefales gravide helt at undgå alkohol.",
    )
    yield from (fact for fact in (facts.drank_before, facts.drinks_now, facts.binge) if isinstance(fact, Unknown))


def _tweak(case: Case) -> Iterator[Outcome]:
    listed = points(case.facts.tweak, case.editions.value(TOLERANCE), case.editions.value(POINTS))
    known = [fact for fact in listed if isinstance(fact, Known)]
    total, data = sum(fact.value for fact in known), tuple(datum for fact in known for datum in fact.data)
    missing = merge_unknown(listed)
    never_drank = isinstance(case.facts.drank_before, Known) and not case.facts.drank_before.value
    if total >= case.editions.value(CUT_OFF):
        yield HIGH.because(
            f"TWEAK er {'mindst ' if missing else ''}{total} af 7 point. Spørgsmålene er vores egen oversættelse. "
            "Viser samtalen et forbrug, gælder R21.",
            data,
            disagreement=CUT_OFF.disagreement,
        )
    elif missing:
        if not never_drank:
            yield missing
    else:
        yield LOW.because(
            f"TWEAK er {total} af 7 point. En lav score lukker ikke emnet: testen overser mange.",
            data,
            disagreement=CUT_OFF.disagreement,
        )


RULE = Rule(
    "R13",
    "Alkohol og TWEAK",
    (
        (
            "T: mindst 3 genstande, før det mærkes: 2 point. W: andre bekymrede det seneste år: 2. E: om morgenen: "
            "1. A: huller i hukommelsen: 1. K: følt behov for at skære ned: 1. I alt 0–7."
        ),
        "Fra 2 point: muligt risikoforbrug. En lav score lukker aldrig emnet, og ALK-01 til ALK-04 spørges altid.",
        "Alkohol nu eller 5 genstande ved samme lejlighed i graviditeten: samtale.",
        "Spørgsmålene er projektets oversættelse og skal kontrolleres.",
    ),
    judge,
    (HIGH, NOW, LOW),
    (TOLERANCE, POINTS, CUT_OFF),
    (TWN, TWK, ALK, KNOWLEDGE),
    (
        Example("Tåler 3 genstande", {"ALK-01": "yes", "tweak_tolerance": 3}, ("R13.tweak",)),
        Example(
            "Alle fem nej, men drikker nu",
            {
                "ALK-01": "yes",
                "ALK-02": "yes",
                "tweak_tolerance": 2,
                "tweak_worried": "no",
                "tweak_eye_opener": "no",
                "tweak_amnesia": "no",
                "tweak_cut_down": "no",
            },
            ("R13.low", "R13.now"),
            ("R13.tweak",),
        ),
    ),
)

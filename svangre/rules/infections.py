"""R9: hepatitis B, hiv and syphilis are offered to all; other infections by risk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown, has, holds
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import EPI, INF, KNOWLEDGE, LH
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

CHLAMYDIA_AGE = Threshold("chlamydia_age", "Klamydia: alder under", "år", (Row(26, KNOWLEDGE, date(2026, 11, 24)),))

OFFER = Prompt(
    "R9.known_hepatitis",
    "Overvej prøve for hepatitis B, også når sygdommen er kendt",
    (INF,),
    "confirmed",
    "plan",
    "hepatitis_b",
)
POSITIVE = Prompt("R9.positive", "Overvej henvisning til specialafdeling", (EPI,), "confirmed", "today", "hepatitis_b")
CHLAMYDIA = Prompt("R9.chlamydia", "Overvej klamydiatest", (KNOWLEDGE,), "unverified", "plan", "screenings")


def judge(case: Case) -> Iterator[Outcome]:
    exam = case.facts.exam
    tests = (("Hepatitis B", exam.hepatitis_b), ("Hiv", exam.hiv), ("Syfilis", exam.syphilis))
    positive = [(name, fact) for name, fact in tests if isinstance(fact, Known) and fact.value == "positive"]
    if positive:
        names = " og ".join(name for name, _ in positive)
        yield POSITIVE.because(f"{names} er positiv.", (datum for _, fact in positive for datum in fact.data))
    yield from (fact for _, fact in tests if isinstance(fact, Unknown))
    known_hepatitis = has(case.facts.illness.infections, "hepatitis")
    if holds(known_hepatitis) and isinstance(exam.hepatitis_b, Unknown):
        yield OFFER.because(
            "Hun har eller har haft leverbetændelse. Screeningen tilbydes alle, også ved kendt hepatitis B.",
            known_hepatitis.data,
        )
    if isinstance(case.age, Known) and case.age.value < case.editions.value(CHLAMYDIA_AGE):
        if "chlamydia" not in exam.screenings:
            yield CHLAMYDIA.because(f"Hun er {case.age.value} år på terminsdatoen.", case.age.data)


RULE = Rule(
    "R9",
    "Infektioner",
    (
        "Alle tilbydes prøve for hepatitis B, hiv og syfilis i samme glas som blodtypen. Det er frivilligt.",
        "Også kvinder med kendt hepatitis B. Ved positivt svar: specialafdeling.",
        "Klamydia (under 26 år), gonoré, hepatitis C og MRSA efter risiko: kriterier er uverificerede.",
    ),
    judge,
    (POSITIVE, OFFER, CHLAMYDIA),
    (CHLAMYDIA_AGE,),
    (INF, EPI, LH, KNOWLEDGE),
    (
        Example("Hiv positiv", {"hiv": "positive"}, ("R9.positive",)),
        Example(
            "Alle tre negative",
            {"hiv": "negative", "hepatitis_b": "negative", "syphilis": "negative"},
            absent=("R9.positive",),
        ),
    ),
)

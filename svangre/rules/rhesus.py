"""R8: blood group, RhD and anti-D."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown, has
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE, LH, RHD, P
from svangre.rules.threshold import AGE, Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

SAMPLE_WEEK = Threshold(
    "rh_sample", "Prøve for antistof og fosterets RhD", AGE, (Row((175, 181), RHD, date(2021, 9, 1)),)
)
ANTI_D_WEEK = Threshold(
    "anti_d_week",
    "Anti-D tidligst",
    "uge",
    (Row(29, P, date(2010, 10, 1)), Row(28, RHD, date(2021, 9, 1))),
    disagreement="Dansk Selskab for Klinisk Immunologi siger anti-D tidligst uge 28; papirblanketten og klinikker "
    "siger uge 29.",
    reason="den nyere nationale kilde gælder",
)
ANTI_D_DOSE = Threshold("anti_d_dose", "Anti-D, rutine", "µg", (Row("300", RHD, date(2021, 9, 1)),))
EVENT_NONE_TO = Threshold("event_none", "Hændelse: ingen anti-D til og med", "uge", (Row(6, RHD, date(2021, 9, 1)),))
EVENT_SMALL = Threshold("event_small", "Hændelse: 100–150 µg", "uge", (Row((8, 19), RHD, date(2021, 9, 1)),))
EVENT_LARGE_FROM = Threshold("event_large", "Hændelse: 250–300 µg fra", "uge", (Row(20, RHD, date(2021, 9, 1)),))

SAMPLE = Prompt(
    "R8.sample",
    "Overvej at bestille blodtype, RhD og antistoffer",
    (LH, P),
    "confirmed",
    "today",
    "blood_group_sample",
)
NEGATIVE = Prompt("R8.negative", "Overvej prøve i uge 25 og anti-D fra uge 28", (RHD,), "confirmed", "plan", "rhd")
EVENT = Prompt("R8.event", "Overvej anti-D ved blødning", (RHD,), "confirmed", "today", "rhd")
ANTIBODIES = Prompt(
    "R8.antibodies",
    "Overvej konference om irregulære antistoffer",
    (KNOWLEDGE,),
    "unverified",
    "today",
    "antibody_screen",
    is_obstetric=True,
)


def judge(case: Case) -> Iterator[Outcome]:
    exam = case.facts.exam
    rhesus, sample = exam.rhesus, exam.blood_group_sample
    if isinstance(sample, Known) and sample.value == "no" and isinstance(rhesus, Unknown):
        yield SAMPLE.because("Prøven er ikke bestilt. Den tages hos alle ved første besøg.", sample.data)
    elif isinstance(sample, Unknown) and isinstance(rhesus, Unknown):
        yield sample
    if isinstance(exam.antibodies, Unknown):
        yield exam.antibodies
    elif exam.antibodies.value == "positive":
        yield ANTIBODIES.because("Antistofscreeningen er positiv.", exam.antibodies.data)
    if isinstance(rhesus, Unknown) or rhesus.value == "awaiting":
        yield Unknown(("UND-09",), rhesus.data)
    elif rhesus.value == "negative":
        week = case.editions.row(ANTI_D_WEEK)
        yield NEGATIVE.because(
            "RhD-negativ. Prøve for antistof og fosterets RhD i uge 25. Er fosteret RhD-positivt og uden "
            "anti-D-antistof: 300 µg "
            f"anti-D, tidligst uge {week.value}, og 250–300 µg inden 72 timer efter fødslen.",
            rhesus.data,
            title=f"Overvej prøve i uge 25 og anti-D fra uge {week.value}",
            sources=(week.source,),
            disagreement=ANTI_D_WEEK.disagreement,
            window=case.window(SAMPLE_WEEK),
        )
        yield from _event(case, rhesus)


def _event(case: Case, rhesus: Known[str]) -> Iterator[Outcome]:
    bleeding = has(case.facts.symptoms, "bleeding")
    if isinstance(bleeding, Unknown):
        yield bleeding
        return
    if not bleeding.value:
        return
    data = (*rhesus.data, *bleeding.data)
    if isinstance(case.age_days, Unknown):
        yield EVENT.because(
            "RhD-negativ og bløder. Kilden: 100–150 µg i uge 8–19, 250–300 µg fra uge 20. Ugen er ikke kendt.", data
        )
        yield case.age_days
        return
    week = case.age_days.value // 7
    low, high = case.editions.value(EVENT_SMALL)
    if week <= case.editions.value(EVENT_NONE_TO):
        return
    if week >= case.editions.value(EVENT_LARGE_FROM):
        dose = "Kilden angiver 250–300 µg fra uge 20."
    elif low <= week <= high:
        dose = "Kilden angiver 100–150 µg i uge 8–19."
    else:
        dose = "Kilden siger intet om uge 7: konferér."
    yield EVENT.because(f"RhD-negativ og bløder i uge {week}. {dose} Gælder betydende blødning.", data)


RULE = Rule(
    "R8",
    "Blodtype, RhD og anti-D",
    (
        "Alle: blodtype, RhD og irregulære antistoffer ved første besøg.",
        (
            "RhD-negativ: prøve i uge 25 for antistof og fosterets RhD-type. Fosteret positivt og ingen "
            "anti-D-antistof: 300 µg anti-D, tidligst uge 28 (papirblanketten: uge 29); efter fødslen 250–300 µg "
            "inden 72 timer."
        ),
        (
            "Betydende blødning, abort, graviditet uden for livmoderen, mola, traume: til og med uge 6 intet; uge "
            "8–19 100–150 µg; fra uge 20 250–300 µg. Uge 7 er ikke dækket i den læste tekst."
        ),
    ),
    judge,
    (SAMPLE, NEGATIVE, EVENT, ANTIBODIES),
    (SAMPLE_WEEK, ANTI_D_WEEK, ANTI_D_DOSE, EVENT_NONE_TO, EVENT_SMALL, EVENT_LARGE_FROM),
    (RHD, LH, P, KNOWLEDGE),
    (
        Example("RhD-negativ", {"UND-09": "negative"}, ("R8.negative",)),
        Example("RhD-positiv", {"UND-09": "positive"}, absent=("R8.negative", "R8.event")),
    ),
)

"""R8: blood group, RhD and anti-D."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown, has
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.gestation import written_span
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
AFTER_BIRTH = Threshold(
    "anti_d_after", "Anti-D inden 72 timer efter fødslen", "µg", (Row("250–300", RHD, date(2021, 9, 1)),)
)
EVENT_NONE_TO = Threshold("event_none", "Hændelse: ingen anti-D til og med", "uge", (Row(6, RHD, date(2021, 9, 1)),))
EVENT_SMALL = Threshold("event_small", "Hændelse: lille dosis", "uge", (Row((8, 19), RHD, date(2021, 9, 1)),))
EVENT_SMALL_DOSE = Threshold(
    "event_small_dose", "Hændelse: lille dosis", "µg", (Row("100–150", RHD, date(2021, 9, 1)),)
)
EVENT_LARGE_FROM = Threshold("event_large", "Hændelse: stor dosis fra", "uge", (Row(20, RHD, date(2021, 9, 1)),))
EVENT_LARGE_DOSE = Threshold("event_large_dose", "Hændelse: stor dosis", "µg", (Row("250–300", RHD, date(2021, 9, 1)),))

SAMPLE = Prompt(
    "R8.sample",
    "Overvej at bestille blodtype, RhD og antistoffer",
    (LH, P),
    "confirmed",
    "today",
    "blood_group_sample",
)
NEGATIVE = Prompt(
    "R8.negative",
    f"Overvej prøve i {written_span(SAMPLE_WEEK.leading)} og anti-D fra uge {ANTI_D_WEEK.leading}",
    (RHD,),
    "confirmed",
    "plan",
    "rhd",
)
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
        week, value = case.editions.row(ANTI_D_WEEK), case.editions.value
        sample_week = written_span(value(SAMPLE_WEEK))
        yield NEGATIVE.because(
            f"RhD-negativ. Prøve for antistof og fosterets RhD i {sample_week}. Er fosteret RhD-positivt og uden "
            f"anti-D-antistof: {value(ANTI_D_DOSE)} µg anti-D, tidligst uge {week.value}, og {value(AFTER_BIRTH)} µg "
            "inden 72 timer efter fødslen.",
            rhesus.data,
            title=f"Overvej prøve i {sample_week} og anti-D fra uge {week.value}",
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
    data, value = (*rhesus.data, *bleeding.data), case.editions.value
    (low, high), large_from = value(EVENT_SMALL), value(EVENT_LARGE_FROM)
    small = f"{value(EVENT_SMALL_DOSE)} µg i uge {low}–{high}"
    large = f"{value(EVENT_LARGE_DOSE)} µg fra uge {large_from}"
    if isinstance(case.age_days, Unknown):
        yield EVENT.because(f"RhD-negativ og bløder. Kilden: {small}, {large}. Ugen er ikke kendt.", data)
        yield case.age_days
        return
    week = case.age_days.value // 7
    if week <= value(EVENT_NONE_TO):
        return
    if week >= large_from:
        dose = f"Kilden angiver {large}."
    elif low <= week <= high:
        dose = f"Kilden angiver {small}."
    else:
        dose = f"Kilden siger intet om uge {week}: konferér."
    yield EVENT.because(f"RhD-negativ og bløder i uge {week}. {dose} Gælder betydende blødning.", data)


RULE = Rule(
    "R8",
    "Blodtype, RhD og anti-D",
    (
        "Alle: blodtype, RhD og irregulære antistoffer ved første besøg.",
        (
            f"RhD-negativ: prøve i {written_span(SAMPLE_WEEK.leading)} for antistof og fosterets RhD-type. Fosteret "
            f"positivt og ingen anti-D-antistof: {ANTI_D_DOSE.leading} µg anti-D, tidligst uge {ANTI_D_WEEK.leading} "
            f"(se uenigheden); efter fødslen {AFTER_BIRTH.leading} µg inden 72 timer."
        ),
        (
            "Betydende blødning, abort, graviditet uden for livmoderen, mola, traume: til og med uge "
            f"{EVENT_NONE_TO.leading} intet; uge {EVENT_SMALL.leading[0]}–{EVENT_SMALL.leading[1]} "
            f"{EVENT_SMALL_DOSE.leading} µg; fra uge {EVENT_LARGE_FROM.leading} {EVENT_LARGE_DOSE.leading} µg. "
            "Uge 7 er ikke dækket i den læste tekst."
        ),
    ),
    judge,
    (SAMPLE, NEGATIVE, EVENT, ANTIBODIES),
    (
        SAMPLE_WEEK,
        ANTI_D_WEEK,
        ANTI_D_DOSE,
        AFTER_BIRTH,
        EVENT_NONE_TO,
        EVENT_SMALL,
        EVENT_SMALL_DOSE,
        EVENT_LARGE_FROM,
        EVENT_LARGE_DOSE,
    ),
    (RHD, LH, P, KNOWLEDGE),
    (
        Example("RhD-negativ", {"UND-09": "negative"}, ("R8.negative",)),
        Example("RhD-positiv", {"UND-09": "positive"}, absent=("R8.negative", "R8.event")),
    ),
)

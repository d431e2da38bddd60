"""R25: a raised blood pressure. It does not fire R4, which needs known or treated hypertension."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown, derive, either
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.gestation import written
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import HDP23
from svangre.rules.threshold import AGE, Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

SYSTOLIC = Threshold("systolic", "Systolisk fra", "mmHg", (Row(140, HDP23, date(2023, 1, 1)),))
DIASTOLIC = Threshold("diastolic", "Diastolisk fra", "mmHg", (Row(90, HDP23, date(2023, 1, 1)),))
TARGET = Threshold("pressure_target", "Behandlingsmål: under", "mmHg", (Row("135/85", HDP23, date(2023, 1, 1)),))
CHRONIC_BEFORE = Threshold("chronic_before", "Muligt kronisk: før", AGE, (Row(140, HDP23, date(2023, 1, 1)),))

REPEAT = Prompt(
    "R25.high", "Overvej ny måling og hjemmeblodtryk", (HDP23,), "confirmed", "today", "systolic", is_obstetric=True
)


def judge(case: Case) -> Iterator[Outcome]:
    exam, value = case.facts.exam, case.editions.value
    high = either(
        derive(exam.systolic, lambda pressure: pressure >= value(SYSTOLIC)),
        derive(exam.diastolic, lambda pressure: pressure >= value(DIASTOLIC)),
    )
    if isinstance(high, Unknown):
        yield high
    elif high.value:
        age, before = case.age_days, value(CHRONIC_BEFORE)
        early = isinstance(age, Known) and age.value < before
        unsure = f" Før {written(before)} også obstetrisk vurdering." if isinstance(age, Unknown) else ""
        yield REPEAT.because(
            f"Blodtrykket er mindst {value(SYSTOLIC)} systolisk eller {value(DIASTOLIC)} diastolisk. Bekræftes med "
            "hjemmemåling." + (f" Før {written(before)} kan det være kronisk." if early else unsure),
            (*exam.systolic.data, *exam.diastolic.data),
            title="Overvej ny måling, hjemmeblodtryk og obstetrisk vurdering" if early else None,
        )


RULE = Rule(
    "R25",
    "Blodtryk",
    (
        (
            f"Fra {SYSTOLIC.leading} systolisk eller {DIASTOLIC.leading} diastolisk (eller begge): ny måling, "
            "bekræftes med hjemmeblodtryk."
        ),
        (
            f"Før {written(CHRONIC_BEFORE.leading)} også obstetrisk vurdering (muligt kronisk forhøjet blodtryk). "
            f"Behandlingsmål under {TARGET.leading}."
        ),
        "En måling udløser ikke R4.",
    ),
    judge,
    (REPEAT,),
    (SYSTOLIC, DIASTOLIC, CHRONIC_BEFORE, TARGET),
    (HDP23,),
    (
        Example("146/92", {"UND-05": "146/92"}, ("R25.high",)),
        Example("139/89", {"UND-05": "139/89"}, absent=("R25.high",)),
        Example("118/90", {"UND-05": {"systolic": 118, "diastolic": 90}}, ("R25.high",)),
    ),
)

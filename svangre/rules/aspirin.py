"""R4: low-dose aspirin against pre-eclampsia. A blood pressure reading alone is R25.

No dose is shown unless the clinic has chosen a source for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, any_birth, has, holds, is_one_of
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.gestation import written
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import ASA17, ASA25, KNOWLEDGE, PENEWS
from svangre.rules.threshold import AGE, Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

FROM = Threshold("asa_from", "Start tidligst", AGE, (Row(84, ASA17, date(2018, 1, 1)),))
BEFORE = Threshold("asa_before", "Start helst før", AGE, (Row(112, ASA17, date(2018, 1, 1)),))
STOP = Threshold("asa_stop", "Stop ved", AGE, (Row(259, ASA17, date(2018, 1, 1)),))
DOSE = Threshold(
    "asa_dose",
    "Dosis, vises kun efter klinikkens valg",
    "mg",
    (Row("100", ASA17, date(2018, 1, 1)), Row("mindst 100", ASA25, date(2025, 4, 28))),
    disagreement="DSOG 2017/18 og de nyere studier angiver forskellig dosis: følg lokal instruks.",
    reason="ingen dosis vises, før klinikken vælger",
)

TITLE_LATE = "Overvej, om forebyggende acetylsalicylsyre stadig kan startes – konferér/henvis"
START = Prompt(
    "R4.start",
    f"Overvej forebyggende acetylsalicylsyre før {written(BEFORE.leading)} – konferér/henvis",
    (ASA17, ASA25),
    "confirmed",
    "plan",
    "obstetric_referral",
    is_obstetric=True,
)
CONTRAINDICATION = Prompt(
    "R4.contraindication",
    "Overvej kontraindikationer mod acetylsalicylsyre",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "allergy",
)


def reasons(case: Case) -> list[Reason]:
    ill = case.facts.illness
    return [
        Reason(
            "tidligere svær svangerskabsforgiftning",
            any_birth(case.facts.births, lambda birth: has(birth.pregnancy_course, "severe_preeclampsia")),
        ),
        Reason("nyresygdom", has(ill.urogenital, "kidney_disease")),
        Reason("lupus (SLE)", has(ill.rheumatic, "lupus")),
        Reason("antifosfolipidsyndrom", has(ill.blood, "antiphospholipid_syndrome")),
        Reason("kendt forhøjet blodtryk", has(ill.circulation, "hypertension")),
        Reason("ægdonation", is_one_of(case.facts.fertility_kind, "egg_donation")),
    ]


def judge(case: Case) -> Iterator[Outcome]:
    age = case.age_days.value if isinstance(case.age_days, Known) else None
    if age is not None and age >= case.editions.value(STOP):
        return
    start, before = case.editions.value(FROM), case.editions.value(BEFORE)
    begun = age is not None and age >= start
    late = age is not None and age >= before
    after = f"Bedste virkning ved start fra uge {start // 7} og før {written(before)}."
    if late:
        after = f"{written(before)} er passeret; senere start kan overvejes."
    if holds(has(case.facts.illness.circulation, "hypertension")):
        after += " DSOG nævner behandlet kronisk hypertension: afklar, om hun er i behandling."
    if DOSE.key in case.editions.leads:
        dose = case.editions.row(DOSE)
        after += f" {dose.source.line}: {dose.value} mg dagligt."
    listed = reasons(case)
    yield from if_any(
        START,
        listed,
        after=after,
        title=TITLE_LATE if late else None,
        urgency="today" if begun else None,
        disagreement=DOSE.disagreement,
        window=case.dates((start, before - 1)),
    )
    if any(reason.holds for reason in listed):
        yield from if_any(
            CONTRAINDICATION,
            [
                Reason("allergi", case.facts.allergy),
                Reason("blødningssygdom", has(case.facts.illness.blood, "bleeding_disorder")),
            ],
        )


RULE = Rule(
    "R4",
    "Forebyggende acetylsalicylsyre mod svangerskabsforgiftning",
    (
        (
            "Tidligere svær svangerskabsforgiftning, kronisk nyresygdom, SLE eller antifosfolipidsyndrom, kendt "
            "eller behandlet forhøjet blodtryk, ægdonation."
        ),
        (
            "Type 1- eller type 2-diabetes kun sammen med nefropati, mikroalbuminuri, behandlet forhøjet blodtryk "
            "eller tidligere svangerskabsforgiftning; diabetes alene giver R3."
        ),
        (
            f"Start fra uge {FROM.leading // 7}, helst før {written(BEFORE.leading)}; stop ved {written(STOP.leading)}."
            " Tages til natten. Følg lokal instruks."
        ),
        "Dosis vises kun, når klinikken har valgt en kilde til den.",
        (
            "En enkelt blodtryksmåling giver R25, ikke R4. Tvillinger, alder, BMI, førstegangsfødende og familie "
            "tælles ikke sammen: de står ikke i den danske tekst."
        ),
        "Fra 2025 er en landsdækkende beregning i 1. trimester på vej.",
    ),
    judge,
    (START, CONTRAINDICATION),
    (FROM, BEFORE, STOP, DOSE),
    (ASA17, ASA25, PENEWS),
    (
        Example("Ægdonation", {"FER-01": "yes", "FER-02": "egg_donation"}, ("R4.start",)),
        Example("Kun et forhøjet blodtryk", {"UND-05": "150/95"}, ("R25.high",), ("R4.start",)),
    ),
)

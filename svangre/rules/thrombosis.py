"""R15: venous thromboembolism. Triggers without a score, shown as soon as she has answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from svangre.rules.bmi import limit_text
from svangre.rules.facts import derive, has, is_one_of, mentions
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE, VTE
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

VTE_BMI = Threshold("vte_bmi", "BMI fra (uverificeret)", "kg/m²", (Row(Fraction(30), KNOWLEDGE, date(2026, 11, 24)),))
VTE_AGE = Threshold("vte_age", "Alder over, kun ved siden af andet", "år", (Row(35, KNOWLEDGE, date(2026, 11, 24)),))

PREVENT = Prompt(
    "R15.own",
    "Overvej i dag, om der skal startes tromboseprofylakse – konferér",
    (VTE,),
    "partly",
    "today",
    "obstetric_referral",
    is_obstetric=True,
)
FAMILY = Prompt(
    "R15.family",
    "Overvej vurdering af tromboserisiko",
    (VTE,),
    "partly",
    "plan",
    "obstetric_referral",
    is_obstetric=True,
)
OTHER = Prompt(
    "R15.other",
    "Overvej samlet vurdering af tromboserisiko",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "obstetric_referral",
    is_obstetric=True,
)
WHEN = "Profylakse startes, når graviditeten er erkendt, hvis den er indiceret. Der regnes ingen score."


def judge(case: Case) -> Iterator[Outcome]:
    ill, facts = case.facts.illness, case.facts
    own = [
        Reason("egen blodprop", has(ill.circulation, "blood_clot")),
        Reason("trombofili", has(ill.blood, "thrombophilia")),
        Reason("antifosfolipidsyndrom", has(ill.blood, "antiphospholipid_syndrome")),
    ]
    family = [Reason("blodprop hos forældre eller søskende", facts.family.blood_clot)]
    yield from if_any(PREVENT, own, after=WHEN)
    yield from if_any(FAMILY, family, after=WHEN)
    limit, oldest = case.editions.value(VTE_BMI), case.editions.value(VTE_AGE)
    others = [
        Reason("seglcellesygdom", mentions(facts.diagnoses, "seglcelle", "sickle")),
        Reason("nefrotisk syndrom", mentions(facts.diagnoses, "nefrotisk")),
        Reason("overstimulerede æggestokke (OHSS)", mentions(facts.diagnoses, "ohss", "overstimul", "hyperstimul")),
        Reason("immobilisering", mentions(facts.diagnoses, "immobil", "sengeleje")),
        Reason("nyresygdom", has(ill.urogenital, "kidney_disease")),
        Reason("tarmbetændelse", has(ill.gastrointestinal, "ulcerative_colitis", "crohns_disease")),
        Reason("leddegigt eller lupus", has(ill.rheumatic, "rheumatoid_arthritis", "lupus")),
        Reason("IVF", is_one_of(facts.fertility_kind, "ivf", "icsi", "frozen", "egg_donation")),
        Reason(f"BMI ≥ {limit_text(limit)}", derive(case.bmi, lambda bmi: bmi >= limit)),
        Reason("kaster alt op", has(facts.symptoms, "vomiting_keeps_nothing_down")),
        Reason("rygning", is_one_of(facts.smokes, "yes")),
    ]
    if any(reason.holds for reason in (*own, *family, *others)):
        others.append(Reason(f"alder over {oldest} år", derive(case.age, lambda age: age > oldest)))
    yield from if_any(OTHER, others)


RULE = Rule(
    "R15",
    "Blodprop (VTE)",
    (
        (
            "Egen blodprop, kendt trombofili eller antifosfolipidsyndrom: vurdering samme dag, allerede når hun har "
            "svaret."
        ),
        "Blodprop hos forældre eller søskende: vurdering.",
        (
            "Uverificeret: seglcellesygdom, nefrotisk syndrom, OHSS og immobilisering (når ordet står blandt hendes "
            "andre sygdomme), nyresygdom, tarmbetændelse, gigtsygdom, IVF, "
            f"BMI ≥ {limit_text(VTE_BMI.leading)}, kraftige opkast, "
            f"rygning. Alder over {VTE_AGE.leading} nævnes kun ved siden af noget andet."
        ),
        "DSOG har en pointmodel, men vægtene er ikke læst: der regnes ingen score.",
    ),
    judge,
    (PREVENT, FAMILY, OTHER),
    (VTE_BMI, VTE_AGE),
    (VTE, KNOWLEDGE),
    (
        Example("Egen blodprop", {"SYG-00": "yes", "SYG-01": ["blood_clot"]}, ("R15.own",)),
        Example(
            "Alder alene",
            {"birth_date": "1980-01-01", "TER-01": "2025-01-01", "STA-11": "2025-03-01"},
            absent=("R15.other",),
        ),
    ),
)

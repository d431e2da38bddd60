"""R22: reasons that point to an omsorgsniveau, highest first. Nothing is selected.

Level 4 is psychosocial and about substances, not obstetric risk: obstetric referral (VUR-03) is a field of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.age import YOUNG
from svangre.rules.bmi import OVERWEIGHT, named
from svangre.rules.facts import Fact, any_birth, derive, either, has, is_one_of
from svangre.rules.finding import Outcome, Prompt, Reason, Strength, if_any
from svangre.rules.gdm import had_gdm, risk_factors
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import FAM, G1, KNOWLEDGE, NIV, P, Source

if TYPE_CHECKING:
    from svangre.rules.case import Case

LEVELS = {
    1: "Basistilbud",
    2: "Udvidet basistilbud",
    3: "Udvidet basistilbud med tværfagligt samarbejde",
    4: "Samarbejde med specialiserede institutioner (familieambulatorium)",
}
CONFIRMED_BY = (NIV, P, G1)


def level_prompt(
    name: str, level: int, strength: Strength = "confirmed", sources: tuple[Source, ...] = CONFIRMED_BY
) -> Prompt:
    return Prompt(
        f"R22.{name}", f"Overvej omsorgsniveau {level}", sources, strength, "knowledge", "omsorgsniveau", level=level
    )


SUBSTANCES = level_prompt("substances", 4, sources=(NIV, FAM))
SEVERE_MENTAL = level_prompt("severe_mental", 4)
MENTAL = level_prompt("mental", 3)
CHRONIC = level_prompt("chronic", 3)
SOCIAL = level_prompt("social", 3)
HER_LIFE = level_prompt("her_life", 3, "partly")
YOUNG_AGE = level_prompt("young", 3, "unverified", (KNOWLEDGE,))
POSTPARTUM = level_prompt("postpartum", 3, "unverified", (KNOWLEDGE,))
SMOKING = level_prompt("smoking", 2)
WEIGHT = level_prompt("overweight", 2)
EXPERIENCE = level_prompt("experience", 2)
DIABETES_RISK = level_prompt("gdm_risk", 2)
BIRTH_FEAR = level_prompt("birth_fear", 2, "unverified", (KNOWLEDGE,))


def _chronic(case: Case) -> Fact[bool]:
    ill = case.facts.illness
    return either(
        has(ill.circulation, "hypertension", "heart_disease", "stroke"),
        has(ill.airways, "severe_asthma"),
        has(
            ill.endocrine, "hypothyroidism", "hyperthyroidism", "thyroid_disease", "diabetes_type_1", "diabetes_type_2"
        ),
        has(ill.urogenital, "kidney_disease"),
        has(ill.neurology, "epilepsy", "multiple_sclerosis"),
        has(ill.gastrointestinal, "ulcerative_colitis", "crohns_disease", "liver_disease"),
        has(ill.rheumatic, "rheumatoid_arthritis", "lupus", "scleroderma"),
        has(ill.blood, "bleeding_disorder", "thrombophilia", "antiphospholipid_syndrome"),
        has(ill.infections, "hiv"),
    )


def _reasons(case: Case) -> Iterator[tuple[Prompt, Reason]]:
    facts, ill, births = case.facts, case.facts.illness, case.facts.births
    overweight, young = case.editions.value(OVERWEIGHT), case.editions.value(YOUNG)
    yield SUBSTANCES, Reason("rusmidler eller vanedannende medicin", either(facts.substances, facts.substances_now))
    yield SEVERE_MENTAL, Reason("svær psykisk sygdom", has(ill.mental_kinds, "psychosis", "bipolar"))
    yield MENTAL, Reason("psykisk sygdom", ill.mental)
    yield CHRONIC, Reason("kronisk sygdom", _chronic(case))
    yield SOCIAL, Reason("social sårbarhed", facts.vulnerable)
    yield (
        HER_LIFE,
        Reason(
            "noget i hendes liv gør det svært lige nu",
            either(facts.difficult_life, has(facts.circumstances, "finances", "housing", "network", "municipality")),
        ),
    )
    yield YOUNG_AGE, Reason(f"under {young} år", derive(case.age, lambda age: age < young))
    yield (
        POSTPARTUM,
        Reason("psykisk sygdom efter en fødsel", any_birth(births, lambda birth: birth.mental_illness_after)),
    )
    yield SMOKING, Reason("rygning", is_one_of(facts.smokes, "yes"))
    yield WEIGHT, Reason(f"overvægt, {named(case.bmi)}", derive(case.bmi, lambda value: value >= overweight))
    yield (
        EXPERIENCE,
        Reason(
            "dårlig fødselsoplevelse", any_birth(births, lambda birth: is_one_of(birth.experience, "bad", "traumatic"))
        ),
    )
    yield (
        DIABETES_RISK,
        Reason(
            "risiko for graviditetsdiabetes",
            either(had_gdm(case), *(factor.fact for factor in risk_factors(case))),
        ),
    )
    yield BIRTH_FEAR, Reason("angst for fødslen", is_one_of(facts.birth_fear, "much"))


def judge(case: Case) -> Iterator[Outcome]:
    for prompt, reason in _reasons(case):
        level = prompt.level
        assert level  # every prompt of this rule points to one
        yield from if_any(prompt, [reason], after=f"Peger på niveau {level}: {LEVELS[level].lower()}.")


RULE = Rule(
    "R22",
    "Omsorgsniveau",
    (
        "Grunde vises med det niveau, de peger på, højeste først. Intet er valgt på forhånd.",
        (
            "Niveau 4: rusmidler, svær psykisk sygdom. Niveau 3: psykisk sygdom, kronisk sygdom, svære sociale "
            "forhold. Niveau 2: rygning, overvægt, dårlig fødselsoplevelse, risiko for graviditetsdiabetes."
        ),
        "Uverificeret: alder under 20 og psykisk sygdom efter fødsel (niveau 3), angst for fødslen (niveau 2).",
        "Obstetrisk vurdering er et felt for sig: et højere niveau betyder ikke højere obstetrisk risiko.",
        "Kriterieteksten fra 2021/22 er ikke læst.",
    ),
    judge,
    (
        SUBSTANCES,
        SEVERE_MENTAL,
        MENTAL,
        CHRONIC,
        SOCIAL,
        HER_LIFE,
        YOUNG_AGE,
        POSTPARTUM,
        SMOKING,
        WEIGHT,
        EXPERIENCE,
        DIABETES_RISK,
        BIRTH_FEAR,
    ),
    (OVERWEIGHT, YOUNG),
    CONFIRMED_BY,
    (
        Example("Ryger", {"TOB-02": "yes"}, ("R22.smoking",)),
        Example("Rusmidler", {"RUS-01": "yes"}, ("R22.substances",)),
        Example("BMI 24,9", {"UND-01": 170, "UND-02": 72}, absent=("R22.overweight",)),
    ),
)

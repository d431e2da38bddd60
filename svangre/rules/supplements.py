"""R5 folic acid, R6 vitamin D, R7 iron and calcium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown, any_birth, derive, has
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.gdm import has_diabetes
from svangre.rules.gestation import written
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import FOL, GP1, GP2, KNOWLEDGE, P
from svangre.rules.threshold import AGE, Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

FOLIC_UNTIL = Threshold("folic_until", "Folsyre til og med", AGE, (Row(90, FOL, date(2021, 9, 16)),))
FOLIC_DOSE = Threshold("folic_dose", "Folsyre", "µg dagligt", (Row("400", FOL, date(2021, 9, 16)),))
FOLIC_HIGH = Threshold(
    "folic_high",
    "Folsyre ved neuralrørsdefekt",
    "mg dagligt",
    (Row("5", FOL, date(2021, 9, 16)),),
    disagreement="pro.medicin siger 5 mg til udgangen af 2. måned ved neuralrørsdefekt; en praksisinstruks efter "
    "2013 nævner flere grunde, fx tidligere abort, og 3 måneder.",
    reason="nyeste kilde med klar gruppe",
)
FOLIC_BMI = Threshold(
    "folic_bmi", "Høj folsyre: BMI fra (uverificeret)", "kg/m²", (Row(Fraction(30), KNOWLEDGE, date(2026, 11, 24)),)
)
VITAMIN_D_DOSE = Threshold("vitamin_d_dose", "D-vitamin", "µg dagligt", (Row("10", GP1, date(2013, 1, 1)),))
IRON_DOSE = Threshold("iron_dose", "Jern", "mg dagligt", (Row("40–50", GP1, date(2013, 1, 1)),))
IRON_FROM = Threshold("iron_from", "Jern fra, senest", AGE, (Row((70, 126), GP1, date(2013, 1, 1)),))
CALCIUM_DOSE = Threshold(
    "calcium_dose", "Calcium uden mælkeprodukter", "mg dagligt", (Row("500", GP1, date(2013, 1, 1)),)
)

FOLIC = Prompt(
    "R5.folic",
    f"Overvej at anbefale folsyre {FOLIC_DOSE.leading} µg dagligt",
    (FOL,),
    "confirmed",
    "today",
    "folic_acid",
)
HIGH = Prompt(
    "R5.high",
    f"Overvej, om folsyre {FOLIC_HIGH.leading} mg dagligt er relevant",
    (FOL, GP1),
    "partly",
    "today",
    "folic_acid",
)
EPILEPSY = Prompt("R5.epilepsy", "Overvej folsyredosis sammen med specialist", (FOL,), "partly", "today", "folic_acid")
HIGH_UNVERIFIED = Prompt(
    "R5.high_unverified", "Overvej høj dosis folsyre", (KNOWLEDGE,), "unverified", "today", "folic_acid"
)
VITAMIN_D = Prompt(
    "R6.vitamin_d",
    f"Overvej at anbefale D-vitamin {VITAMIN_D_DOSE.leading} µg dagligt",
    (GP1, GP2),
    "confirmed",
    "plan",
    "supplements",
)
IRON = Prompt(
    "R7.iron",
    f"Overvej at anbefale jern {IRON_DOSE.leading} mg dagligt fra uge {IRON_FROM.leading[0] // 7}",
    (GP1, GP2),
    "confirmed",
    "plan",
    "supplements",
)
CALCIUM = Prompt(
    "R7.calcium", f"Overvej calcium {CALCIUM_DOSE.leading} mg dagligt", (GP1,), "confirmed", "plan", "supplements"
)
B12 = Prompt("R7.b12", "Overvej B12-vitamin", (KNOWLEDGE,), "unverified", "plan", "supplements")


def judge_folic_acid(case: Case) -> Iterator[Outcome]:
    folic, age, until = case.facts.folic_acid, case.age_days, case.editions.value(FOLIC_UNTIL)
    if isinstance(age, Known) and age.value > until:
        return
    if isinstance(folic, Unknown):
        yield folic
    elif folic.value == "no":
        yield FOLIC.because(f"Hun tager ikke folsyre. Anbefales til og med {written(until)}.", (*folic.data, *age.data))
    if isinstance(folic, Known) and folic.value == "high":
        return
    ill, limit = case.facts.illness, case.editions.value(FOLIC_BMI)
    yield from if_any(
        HIGH,
        [
            Reason(
                "tidligere barn med misdannelse",
                any_birth(case.facts.births, lambda birth: has(birth.pregnancy_course, "malformation")),
            ),
            Reason("misdannelser i familien", case.facts.family.malformations),
        ],
        after="Gælder, hvis det er neuralrørsdefekt (fx rygmarvsbrok) hos et tidligere barn, hende selv eller "
        "partneren.",
        disagreement=FOLIC_HIGH.disagreement,
    )
    yield from if_any(
        EPILEPSY,
        [Reason("epilepsi", has(ill.neurology, "epilepsy"))],
        after="pro.medicin henviser til specialisttekst; medicin stoppes ikke.",
    )
    yield from if_any(
        HIGH_UNVERIFIED,
        [
            Reason("diabetes", has_diabetes(case)),
            Reason(f"BMI ≥ {limit}", derive(case.bmi, lambda bmi: bmi >= limit)),
            Reason("fedmeoperation", has(ill.operations, "bariatric")),
        ],
    )


def judge_vitamin_d(case: Case) -> Iterator[Outcome]:
    taken = case.facts.supplements
    if isinstance(taken, Unknown):
        yield taken
    elif "vitamin_d" not in taken.value:
        yield VITAMIN_D.because(
            f"Hun tager multivitamin: tjek, at det giver {case.editions.value(VITAMIN_D_DOSE)} µg. "
            "Anbefales hele graviditeten."
            if "multivitamin" in taken.value
            else "Hun tager ikke D-vitamin. Anbefales hele graviditeten.",
            taken.data,
        )


def judge_iron(case: Case) -> Iterator[Outcome]:
    taken, diet = case.facts.supplements, case.facts.diet
    if isinstance(taken, Unknown):
        yield taken
    elif "iron" not in taken.value:
        first, last = case.editions.value(IRON_FROM)
        yield IRON.because(
            f"Fra uge {first // 7}, senest uge {last // 7}. Jern i multivitamin tæller ikke. Tages mellem måltider, "
            "gerne med C-vitamin, og opbevares utilgængeligt for børn.",
            taken.data,
            window=case.window(IRON_FROM),
        )
    if isinstance(diet, Unknown):
        yield diet
    elif "vegan" in diet.value:
        if isinstance(taken, Known) and "calcium" not in taken.value:
            yield CALCIUM.because(
                "Hun spiser vegansk, altså uden mælkeprodukter. En halv liter mælk dagligt dækker ellers.",
                (*diet.data, *taken.data),
            )
        yield B12.because("Hun spiser vegansk.", diet.data)


FOLIC_RULE = Rule(
    "R5",
    "Folsyre",
    (
        (
            f"{FOLIC_DOSE.leading} µg dagligt fra planlagt graviditet og gennem 1. trimester (til og med "
            f"{written(FOLIC_UNTIL.leading)})."
        ),
        (
            f"{FOLIC_HIGH.leading} mg dagligt, når hun, partneren eller et tidligere barn har neuralrørsdefekt. "
            "Misdannelser i familien kan være det: spørg."
        ),
        "Epilepsi: pro.medicin henviser til specialisttekst. Diabetes, BMI ≥ 30 og fedmeoperation er uverificeret.",
    ),
    judge_folic_acid,
    (FOLIC, HIGH, EPILEPSY, HIGH_UNVERIFIED),
    (FOLIC_DOSE, FOLIC_UNTIL, FOLIC_HIGH, FOLIC_BMI),
    (FOL, GP1, KNOWLEDGE),
    (
        Example("Tager ikke folsyre", {"MED-03": "no"}, ("R5.folic",)),
        Example("Tager 400 µg", {"MED-03": "standard"}, absent=("R5.folic",)),
    ),
)
VITAMIN_D_RULE = Rule(
    "R6",
    "D-vitamin",
    (
        f"{VITAMIN_D_DOSE.leading} µg dagligt hele graviditeten.",
        "Højere dosis og måling ved lav soleksponering står på papirblanketten, men dosis er ikke bekræftet.",
    ),
    judge_vitamin_d,
    (VITAMIN_D,),
    (VITAMIN_D_DOSE,),
    (GP1, GP2, P),
    (Example("Ingen tilskud", {"MED-04": ["none"]}, ("R6.vitamin_d",)),),
)
IRON_RULE = Rule(
    "R7",
    "Jern og calcium",
    (
        (
            f"Jern {IRON_DOSE.leading} mg dagligt fra uge {IRON_FROM.leading[0] // 7}, senest uge "
            f"{IRON_FROM.leading[1] // 7}. Jern i multivitamin tæller ikke. Mellem måltider med C-vitamin, og "
            "utilgængeligt for børn."
        ),
        f"Calcium {CALCIUM_DOSE.leading} mg dagligt, hvis hun ikke får mælkeprodukter; en halv liter mælk dækker.",
        "Dosering efter ferritin er ikke fundet i kilderne. B12 ved vegansk kost er uverificeret.",
    ),
    judge_iron,
    (IRON, CALCIUM, B12),
    (IRON_DOSE, IRON_FROM, CALCIUM_DOSE),
    (GP1, GP2, KNOWLEDGE),
    (
        Example("Kun multivitamin", {"MED-04": ["multivitamin"]}, ("R7.iron",)),
        Example("Tager jern", {"MED-04": ["iron", "vitamin_d"]}, absent=("R7.iron", "R6.vitamin_d")),
    ),
)

"""R2: body mass index and weight gain. Exact numbers: thresholds compare rationals, never rounded or binary ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from svangre.rules.facts import Fact, Known, what_is_missing
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE, NIV, VJ
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

UNDERWEIGHT = Threshold(
    "bmi_underweight", "Undervægt: BMI under", "kg/m²", (Row(Fraction("18.5"), VJ, date(2013, 1, 1)),)
)
OVERWEIGHT = Threshold("bmi_overweight", "Overvægt: BMI fra", "kg/m²", (Row(Fraction(25), VJ, date(2013, 1, 1)),))
OBESITY = Threshold("bmi_obesity", "Svær overvægt: BMI fra", "kg/m²", (Row(Fraction(30), VJ, date(2013, 1, 1)),))
OBSTETRIC = Threshold(
    "bmi_obstetric", "Obstetrisk vurdering: BMI fra", "kg/m²", (Row(Fraction(35), KNOWLEDGE, date(2026, 11, 24)),)
)
ANAESTHETIC = Threshold(
    "bmi_anaesthetic", "Anæstesitilsyn: BMI fra", "kg/m²", (Row(Fraction(40), KNOWLEDGE, date(2026, 11, 24)),)
)
GAIN_UNDER = Threshold("gain_under", "Vægtøgning ved undervægt", "kg", (Row((13, 18), VJ, date(2013, 1, 1)),))
GAIN_NORMAL = Threshold("gain_normal", "Vægtøgning ved normalvægt", "kg", (Row((10, 15), VJ, date(2013, 1, 1)),))
GAIN_OVER = Threshold("gain_over", "Vægtøgning ved overvægt", "kg", (Row((8, 10), VJ, date(2013, 1, 1)),))
GAIN_OBESE = Threshold(
    "gain_obese", "Vægtøgning ved svær overvægt", "kg", (Row((6, 9), KNOWLEDGE, date(2026, 11, 24)),)
)

GAIN = Prompt("R2.gain", "Overvej at tale om vægtøgning", (VJ,), "confirmed", "knowledge", "weight_before_kg")
GAIN_UNVERIFIED = Prompt(
    "R2.gain_obese", "Overvej at tale om vægtøgning", (KNOWLEDGE,), "unverified", "knowledge", "weight_before_kg"
)
REVIEW = Prompt(
    "R2.review",
    "Overvej obstetrisk vurdering",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "obstetric_referral",
    is_obstetric=True,
)


def body_mass_index(height_cm: Fact[int], weight_kg: Fact[Decimal]) -> Fact[Fraction]:
    """kg/m² from height and the weight before pregnancy, exactly."""
    if isinstance(height_cm, Known) and isinstance(weight_kg, Known):
        return Known(Fraction(weight_kg.value) * 10_000 / height_cm.value**2, (*weight_kg.data, *height_cm.data))
    return what_is_missing(height_cm, weight_kg)


def half_up(number: Fraction, places: int = 0) -> Decimal:
    """Rounded half up, as people and the national model read it: 24,95 is 25,0."""
    scale = 10**places
    return Decimal((number * scale + Fraction(1, 2)) // 1).scaleb(-places)


def shown(number: Fraction) -> str:
    """»28,4«."""
    return str(half_up(number, 1)).replace(".", ",")


def limit_text(number: Fraction) -> str:
    """A limit as sources write it: »27«, »27,5«."""
    return shown(number).removesuffix(",0")


def named(bmi: Fact[Fraction]) -> str:
    """»BMI 28,4«, or »BMI« while it is not known."""
    return f"BMI {shown(bmi.value)}" if isinstance(bmi, Known) else "BMI"


def judge(case: Case) -> Iterator[Outcome]:
    bmi, value = case.bmi, case.editions.value
    if not isinstance(bmi, Known):
        yield bmi
        return
    if bmi.value < value(UNDERWEIGHT):
        yield GAIN.because(_advice(bmi.value, value(GAIN_UNDER)), bmi.data)
    elif value(OVERWEIGHT) <= bmi.value < value(OBESITY):
        yield GAIN.because(_advice(bmi.value, value(GAIN_OVER)), bmi.data)
    elif bmi.value >= value(OBESITY):
        yield GAIN_UNVERIFIED.because(_advice(bmi.value, value(GAIN_OBESE)), bmi.data)
    if bmi.value >= value(OBSTETRIC):
        anaesthetic = bmi.value >= value(ANAESTHETIC)
        yield REVIEW.because(
            f"BMI er {shown(bmi.value)}. Grænsen er regional.",
            bmi.data,
            title="Overvej obstetrisk vurdering og anæstesitilsyn" if anaesthetic else None,
        )


def _advice(bmi: Fraction, gain: tuple[int, int]) -> str:
    return f"BMI er {shown(bmi)}. Anbefalet vægtøgning i graviditeten er {gain[0]}–{gain[1]} kg."


RULE = Rule(
    "R2",
    "BMI og vægtøgning",
    (
        "BMI = vægt før graviditeten i kg / (højde i m)². Grænser gælder den nøjagtige værdi; vist med én decimal.",
        "Anbefalet vægtøgning: BMI under 18,5: 13–18 kg; fra 18,5: 10–15 kg; fra 25: 8–10 kg.",
        "BMI fra 30: 6–9 kg (uverificeret).",
        "Fra BMI 35 obstetrisk vurdering, fra 40 også anæstesitilsyn (regionalt, uverificeret).",
    ),
    judge,
    (GAIN, GAIN_UNVERIFIED, REVIEW),
    (UNDERWEIGHT, OVERWEIGHT, OBESITY, GAIN_UNDER, GAIN_NORMAL, GAIN_OVER, GAIN_OBESE, OBSTETRIC, ANAESTHETIC),
    (VJ, NIV, KNOWLEDGE),
    (
        Example("Højde 170 cm, vægt 82 kg: BMI 28,4", {"UND-01": 170, "UND-02": "82.0"}, ("R2.gain",)),
        Example("Højde 170 cm, vægt 65 kg: BMI 22,5", {"UND-01": 170, "UND-02": 65}, absent=("R2.gain",)),
    ),
)

"""R2 BMI and weight gain, R25 blood pressure: both sides of every threshold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from svangre.rules.bmi import body_mass_index, half_up, limit_text, named, shown
from svangre.rules.facts import Known, Unknown
from tests.rules.situations import TALL, assessed, at, finding, keys, missing, weighing

# R2. Source: VJ (bands, gain), K (gain from 30, review from 35).


@pytest.mark.parametrize(
    ("kg", "bmi", "prompt", "gain"),
    [
        ("73.9", 18.5, "R2.gain", "13–18 kg"),  # 18.475: shown as 18,5, still below
        ("74", 18.5, None, ""),
        ("99.9", 25.0, None, ""),  # 24.975: shown as 25,0, still below
        ("100", 25.0, "R2.gain", "8–10 kg"),
        ("119.9", 30.0, "R2.gain", "8–10 kg"),
        ("120", 30.0, "R2.gain_obese", "6–9 kg"),
    ],
)
def test_bands_go_by_the_exact_value_and_not_by_the_one_shown(
    kg: str, bmi: float, prompt: str | None, gain: str
) -> None:
    result = assessed(**weighing(kg))
    assert result["computed"]["bmi"] == bmi
    found = {one["key"] for kind in ("findings", "unverified") for one in result[kind] if one["rule"] == "R2"}
    assert found == ({prompt} if prompt else set())
    if prompt:
        assert gain in finding(prompt, **weighing(kg))["because"]


@pytest.mark.parametrize(
    ("kg", "title"),
    [
        ("139.9", None),
        ("140", "Overvej obstetrisk vurdering"),
        ("159.9", "Overvej obstetrisk vurdering"),
        ("160", "Overvej obstetrisk vurdering og anæstesitilsyn"),
    ],
)
def test_review_by_bmi_is_unverified(kg: str, title: str | None) -> None:
    found = [one["title"] for one in assessed(**weighing(kg))["unverified"] if one["key"] == "R2.review"]
    assert found == ([title] if title else [])


def test_bmi_of_the_example_is_28_4() -> None:
    bmi = body_mass_index(Known(170), Known(Decimal("82.0")))
    assert bmi == Known(Fraction(8200, 289))
    assert isinstance(bmi, Known)
    assert shown(bmi.value) == "28,4"
    assert (named(bmi), named(Unknown(("UND-01",)))) == ("BMI 28,4", "BMI")


def test_rounding_is_half_up_and_never_to_even() -> None:
    assert [half_up(Fraction(text), 1) for text in ("24.95", "24.949999", "25.05", "18.45")] == [
        Decimal("25.0"),
        Decimal("24.9"),
        Decimal("25.1"),
        Decimal("18.5"),
    ]
    assert [half_up(Fraction(text)) for text in ("82.5", "83.5", "82.49")] == [83, 84, 82]


def test_without_height_or_weight_there_is_no_bmi_and_both_are_named() -> None:
    assert assessed(**TALL)["computed"]["bmi"] is None
    assert body_mass_index(Unknown(("UND-01",)), Unknown(("UND-02",))) == Unknown(("UND-01", "UND-02"))
    assert "UND-02" in missing(**TALL)
    assert "UND-01" in missing(**{"UND-02": 80})


# R25. Source: HDP23.


@pytest.mark.parametrize(
    ("systolic", "diastolic", "high"),
    [(139, 89, False), (140, 60, True), (100, 90, True), (140, 90, True), (139, 90, True)],
)
def test_blood_pressure_from_140_or_90(systolic: int, diastolic: int, high: bool) -> None:
    answers = {"UND-05": {"systolic": systolic, "diastolic": diastolic}}
    assert ("R25.high" in keys(**answers)) == high
    assert "R4.start" not in keys(**answers)


@pytest.mark.parametrize(("weeks", "days", "early"), [(19, 6, True), (20, 0, False)])
def test_before_20_weeks_also_obstetric_assessment(weeks: int, days: int, early: bool) -> None:
    found = finding("R25.high", **at(weeks, days), **{"UND-05": "150/80"})
    assert ("obstetrisk vurdering" in found["title"]) == early
    assert ("kronisk" in found["because"]) == early
    assert found["urgency"] == "today"


def test_a_high_pressure_at_an_unknown_week_names_the_condition() -> None:
    assert finding("R25.high", **{"UND-05": "150/80"})["because"].endswith("Før 20+0 også obstetrisk vurdering.")


def test_one_high_number_decides_and_one_low_number_does_not() -> None:
    assert "R25.high" in keys(systolic=140)
    assert "R25.high" in keys(diastolic=90)
    assert "UND-05" in missing(systolic=120)
    assert "UND-05" not in missing(systolic=120, diastolic=80)


def test_a_limit_is_written_as_sources_write_it() -> None:
    assert [limit_text(Fraction(*parts)) for parts in ((27, 1), (55, 2))] == ["27", "27,5"]

"""What must hold for every record, whatever is in it."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import CATALOGUE
from svangre.record.assess_input import assess_json, read_answers
from svangre.record.facts import facts_of
from svangre.rules.assess import RULES, assess
from svangre.rules.bmi import body_mass_index
from svangre.rules.facts import Facts, Known
from svangre.rules.gestation import age_on, day_of, due_from_last_period
from tests.rules.golden import HEALTHY, RICH, SITUATIONS
from tests.rules.situations import TODAY, assessed

DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
BMI_RULES = {
    "R3.early", "R3.late", "R5.high_unverified", "R12.unverified", "R15.other", "R22.overweight", "R22.gdm_risk",
    "R2.review",
}  # fmt: skip


def found(answers: dict[str, Any]) -> set[str]:
    result = assess_json(answers, TODAY)
    return {one["key"] for one in (*result["findings"], *result["unverified"])}


@settings(deadline=None)
@given(st.integers(120, 210), st.decimals("30", "249", places=1), st.decimals("0", "1", places=1))
def test_bmi_grows_with_weight_and_falls_with_height(height: int, weight: Decimal, more: Decimal) -> None:
    def bmi(cm: int, kg: Decimal) -> Any:
        fact = body_mass_index(Known(cm), Known(kg))
        assert isinstance(fact, Known)
        return fact.value

    assert bmi(height, weight) <= bmi(height, weight + more)
    assert bmi(height + 1, weight) < bmi(height, weight)


@settings(max_examples=60, deadline=None)
@given(st.decimals("40", "160", places=1), st.decimals("0.1", "80", places=1))
def test_a_higher_bmi_never_takes_a_risk_away(weight: Decimal, more: Decimal) -> None:
    base = {"TER-06": "2025-10-08", "ARV-08": "no", "UND-01": 180}
    light, heavy = (found({**base, "UND-02": str(kg)}) & BMI_RULES for kg in (weight, weight + more))
    assert light <= heavy


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_answers_rows_and_options_is_irrelevant(shuffler: random.Random) -> None:
    def mixed(value: Any) -> Any:
        if isinstance(value, dict):
            pairs = list(value.items())
            shuffler.shuffle(pairs)
            return {key: mixed(part) for key, part in pairs}
        if isinstance(value, list):
            parts = [mixed(part) for part in value]
            shuffler.shuffle(parts)
            return parts
        return value

    def plain(result: Any) -> Any:
        for one in (*result["findings"], *result["unverified"]):
            one["data"] = sorted(one["data"], key=str)
        return result

    assert plain(assess_json(mixed(RICH), TODAY)) == plain(assess_json(RICH, TODAY))


# What is not asked of everybody, or not once another date leads: without it there is nothing to ask for.
ON_INDICATION = {
    "TER-06",
    "FER-03",
    "tests",
    "UND-16",
    "urine_culture_cfu",
    "gbs_in_urine",
    "haemoglobin_screening_result",
    "medicines",
}


def refs(key: str) -> set[str]:
    """The rows of the specification that a key of the input belongs to, with the questions that open it."""
    found = {key}
    for placed in CATALOGUE:
        if key in (placed.item.id, placed.item.ref):
            group = CATALOGUE.group(placed.group) if placed.group else None
            openers = [item.when.item for item in (placed.item, group) if item and item.when]
            found |= {placed.item.ref, *(CATALOGUE[opener].ref for opener in openers)}
    return found


@pytest.mark.parametrize("name", ["rich", "diabetes", "bypass", "results"])
def test_a_finding_that_goes_with_an_answer_leaves_the_question_behind(name: str) -> None:
    """Missing data never yields "no risk": what disappears with an answer is told to be missing."""
    answers = SITUATIONS[name]
    whole = found_in(assess_json(answers, TODAY))
    for dropped in answers.keys() - ON_INDICATION - {"STA-11", "birth_date"}:
        result = assess_json({key: value for key, value in answers.items() if key != dropped}, TODAY)
        assert whole <= found_in(result) or refs(dropped) & set(result["missing"]), dropped


def found_in(result: Any) -> set[str]:
    return {one["key"] for one in (*result["findings"], *result["unverified"])}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["unknown", "declines", "ask_doctor", None]), st.lists(st.sampled_from(sorted(HEALTHY))))
def test_a_state_is_never_taken_for_no(state: str | None, asked: list[str]) -> None:
    """An answer that is no value gives exactly the findings that no answer gives, but for the flag on the due date."""
    keys = [key for key in asked if key not in ("STA-11", "birth_date", "TER-03")]
    without = {key: value for key, value in HEALTHY.items() if key not in keys}
    assert found({**without, **dict.fromkeys(keys, state)}) == found(without)


def test_what_no_rule_can_conclude_is_missing_when_nothing_is_told() -> None:
    result = assessed()
    assert result["findings"] == []
    assert result["unverified"] == []
    assert len(result["missing"]) > 50


def test_nothing_is_missing_and_nothing_found_when_all_is_told_and_well() -> None:
    result = assess_json({**HEALTHY, "TER-01": "2026-10-06"}, TODAY)
    assert (result["findings"], result["unverified"], result["missing"]) == ([], [], [])


@settings(deadline=None)
@given(DATES, st.integers(21, 42), st.integers(0, 307))
def test_age_and_day_are_inverse_over_leap_days_and_turns_of_the_century(first: date, cycle: int, age: int) -> None:
    due = due_from_last_period(first) + timedelta(days=cycle - 28)
    assert age_on(due, day_of(due, age)) == age
    assert age_on(due, first) == 28 - cycle
    assert (due - first).days == 252 + cycle


@settings(deadline=None)
@given(DATES, st.integers(0, 300))
def test_gestational_age_grows_by_one_a_day(due: date, before: int) -> None:
    day = due - timedelta(days=before)
    assert age_on(due, day + timedelta(days=1)) - age_on(due, day) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(-12, 14), st.times())
def test_the_hour_and_zone_in_which_she_answers_move_no_date(offset: int, clock: Any) -> None:
    """Answers carry moments; the rules read calendar dates alone."""
    answers = read_answers({key: value for key, value in RICH.items() if key != "birth_date"}, TODAY)
    plain = assess(facts_of(answers), date(2026, 11, 24), date(2026, 11, 24))
    answers.at = datetime.combine(date(2026, 10, 25), clock, tzinfo=timezone(timedelta(hours=offset)))
    moved = assess(facts_of(answers), date(2026, 11, 24), date(2026, 11, 24))
    assert moved.to_json()["computed"]["due_date"] == plain.to_json()["computed"]["due_date"]
    assert [one.key for one in moved.findings] == [one.key for one in plain.findings]
    assert [(line.key, line.window) for line in moved.timeline] == [(line.key, line.window) for line in plain.timeline]


def test_every_rule_runs_on_facts_of_which_nothing_is_known() -> None:
    result = assess(Facts(), TODAY, TODAY)
    assert result.findings == ()
    assert len(RULES) == 26

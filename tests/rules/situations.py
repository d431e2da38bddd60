"""How tests say a situation: answers in the shape of `flask assess`, and the keys of what comes of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from svangre.record.assess_input import assess_json
from svangre.rules.gestation import day_of

TODAY = date(2025, 3, 1)


def assessed(today: date = TODAY, **answers: Any) -> dict[str, Any]:
    result = assess_json(answers, today)
    assert isinstance(result, dict)
    return result


def keys(**answers: Any) -> set[str]:
    """All findings, confirmed and unverified."""
    result = assessed(**answers)
    return {finding["key"] for finding in (*result["findings"], *result["unverified"])}


def finding(key: str, **answers: Any) -> dict[str, Any]:
    result = assessed(**answers)
    found = [one for one in (*result["findings"], *result["unverified"]) if one["key"] == key]
    assert len(found) == 1, f"{key} is not among {[one['key'] for one in result['findings']]}"
    one = found[0]
    assert isinstance(one, dict)
    return one


def missing(**answers: Any) -> set[str]:
    return set(assessed(**answers)["missing"])


DUE = date(2025, 10, 8)


def at(weeks: int, days: int = 0) -> dict[str, Any]:
    """A certain pregnancy with due date 2025-10-08, assessed at a gestational age."""
    return {"STA-11": day_of(DUE, weeks * 7 + days).isoformat(), "TER-06": DUE.isoformat()}


def age(years: int, days: int = 0) -> dict[str, Any]:
    """Her birth date such that she turns `years` so many days before the due date; negative: after it."""
    turned = DUE - timedelta(days=days)
    return {**at(8), "birth_date": turned.replace(year=turned.year - years).isoformat()}


TALL = {"UND-01": 200}  # height 200 cm: BMI is weight / 4, so the limits can be met exactly and missed by 0.1 kg


def weighing(kg: str) -> dict[str, Any]:
    return {**TALL, "UND-02": kg}


def plan(**answers: Any) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for one in assessed(**answers)["computed"]["timeline"]}


def due(day: str, weeks: int, days: int = 0) -> dict[str, Any]:
    """Assessed at a gestational age of a pregnancy due on a day."""
    return {"TER-06": day, "STA-11": day_of(date.fromisoformat(day), weeks * 7 + days).isoformat()}

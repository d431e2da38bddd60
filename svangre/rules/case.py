"""What every rule is given: the facts, the day, the editions, and what is computed once for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from svangre.rules.age import age_on_due_date
from svangre.rules.bmi import body_mass_index
from svangre.rules.facts import Fact, Facts, Known
from svangre.rules.gestation import Dating, date_pregnancy, day_of
from svangre.rules.parity import Parity, count
from svangre.rules.threshold import Editions, Threshold


@dataclass(frozen=True)
class Case:
    facts: Facts
    today: date
    editions: Editions
    dating: Dating
    parity: Parity
    bmi: Fact[Fraction]
    age: Fact[int]  # on the due date

    @classmethod
    def of(cls, facts: Facts, today: date, editions: Editions) -> Case:
        dating = date_pregnancy(facts, today, editions)
        return cls(
            facts=facts,
            today=today,
            editions=editions,
            dating=dating,
            parity=count(facts.births, facts.losses),
            bmi=body_mass_index(facts.exam.height_cm, facts.exam.weight_before_kg),
            age=age_on_due_date(facts.birth_date, dating.due_on),
        )

    @property
    def age_days(self) -> Fact[int]:
        """Gestational age today, in days."""
        return self.dating.age_days

    def dates(self, weeks: tuple[int, int]) -> tuple[date, date] | None:
        """First and last calendar day of a span of gestational ages in days; None without a due date."""
        due_on = self.dating.due_on
        return (day_of(due_on.value, weeks[0]), day_of(due_on.value, weeks[1])) if isinstance(due_on, Known) else None

    def window(self, threshold: Threshold[tuple[int, int]]) -> tuple[date, date] | None:
        return self.dates(self.editions.value(threshold))

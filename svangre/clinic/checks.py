"""Checks of a typed answer against the rest of the record, for the consultation's inputs."""

from __future__ import annotations

from datetime import date

from svangre.catalogue import Answer, Item
from svangre.record.chart import Chart
from svangre.web.checks import last_period_age
from svangre.web.form_builder import Also


def for_chart(chart: Chart, today: date) -> Also:
    """The check of one input: a message when the answer cannot be right beside what is known."""
    visit_on = chart.consultation_on or today

    def check(item: Item, answer: Answer) -> str | None:
        if last_period_age(item, answer, visit_on) == "too_long":
            return "Gestationsalderen ville være over 43+6 på konsultationsdagen. Se efter, om datoen er rigtig."
        if item.id == "last_period" and answer.state == "value" and date.fromisoformat(answer.value) > today:
            return "Datoen ligger i fremtiden. Se efter, om den er rigtig."
        return None

    return check

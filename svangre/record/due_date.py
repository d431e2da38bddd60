"""The working due date in the pregnancy's clear columns, where lists sort by it; computed by the rules alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from svangre.record import findings, queries
from svangre.record.models import Pregnancy

# What the dating rules read (svangre.rules.gestation); only a change of these can move the due date.
DATING_ITEMS = frozenset(
    {"last_period", "cycle_days", "hormonal_contraception", "dating_certain", "fertility_treatment", "fertility_kind",
     "transfer_on", "embryo_age_days", "embryo_was_frozen", "scan_due_date", "scan_on", "due_date_choice",
     "consultation_on"}
)  # fmt: skip


def refresh(session: Session, pregnancy: Pregnancy, changed: Iterable[str] = DATING_ITEMS) -> None:
    """Sets due date and method from the answers that count now, if one of the `changed` items matters for them."""
    if DATING_ITEMS.isdisjoint(changed):
        return
    session.flush()
    chart = queries.whole_chart(session, pregnancy, drafts=pregnancy.fetched_at is not None)
    day = pregnancy.visit_on or pregnancy.created_at.date()
    computed = findings.assessment(chart, day)["computed"]
    due = computed.get("due_date")
    pregnancy.due_on = date.fromisoformat(due) if due else None
    pregnancy.due_method = computed.get("due_date_method") if due else None

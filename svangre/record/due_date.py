"""The working due date in the pregnancy's clear columns, where lists sort by it; computed by the rules, nowhere else."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from svangre.record import findings, queries
from svangre.record.models import Pregnancy


def refresh(session: Session, pregnancy: Pregnancy) -> None:
    """Sets due date and method from the answers that count now."""
    session.flush()
    chart = queries.whole_chart(session, pregnancy, drafts=pregnancy.fetched_at is not None)
    day = pregnancy.visit_on or pregnancy.created_at.date()
    computed = findings.assessment(chart, day)["computed"]
    due = computed.get("due_date")
    pregnancy.due_on = date.fromisoformat(due) if due else None
    pregnancy.due_method = computed.get("due_date_method") if due else None

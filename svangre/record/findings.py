"""Findings of the rules for a chart, and what the clinic did about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.chart import Chart
from svangre.record.errors import Closed
from svangre.record.models import FindingAct

ACTS = ("done", "not_relevant", "later", "open", "hand_over", "keep_here")


@dataclass(frozen=True)
class Handling:
    """What was last done about a finding, and whether it goes into the handover."""

    act: str = "open"
    reason: str | None = None
    by_id: str | None = None
    at: datetime | None = None
    is_handed_over: bool = False


def assessment(chart: Chart, today: date) -> dict[str, Any]:
    """The rules' result for a chart on a day, as JSON (see `svangre.rules.assess`)."""
    from svangre.record.facts import assess_chart

    return assess_chart(chart, today, leads=chart.clinic.leads)


def handlings(session: Session, pregnancy_id: str) -> dict[str, Handling]:
    """The handling of every finding that something was done about, by finding key."""
    return handlings_of(session, [pregnancy_id])[pregnancy_id]


def handlings_of(session: Session, pregnancy_ids: Sequence[str]) -> dict[str, dict[str, Handling]]:
    """The same for several pregnancies with one query."""
    all_found: dict[str, dict[str, Handling]] = {pregnancy_id: {} for pregnancy_id in pregnancy_ids}
    for row in session.scalars(
        select(FindingAct).where(FindingAct.pregnancy_id.in_(pregnancy_ids)).order_by(FindingAct.id)
    ):
        found = all_found[row.pregnancy_id]
        old = found.get(row.rule, Handling())
        if row.act in ("hand_over", "keep_here"):
            found[row.rule] = Handling(old.act, old.reason, old.by_id, old.at, row.act == "hand_over")
        else:
            found[row.rule] = Handling(row.act, row.reason, row.by_id, row.at, old.is_handed_over)
    return all_found


def handed_over(session: Session, pregnancy_id: str) -> tuple[str, ...]:
    return tuple(rule for rule, one in handlings(session, pregnancy_id).items() if one.is_handed_over)


def is_held_back(chart: Chart, finding: Mapping[str, Any]) -> bool:
    """Whether a finding rests on an answer that may not leave the clinic: its reason would tell of it.

    In a chart that was stripped for documents an answer that is gone counts as held back.
    """
    answers = {datum["item"] for datum in finding.get("data", ()) if datum.get("giver")}
    for item_id in answers & set(chart.catalogue.places) - {"consultation_on"}:  # the day of the visit is no secret
        may_leave = [chart.may_leave(chart.catalogue[one], row) for one, row in chart.fields if one == item_id]
        if not may_leave or not all(may_leave):
            return True
    return False


def leaving(chart: Chart) -> Iterator[Mapping[str, Any]]:
    """The findings that go into the handover: those the doctor chose, verified or not, unless held back."""
    found = chart.assessment or {}
    for finding in (*found.get("findings", ()), *found.get("unverified", ())):
        if {finding["rule"], finding["key"]} & set(chart.handed_over) and not is_held_back(chart, finding):
            yield finding


@transaction
def handle(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    finding: str,
    act: str,
    reason: str | None = None,
) -> None:
    """Done, not relevant (with a reason), later, open again, or for the handover."""
    require(viewer, "consult")
    if act not in ACTS or (act == "not_relevant" and not (reason or "").strip()):
        raise ValueError(act)
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    old = handlings(session, pregnancy_id).get(finding, Handling())
    new = (act == "hand_over",) if act in ("hand_over", "keep_here") else (act, reason)
    if new in ((old.is_handed_over,), (old.act, old.reason)):  # a double click
        return
    session.add(FindingAct(pregnancy_id=pregnancy_id, rule=finding, act=act, by_id=viewer.id, at=at, reason=reason))
    pregnancy.touch(at)
    audit.write(
        session, viewer=viewer, at=at, action="finding.handle", pregnancy_id=pregnancy_id, rule=finding, act=act
    )

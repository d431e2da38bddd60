"""The clinic's decisions, item by item. Hers is never overwritten: a decision stands beside it, with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import Answer, Visibility, inside
from svangre.policy import Viewer
from svangre.record import audit, due_date, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.chart import VISIBILITIES, Chart, Field, Given
from svangre.record.errors import Closed, NotAllowed, NotYours, StaleEdit
from svangre.record.forms import FORM_VERSION
from svangre.record.ids import new_id
from svangre.record.models import AnswerRow, Pregnancy
from svangre.record.stages import advance


def _open(session: Session, viewer: Viewer, pregnancy_id: str) -> tuple[Pregnancy, Chart]:
    require(viewer, "consult")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    # The whole chart whoever acts: what is hidden from staff must be refused to them, not taken for empty.
    return pregnancy, queries.whole_chart(session, pregnancy, drafts=pregnancy.fetched_at is not None)


def _check(viewer: Viewer, chart: Chart, item_id: str, row_id: str | None) -> Field:
    if item_id not in CATALOGUE or "gp" not in CATALOGUE[item_id].who:
        raise NotYours
    row = chart.row(row_id) if row_id else None
    if (row.group if row else None) != CATALOGUE.places[item_id].group or (row_id and row is None):
        raise NotYours
    if chart.visibility(CATALOGUE[item_id], row_id) == "gp_only" and not viewer.may("see_private"):
        raise NotAllowed
    return chart.field(item_id, row_id)


def _not_stale(one: Field, seen: str | None, item_id: str, row_id: str | None) -> None:
    """`seen` is the id of the clinic's decision that the page showed, "" for none; None skips the check."""
    if seen is not None and seen != (one.clinics.id if one.clinics else ""):
        raise StaleEdit


def _decide(
    session: Session,
    viewer: Viewer,
    at: datetime,
    pregnancy: Pregnancy,
    chart: Chart,
    item_id: str,
    row_id: str | None,
    act: str,
    answer: Answer,
    *,
    refers_to: str | None = None,
    batch: str | None = None,
    visibility: Visibility | None = None,
    told: Given | None = None,
    known_on: date | None = None,
) -> None:
    """`told`: the imported answer that was taken over: where it is from goes with it."""
    session.add(
        AnswerRow(
            pregnancy_id=pregnancy.id,
            item_id=item_id,
            row_id=row_id,
            act=act,
            giver="clinic",
            typed_by=viewer.id,
            at=at,
            visibility=visibility or chart.visibility(CATALOGUE[item_id], row_id),
            refers_to=refers_to,
            batch=batch,
            form_version=FORM_VERSION,
            content=asdict(answer)
            | ({"source": told.source, "known_on": told.known_on} if told else {})
            | ({"known_on": known_on.isoformat()} if known_on else {}),
        )
    )
    pregnancy.stage = advance(pregnancy.stage, "under_way")
    pregnancy.touch(at)


def _done(session: Session, viewer: Viewer, at: datetime, pregnancy: Pregnancy, action: str, **detail: Any) -> None:
    due_date.refresh(session, pregnancy, {detail["item"]} if "item" in detail else due_date.DATING_ITEMS)
    audit.write(session, viewer=viewer, at=at, action=action, pregnancy_id=pregnancy.id, **detail)


@transaction
def accept(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    item_id: str,
    row_id: str | None = None,
    imported: bool = False,
    seen: str | None = None,
) -> None:
    """Takes her answer (or the imported one) over into the record, in the state that it has.

    Raises:
        StaleEdit: somebody decided meanwhile. NotYours: there is nothing to accept.
    """
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    one = _check(viewer, chart, item_id, row_id)
    source = one.imported if imported else one.hers
    if source is None:
        raise NotYours
    if one.status == "accepted" and one.clinics and one.clinics.answer == source.answer:
        return
    _not_stale(one, seen, item_id, row_id)
    _decide(
        session, viewer, at, pregnancy, chart, item_id, row_id, "accepted", source.answer, refers_to=source.id,
        told=source if imported else None,
    )  # fmt: skip
    _done(session, viewer, at, pregnancy, "field.accept", item=item_id)


@transaction
def correct(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    item_id: str,
    answer: Answer,
    row_id: str | None = None,
    seen: str | None = None,
    known_on: date | None = None,
) -> None:
    """Sets the clinic's own value, beside hers if she gave one. The same value again is no new row. `known_on`: the day
    that a result is from, when it is not the day that it is written.

    Raises:
        StaleEdit: somebody decided meanwhile.
    """
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    one = _check(viewer, chart, item_id, row_id)
    if one.clinics and one.clinics.answer == answer:
        return
    _not_stale(one, seen, item_id, row_id)
    same = one.hers is not None and one.hers.answer == answer
    act = "accepted" if same or one.hers is None else "corrected"
    _decide(
        session, viewer, at, pregnancy, chart, item_id, row_id, act, answer,
        refers_to=one.hers.id if one.hers else None, known_on=known_on,
    )  # fmt: skip
    _done(session, viewer, at, pregnancy, "field.set", item=item_id)


@transaction
def postpone(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, item_id: str, row_id: str | None = None
) -> None:
    """Later: counts as open and stands among what is missing."""
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    if _check(viewer, chart, item_id, row_id).postponed:
        return
    _decide(session, viewer, at, pregnancy, chart, item_id, row_id, "later", Answer("not_answered"))
    _done(session, viewer, at, pregnancy, "field.later", item=item_id)


@transaction
def undo(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, item_id: str, row_id: str | None = None
) -> None:
    """Opens a field again; the decision stays in its history."""
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    one = _check(viewer, chart, item_id, row_id)
    if one.clinics or one.postponed:
        _decide(session, viewer, at, pregnancy, chart, item_id, row_id, "undone", Answer("not_answered"))
        _done(session, viewer, at, pregnancy, "field.undo", item=item_id)


def unremarkable(chart: Chart, section_id: str, findings: frozenset[str] = frozenset()) -> list[tuple[str, str | None]]:
    """What bulk accept would take in a section: open fields whose answer lies in the item's unremarkable set, without
    conflict and without a finding that used them. Never a private section."""
    section = CATALOGUE.section(section_id)
    if section.private:
        return []
    taken = []
    for item, row_id in chart.section_items(section):
        one = chart.field(item.id, row_id)
        if one.status != "open" or one.hers is None or one.hers.answer.state != "value" or item.id in findings:
            continue
        value = one.hers.answer.value
        keys = value if isinstance(value, list) else [value]
        if item.unremarkable and all(key in item.unremarkable for key in keys):
            taken.append((item.id, row_id))
    return taken


@transaction
def accept_unremarkable(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    section_id: str,
    findings: frozenset[str] = frozenset(),
) -> tuple[str, int]:
    """Accepts what is unremarkable in a section; returns the batch (to undo it as one) and how many."""
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    seen = chart if viewer.may("see_private") else chart.for_her()
    return _accept_batch(session, viewer, at, pregnancy, chart, unremarkable(seen, section_id, findings))


@transaction
def accept_row(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, keys: Sequence[tuple[str, str | None]]
) -> tuple[str, int]:
    """Accepts the open fields of a table row (or of several) that she has answered, as one."""
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    for item_id, row_id in keys:
        _check(viewer, chart, item_id, row_id)
    taken = [key for key in dict.fromkeys(keys) if chart.field(*key).status == "open" and chart.field(*key).hers]
    return _accept_batch(session, viewer, at, pregnancy, chart, taken)


def _accept_batch(
    session: Session,
    viewer: Viewer,
    at: datetime,
    pregnancy: Pregnancy,
    chart: Chart,
    keys: Sequence[tuple[str, str | None]],
) -> tuple[str, int]:
    batch = new_id()
    for item_id, row_id in keys:
        hers = chart.field(item_id, row_id).hers
        if hers:
            _decide(
                session,
                viewer,
                at,
                pregnancy,
                chart,
                item_id,
                row_id,
                "accepted",
                hers.answer,
                refers_to=hers.id,
                batch=batch,
            )
    if keys:
        _done(session, viewer, at, pregnancy, "section.accept", count=len(keys))
    return batch, len(keys)


@transaction
def accept_imported_row(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, row_id: str
) -> tuple[str, int]:
    """Takes a row from the clinic's own record system over, as one. A question that is not answered so that it opens
    such rows ("Tager medicin") is set to its opening answer with it; hers stays beside.

    Raises:
        NotYours: no such row waits.
    """
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    row = chart.row(row_id)
    if row is None or row not in chart.offered(row.group):
        raise NotYours
    group, batch, count = CATALOGUE.group(row.group), new_id(), 0
    for item in inside(group):
        told = _check(viewer, chart, item.id, row_id).imported
        if told:
            _decide(
                session, viewer, at, pregnancy, chart, item.id, row_id, "accepted", told.answer, refers_to=told.id,
                batch=batch, told=told,
            )  # fmt: skip
            count += 1
    if group.when and not chart.is_shown(group):
        gate = _check(viewer, chart, group.when.item, None)
        _decide(
            session, viewer, at, pregnancy, chart, group.when.item, None, "corrected" if gate.hers else "accepted",
            Answer("value", group.when.any_of[0]), refers_to=gate.hers.id if gate.hers else None, batch=batch,
        )  # fmt: skip
    _done(session, viewer, at, pregnancy, "row.import", group=row.group, count=count)
    return batch, count


@transaction
def keep(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, item_id: str, row_id: str | None = None
) -> None:
    """Lets the clinic's value stand although she has given a newer answer."""
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    one = _check(viewer, chart, item_id, row_id)
    if one.clinics and one.hers and one.status == "new_from_her":
        _decide(
            session,
            viewer,
            at,
            pregnancy,
            chart,
            item_id,
            row_id,
            "corrected",
            one.clinics.answer,
            refers_to=one.hers.id,
        )
        _done(session, viewer, at, pregnancy, "field.keep", item=item_id)


@transaction
def undo_batch(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, batch: str) -> int:
    """Takes a bulk accept back as one; fields decided again since then are left alone."""
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    rows = session.scalars(
        select(AnswerRow).where(AnswerRow.pregnancy_id == pregnancy_id, AnswerRow.batch == batch)
    ).all()
    undone = 0
    for row in rows:
        one = chart.field(row.item_id, row.row_id)
        if one.clinics and one.clinics.id == row.id:
            _decide(session, viewer, at, pregnancy, chart, row.item_id, row.row_id, "undone", Answer("not_answered"))
            undone += 1
    if undone:
        _done(session, viewer, at, pregnancy, "section.undo", count=undone)
    return undone


@transaction
def set_visibility(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    item_id: str,
    visibility: Visibility,
    reason: str = "",
    row_id: str | None = None,
) -> None:
    """Narrows who sees an answer, or (the doctor alone, item by item) widens it.

    Raises:
        NotAllowed: widening by somebody else.
    """
    pregnancy, chart = _open(session, viewer, pregnancy_id)
    _check(viewer, chart, item_id, row_id)
    now = chart.visibility(CATALOGUE[item_id], row_id)
    if visibility == now:
        return
    if VISIBILITIES.index(visibility) > VISIBILITIES.index(now):
        require(viewer, "widen_visibility")
    session.add(
        AnswerRow(
            pregnancy_id=pregnancy.id,
            item_id=item_id,
            row_id=row_id,
            act="visibility",
            giver="clinic",
            typed_by=viewer.id,
            at=at,
            visibility=visibility,
            form_version=FORM_VERSION,
            content={"state": "not_answered", "value": None, "reason": reason},
        )
    )
    pregnancy.touch(at)
    _done(session, viewer, at, pregnancy, "field.visibility", item=item_id, to=visibility)


@transaction
def mark_read(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, alerts: bool = False) -> None:
    """The clinic has opened her new answers (and, with `alerts`, has seen what cannot wait)."""
    require(viewer, "consult")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if not pregnancy.has_news and (pregnancy.alert_seen_at or not alerts):
        return
    pregnancy.has_news = False
    if alerts and pregnancy.alert_seen_at is None:
        pregnancy.alert_seen_at = at
    audit.write(session, viewer=viewer, at=at, action="chart.seen", pregnancy_id=pregnancy_id)

"""Two pregnancies of one woman, opened by mistake in one clinic, become one. A person who sees both says which is kept.

The kept one gets what it does not have; where both hold a value, its own stands and the other's is laid beside it, as
what comes from a record system is. The other is closed and stays readable with its versions: nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from svangre.catalogue import Visibility, inside
from svangre.config import DENMARK
from svangre.policy import Viewer
from svangre.record import audit, cpr, due_date, findings, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.chart import VISIBILITIES, Chart, Field, Given, Row
from svangre.record.errors import Closed, NotYours
from svangre.record.forms import FORM_VERSION
from svangre.record.models import AnswerRow, Delivery, FindingAct, GroupRow, Invitation, Pregnancy, SignIn, Woman
from svangre.record.stages import advance, is_signed

SOURCE = "det andet forløb"


@transaction
def merge(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, other_id: str) -> int:
    """Keeps `pregnancy_id` and closes `other_id`; returns how many answers were brought over.

    Raises:
        Closed: one of them has ended. NotYours: the same one twice, or not of this clinic.
    """
    require(viewer, "create_pregnancy")
    if pregnancy_id == other_id:
        raise NotYours
    locked = {one: queries.pregnancy(session, viewer, one, lock=True) for one in sorted((pregnancy_id, other_id))}
    kept, other = locked[pregnancy_id], locked[other_id]
    if kept.ended_on or other.ended_on:
        raise Closed
    count = _bring_over(session, at, kept, other)
    _real_number(session, kept, other)
    kept.submitted_at = kept.submitted_at or other.submitted_at
    kept.fetched_at = kept.fetched_at or other.fetched_at
    kept.visit_on, kept.visit_time = (kept.visit_on or other.visit_on), (kept.visit_time or other.visit_time)
    kept.doctor_id = kept.doctor_id or other.doctor_id
    kept.has_news = kept.has_news or other.has_news
    if not is_signed(kept.stage):
        kept.stage = advance(kept.stage, "under_way" if is_signed(other.stage) else other.stage)
    kept.touch(at)
    _close(session, at, other)
    due_date.refresh(session, kept)
    audit.write(
        session, viewer=viewer, at=at, action="pregnancy.merge", pregnancy_id=kept.id, other=other.id, count=count
    )
    audit.write(session, viewer=viewer, at=at, action="pregnancy.merged", pregnancy_id=other.id, into=kept.id)
    return count


def _bring_over(session: Session, at: datetime, kept: Pregnancy, other: Pregnancy) -> int:
    here = queries.whole_chart(session, kept, drafts=True)
    there = queries.whole_chart(session, other, drafts=other.fetched_at is not None)
    written = select(AnswerRow.id, AnswerRow.typed_by).where(AnswerRow.pregnancy_id == other.id)
    typists = dict(session.execute(written).all())
    rows = _new_rows(session, at, here, there)
    count = 0
    for (item_id, row_id), one in there.fields.items():
        if row_id and row_id not in rows:
            continue
        place = here.field(item_id, rows[row_id] if row_id else None)
        visibility = min(_visibility(here, item_id, place), _visibility(there, item_id, one), key=VISIBILITIES.index)
        for giver, given in _missing(place, one):
            content = asdict(given.answer) | {"source": given.source, "known_on": given.known_on}
            if giver == "record" and given.giver != "record":
                content["source"] = SOURCE
            session.add(
                AnswerRow(
                    pregnancy_id=kept.id, item_id=item_id, row_id=rows[row_id] if row_id else None,
                    act=given.act if giver == given.giver else "given", giver=giver, typed_by=typists[given.id],
                    at=given.at, visibility=visibility, form_version=FORM_VERSION, content=content,
                )
            )  # fmt: skip
            count += 1
    _handlings(session, kept, other)
    session.flush()
    return count


def _visibility(chart: Chart, item_id: str, one: Field) -> Visibility:
    return one.visibility or chart.catalogue[item_id].visibility


def _missing(here: Field, there: Field) -> Iterator[tuple[str, Given]]:
    """What of a field is brought over, and as whose: hers if it is the only or the newer one, the clinic's if there is
    none, else what counts there as something known from elsewhere."""
    hers_comes = there.hers is not None and (here.hers is None or here.hers.at < there.hers.at)
    if there.hers and hers_comes:
        yield "woman", there.hers
    if there.clinics and here.clinics is None:
        yield "clinic", there.clinics
        return
    counts = there.clinics or (None if hers_comes else there.hers) or there.imported
    known = [one.answer for one in (here.hers, here.clinics, here.imported) if one]
    if counts and counts.answer not in known:
        yield "record", counts


def _new_rows(session: Session, at: datetime, here: Chart, there: Chart) -> dict[str, str]:
    """The rows of repeating groups that are not here with the same content; old id → new id."""
    known = {_content(here, row) for row in here.all_rows if not row.removed}
    made: dict[str, str] = {}
    for row in there.all_rows:  # a row stands before the rows inside it
        inner = row.parent is not None
        if row.removed or (inner and row.parent not in made) or (not inner and _content(there, row) in known):
            continue
        new = GroupRow(
            pregnancy_id=here.pregnancy_id, group_path=row.group, parent_id=made[row.parent] if row.parent else None,
            giver=row.giver, created_at=at,
        )  # fmt: skip
        session.add(new)
        session.flush()
        made[row.id] = new.id
    return made


def _content(chart: Chart, row: Row) -> tuple[str, ...]:
    """What a row says, with the rows inside it, to tell whether two say the same."""
    own = [
        f"{item.id}={given.answer}"
        for item in inside(chart.catalogue.group(row.group))
        if (one := chart.field(item.id, row.id)) and (given := one.counts or one.imported)
    ]
    inner = [str(_content(chart, one)) for one in chart.all_rows if one.parent == row.id and not one.removed]
    return (row.group, *sorted(own), *sorted(inner))


def _handlings(session: Session, kept: Pregnancy, other: Pregnancy) -> None:
    """What was done about findings there and not here."""
    here = findings.handlings(session, kept.id)
    for act in session.scalars(select(FindingAct).where(FindingAct.pregnancy_id == other.id).order_by(FindingAct.id)):
        if act.rule not in here:
            session.add(
                FindingAct(
                    pregnancy_id=kept.id, rule=act.rule, act=act.act, by_id=act.by_id, at=act.at, reason=act.reason
                )
            )


def _real_number(session: Session, kept: Pregnancy, other: Pregnancy) -> None:
    """The kept one gets the real CPR number if only the other has it; the replacement goes with the other."""
    numbers = [session.get_one(Woman, one.woman_id).cpr for one in (kept, other)]
    if cpr.is_replacement(numbers[0]) and not cpr.is_replacement(numbers[1]):
        kept.woman_id, other.woman_id = other.woman_id, kept.woman_id


def _close(session: Session, at: datetime, other: Pregnancy) -> None:
    """No link of hers, sign-in or message of it works from now on."""
    other.ended_on, other.end_kind = at.astimezone(DENMARK).date(), "merged"
    other.touch(at)
    invited = (Invitation.pregnancy_id == other.id, Invitation.revoked_at.is_(None))
    session.execute(update(Invitation).where(*invited).values(revoked_at=at, _secret=None))
    session.execute(
        update(SignIn).where(SignIn.pregnancy_id == other.id, SignIn.ended_at.is_(None)).values(ended_at=at)
    )
    session.execute(
        update(Delivery)
        .where(
            Delivery.pregnancy_id == other.id,
            Delivery.state.in_(("waiting", "dead")),
            Delivery.kind.in_(("sms", "email", "reminder")),
        )
        .values(state="cancelled")
    )

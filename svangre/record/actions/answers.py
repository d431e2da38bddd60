"""Her answers: saved as drafts while she writes, submitted as a whole, corrected until the doctor has signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import NOT_ANSWERED, Answer, Visibility
from svangre.policy import Viewer
from svangre.record import audit, due_date, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import Closed, NotYours
from svangre.record.forms import FORM_VERSION
from svangre.record.models import AnswerRow, Delivery, GroupRow, Pregnancy
from svangre.record.stages import advance, is_signed

Key = tuple[str, str | None]  # item id, row id


def _open_form(session: Session, viewer: Viewer, pregnancy_id: str) -> Pregnancy:
    """Her form, if it may still be written in: by her, or by staff typing for her."""
    require(viewer, "answer" if viewer.is_woman else "consult")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on or is_signed(pregnancy.stage):
        raise Closed
    return pregnancy


@transaction
def save_answers(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    answers: Mapping[Key, Answer],
    private: Mapping[Key, Visibility] | None = None,
) -> int:
    """Saves her answers; unchanged ones are left alone. Returns how many changed.

    Before she has submitted each item has one draft row, updated in place; afterwards every change is a new row.
    `private`: where she narrowed who may see an answer.

    Raises:
        Closed: signed, or ended.
        NotYours: an item that is not hers, or a row of another record.
    """
    pregnancy = _open_form(session, viewer, pregnancy_id)
    stored = {
        (row.item_id, row.row_id): row
        for row in session.scalars(
            select(AnswerRow)
            .where(AnswerRow.pregnancy_id == pregnancy_id, AnswerRow.giver == "woman", AnswerRow.act == "given")
            .order_by(AnswerRow.id)
        )
    }
    own_rows = set(session.scalars(select(GroupRow.id).where(GroupRow.pregnancy_id == pregnancy_id)))
    changed = 0
    for key, answer in answers.items():
        item_id, row_id = key
        if (
            item_id not in CATALOGUE
            or not CATALOGUE[item_id].is_hers
            or (row_id is not None and row_id not in own_rows)
        ):
            raise NotYours
        visibility = (private or {}).get(key, CATALOGUE[item_id].visibility)
        old = stored.get(key)
        if old and Answer(**old.content) == answer and old.visibility == visibility:
            continue
        if old is None and answer == NOT_ANSWERED and pregnancy.submitted_at is None and not viewer.is_woman:
            continue
        changed += 1
        if old and old.is_draft:
            old.content, old.at, old.visibility, old.typed_by = asdict(answer), at, visibility, _typist(viewer)
        else:
            session.add(
                AnswerRow(
                    pregnancy_id=pregnancy_id,
                    item_id=item_id,
                    row_id=row_id,
                    act="given",
                    giver="woman",
                    typed_by=_typist(viewer),
                    at=at,
                    is_draft=pregnancy.submitted_at is None,
                    visibility=visibility,
                    form_version=FORM_VERSION,
                    content=asdict(answer),
                )
            )
    if changed:
        _touched(session, pregnancy, at)
        audit.write(session, viewer=viewer, at=at, action="answers.save", pregnancy_id=pregnancy_id, count=changed)
    return changed


def _typist(viewer: Viewer) -> str | None:
    return None if viewer.is_woman else viewer.id


def _touched(session: Session, pregnancy: Pregnancy, at: datetime) -> None:
    pregnancy.changed_at = at
    pregnancy.stage = advance(pregnancy.stage, "answering") if pregnancy.submitted_at is None else pregnancy.stage
    if pregnancy.submitted_at is not None:
        pregnancy.has_news = True
        due_date.refresh(session, pregnancy)


@transaction
def add_row(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    group: str,
    parent: str | None = None,
    row_id: str | None = None,
) -> str:
    """A new row of a repeating group. `row_id`, made when the page was, makes a double click one row.

    Raises:
        NotYours: no such group, or a parent in another record.
    """
    pregnancy = (
        _open_form(session, viewer, pregnancy_id)
        if viewer.is_woman
        else queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    )
    require(viewer, "answer" if viewer.is_woman else "consult")
    last = group.rsplit(".", 1)[-1]
    if last not in CATALOGUE or CATALOGUE[last].kind_name != "group":
        raise NotYours
    if parent is not None and _row(session, pregnancy_id, parent).group_path != group.rpartition(".")[0]:
        raise NotYours
    if row_id and (old := session.get(GroupRow, row_id)):
        if old.pregnancy_id != pregnancy_id:
            raise NotYours
        return old.id
    row = GroupRow(
        pregnancy_id=pregnancy_id,
        group_path=group,
        parent_id=parent,
        created_at=at,
        giver="woman" if viewer.is_woman or pregnancy.submitted_at is None else "clinic",
        **({"id": row_id} if row_id else {}),
    )
    session.add(row)
    audit.write(session, viewer=viewer, at=at, action="row.add", pregnancy_id=pregnancy_id, group=group)
    return row.id


def _row(session: Session, pregnancy_id: str, row_id: str) -> GroupRow:
    row = session.scalar(select(GroupRow).where(GroupRow.id == row_id, GroupRow.pregnancy_id == pregnancy_id))
    if row is None:
        raise NotYours
    return row


@transaction
def remove_row(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, row_id: str, reason: str | None = None
) -> None:
    """Takes a row out of the record; it can be restored, and what stood in it is kept."""
    _mark_row(session, viewer, at, pregnancy_id, row_id, "removed", reason)


@transaction
def restore_row(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, row_id: str) -> None:
    _mark_row(session, viewer, at, pregnancy_id, row_id, "restored", None)


def _mark_row(
    session: Session, viewer: Viewer, at: datetime, pregnancy_id: str, row_id: str, act: str, reason: str | None
) -> None:
    if viewer.is_woman:
        _open_form(session, viewer, pregnancy_id)
    else:
        require(viewer, "consult")
        queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    row = _row(session, pregnancy_id, row_id)
    session.add(
        AnswerRow(
            pregnancy_id=pregnancy_id,
            item_id=row.group_path.rsplit(".", 1)[-1],
            row_id=row.id,
            act=act,
            giver="woman" if viewer.is_woman else "clinic",
            typed_by=_typist(viewer),
            at=at,
            visibility="shared",
            form_version=FORM_VERSION,
            content={"state": "not_answered", "value": None, "reason": reason},
        )
    )
    audit.write(session, viewer=viewer, at=at, action=f"row.{act}", pregnancy_id=pregnancy_id, group=row.group_path)


@transaction
def submit(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str) -> datetime:
    """Sends her answers to the clinic; from now on rows are only added. Twice is the same as once.

    Questions that she was shown and left empty become *not answered*; what she never saw stays *not asked*.
    """
    pregnancy = _open_form(session, viewer, pregnancy_id)
    if pregnancy.submitted_at is None:
        chart = queries.whole_chart(session, pregnancy, drafts=True)
        for placed in CATALOGUE:
            item = placed.item
            if placed.group or not item.is_hers or item.kind_name == "group" or chart.field(item.id).hers:
                continue
            if chart.is_shown(item, to_her=True):
                session.add(
                    AnswerRow(
                        pregnancy_id=pregnancy_id,
                        item_id=item.id,
                        act="given",
                        giver="woman",
                        typed_by=_typist(viewer),
                        at=at,
                        visibility=item.visibility,
                        form_version=FORM_VERSION,
                        content=asdict(NOT_ANSWERED),
                    )
                )
        session.execute(
            update(AnswerRow)
            .where(AnswerRow.pregnancy_id == pregnancy_id, AnswerRow.is_draft.is_(True))
            .values(is_draft=False)
        )
        pregnancy.submitted_at, pregnancy.has_news = at, True
        pregnancy.stage = advance(pregnancy.stage, "ready")
        session.execute(
            delete(Delivery).where(
                Delivery.pregnancy_id == pregnancy_id, Delivery.purpose == "reminder", Delivery.state == "waiting"
            )
        )
        session.flush()
        session.expire_all()
        due_date.refresh(session, pregnancy)
        audit.write(session, viewer=viewer, at=at, action="answers.submit", pregnancy_id=pregnancy_id)
    return pregnancy.submitted_at


@transaction
def fetch_form(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str) -> None:
    """Takes over what she reached so far, in the visit with her there; recorded."""
    require(viewer, "consult")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.submitted_at is None and pregnancy.fetched_at is None:
        pregnancy.fetched_at = at
        due_date.refresh(session, pregnancy)
        audit.write(session, viewer=viewer, at=at, action="answers.fetch", pregnancy_id=pregnancy_id)

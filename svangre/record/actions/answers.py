"""Her answers: saved as drafts while she writes, submitted as a whole, corrected until the doctor has signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import NOT_ANSWERED, Answer, Group, Item, Visibility
from svangre.catalogue.parse import BadAnswer, parse, write
from svangre.policy import Viewer
from svangre.record import audit, due_date, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.chart import Chart, Field, Row
from svangre.record.errors import Closed, NotAllowed, NotYours
from svangre.record.forms import FORM_VERSION
from svangre.record.ids import is_id
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
    `private`: where she narrowed who may see an answer; without a word on it, it stays as it was.

    Raises:
        Closed: signed, or ended.
        NotYours: an item that is not hers, or a row of another record or group.
        NotAllowed: staff typing over what only the doctor and she may see.
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
    groups = _group_of_rows(session, pregnancy_id)
    changed = 0
    for key, answer in answers.items():
        item_id, row_id = key
        if (
            item_id not in CATALOGUE
            or not _takes_her_answer(CATALOGUE[item_id])
            or (groups.get(row_id, "") if row_id else None) != place_of(item_id)
        ):
            raise NotYours
        old = stored.get(key)
        before = cast(Visibility, old.visibility) if old else CATALOGUE[item_id].visibility
        if before == "gp_only" and not (viewer.is_woman or viewer.may("see_private")):
            raise NotAllowed
        visibility = (private or {}).get(key, before)
        if old and Answer(**old.content) == answer and old.visibility == visibility:
            continue
        if old is None and answer == NOT_ANSWERED and pregnancy.submitted_at is None and not viewer.is_woman:
            continue
        changed += 1
        if old and old.is_draft and pregnancy.fetched_at is None:  # what the clinic has fetched stays as it was seen
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


@transaction
def fill_draft(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, given: Mapping[str, Any], today: date
) -> tuple[int, list[str]]:
    """Lays answers that she gave elsewhere into the form that she has not sent: by item id, a group as a list of rows
    of the same shape. What she has answered here stays; a group that has rows is left alone. Returns how many
    answers were laid in, and the items whose answer the form would not take.

    Raises:
        Closed: she has sent it.
    """
    pregnancy = _open_form(session, viewer, pregnancy_id)
    if pregnancy.submitted_at:
        raise Closed
    chart = queries.whole_chart(session, pregnancy, drafts=True)
    refused: list[str] = []
    count = 0
    waiting: list[tuple[str, Any, str | None]] = [(item_id, value, None) for item_id, value in given.items()]
    for item_id, value, row_id in waiting:
        item, place = CATALOGUE[item_id], place_of(item_id)
        path = f"{place}.{item_id}" if place else item_id
        if isinstance(item.kind, Group):
            if len(value) > item.kind.most:
                refused.append(item_id)
                continue
            for inner in value if not chart.rows(path) else ():
                row = GroupRow(
                    pregnancy_id=pregnancy_id, group_path=path, parent_id=row_id, giver="woman", created_at=at
                )  # fmt: skip
                session.add(row)
                session.flush()
                waiting += [(name, one, row.id) for name, one in inner.items()]
        elif not _fits(item, value, today) or (item.visibility == "gp_only" and not viewer.may("see_private")):
            refused.append(item_id)
        elif chart.field(item_id, row_id).hers is None:
            count += 1
            session.add(
                AnswerRow(
                    pregnancy_id=pregnancy_id, item_id=item_id, row_id=row_id, act="given", giver="woman",
                    typed_by=_typist(viewer), at=at, is_draft=True, visibility=item.visibility,
                    form_version=FORM_VERSION, content=asdict(value),
                )
            )  # fmt: skip
    if count:
        _touched(session, pregnancy, at)
    audit.write(session, viewer=viewer, at=at, action="answers.fill", pregnancy_id=pregnancy_id, count=count)
    return count, refused


def _fits(item: Item, answer: Answer, today: date) -> bool:
    """Whether the form would take the answer, had she typed it."""
    try:
        return parse(item, write(item, answer, in_parts=False), today=today, to_her=True) == answer
    except BadAnswer:
        return False


def _takes_her_answer(item: Item) -> bool:
    return item.is_hers and item.kind_name != "group"


def place_of(item_id: str) -> str | None:
    """The path of the group whose rows carry the item; None for an item outside groups."""
    return CATALOGUE.places[item_id].group


def _group_of_rows(session: Session, pregnancy_id: str) -> dict[str, str]:
    rows = select(GroupRow.id, GroupRow.group_path).where(GroupRow.pregnancy_id == pregnancy_id)
    return dict(session.execute(rows).all())


def _typist(viewer: Viewer) -> str | None:
    return None if viewer.is_woman else viewer.id


def _touched(session: Session, pregnancy: Pregnancy, at: datetime) -> None:
    pregnancy.touch(at)
    pregnancy.stage = advance(pregnancy.stage, "answering") if pregnancy.submitted_at is None else pregnancy.stage
    if pregnancy.submitted_at or pregnancy.fetched_at:
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
    for_her: bool = False,
) -> str:
    """A new row of a repeating group. `row_id`, made when the page was, makes a double click one row.
    `for_her`: staff typing for her.

    Raises:
        NotYours: no such group, or a parent in another record.
        Closed: ended; for her also when signed.
    """
    pregnancy = _row_holder(session, viewer, pregnancy_id)
    outside, _, last = group.rpartition(".")
    is_group = last in CATALOGUE and CATALOGUE[last].kind_name == "group" and place_of(last) == (outside or None)
    if not is_group or (viewer.is_woman and not CATALOGUE[last].is_hers):
        raise NotYours
    if (_row(session, pregnancy_id, parent).group_path if parent else "") != outside:
        raise NotYours
    if row_id and (old := session.get(GroupRow, row_id)):
        if (old.pregnancy_id, old.group_path) != (pregnancy_id, group):
            raise NotYours
        return old.id
    if row_id and not is_id(row_id):
        raise NotYours
    row = GroupRow(
        pregnancy_id=pregnancy_id,
        group_path=group,
        parent_id=parent,
        created_at=at,
        giver="woman" if viewer.is_woman or for_her else "clinic",
        **({"id": row_id} if row_id else {}),
    )
    session.add(row)
    _row_changed(pregnancy, viewer, at)
    audit.write(session, viewer=viewer, at=at, action="row.add", pregnancy_id=pregnancy_id, group=group)
    return row.id


def _row_holder(session: Session, viewer: Viewer, pregnancy_id: str) -> Pregnancy:
    if viewer.is_woman:
        return _open_form(session, viewer, pregnancy_id)
    require(viewer, "consult")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    return pregnancy


def _row_changed(pregnancy: Pregnancy, viewer: Viewer, at: datetime) -> None:
    pregnancy.touch(at)
    if viewer.is_woman and pregnancy.submitted_at:
        pregnancy.has_news = True


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
    pregnancy = _row_holder(session, viewer, pregnancy_id)
    row = _row(session, pregnancy_id, row_id)
    latest = session.scalar(
        select(AnswerRow.act)
        .where(AnswerRow.row_id == row_id, AnswerRow.act.in_(("removed", "restored")))
        .order_by(AnswerRow.id.desc())
        .limit(1)
    )
    if (latest or "restored") == act:
        return
    session.add(_row_mark(pregnancy_id, row.id, row.group_path, act, viewer, at, reason))
    _row_changed(pregnancy, viewer, at)
    audit.write(session, viewer=viewer, at=at, action=f"row.{act}", pregnancy_id=pregnancy_id, group=row.group_path)


def _row_mark(
    pregnancy_id: str, row_id: str, group: str, act: str, viewer: Viewer, at: datetime, reason: str | None
) -> AnswerRow:
    return AnswerRow(
        pregnancy_id=pregnancy_id,
        item_id=group.rsplit(".", 1)[-1],
        row_id=row_id,
        act=act,
        giver="woman" if viewer.is_woman else "clinic",
        typed_by=_typist(viewer),
        at=at,
        visibility="shared",
        form_version=FORM_VERSION,
        content={"state": "not_answered", "value": None, "reason": reason},
    )


def _untouched_rows(chart: Chart) -> Iterator[Row]:
    """Hers in which nothing was ever written or passed by, in it or in the rows inside it."""
    touched = {row_id for _item_id, row_id in chart.fields}
    for row in chart.all_rows:
        inner = {one.id for one in chart.all_rows if one.parent == row.id}
        if row.parent is None and row.giver == "woman" and not row.removed and not touched & {row.id, *inner}:
            yield row


@transaction
def submit(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str) -> datetime:
    """Sends her answers to the clinic; from now on rows are only added. Twice is the same as once.

    Questions that she was shown and left empty become *not answered*; what she never saw stays *not asked*. A row that
    she added and never went on with is taken out: an empty birth is no birth. It can be restored.
    """
    pregnancy = _open_form(session, viewer, pregnancy_id)
    if pregnancy.submitted_at is None:
        chart = queries.whole_chart(session, pregnancy, drafts=True)
        for row in _untouched_rows(chart):
            session.add(_row_mark(pregnancy_id, row.id, row.group, "removed", viewer, at, "Tom række"))
        session.flush()
        chart = queries.whole_chart(session, pregnancy, drafts=True)
        for item, row_id in _shown_to_her(chart):
            if _takes_her_answer(item) and not chart.field(item.id, row_id).counts:
                session.add(
                    AnswerRow(
                        pregnancy_id=pregnancy_id,
                        item_id=item.id,
                        row_id=row_id,
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
        pregnancy.touch(at)
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


def _shown_to_her(chart: Chart) -> Iterator[tuple[Item, str | None]]:
    """What her pages asked: her own answers decide, and the clinic's where she gave none."""
    hers = replace(chart, fields={key: Field(hers=one.hers or one.clinics) for key, one in chart.fields.items()})
    for section in CATALOGUE.sections:
        yield from hers.section_items(section, to_her=True)


@transaction
def fetch_form(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str) -> None:
    """Takes over what she reached so far, in the visit with her there; recorded."""
    require(viewer, "consult")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    if pregnancy.submitted_at is None and pregnancy.fetched_at is None:
        pregnancy.fetched_at = at
        pregnancy.touch(at)
        due_date.refresh(session, pregnancy)
        audit.write(session, viewer=viewer, at=at, action="answers.fetch", pregnancy_id=pregnancy_id)

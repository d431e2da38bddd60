"""The clinic's worklist: groups of rows in the order of the visit or the due date, counts, and search.

Every query starts from the clinic and uses an index; lists go on by key, never by offset. Names are sealed: the search
opens those of the own clinic; CPR numbers are found by their blind index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import cpr, queries
from svangre.record.models import AnswerRow, Handover, Invitation, Message, Pregnancy, User, Woman
from svangre.record.sealing import keyring

SENT = ("sent", "acknowledged", "question")
SIGNED = ("signed", *SENT)
PAGE = 50
SHORTEST_PHONE = 8
FAR = date(9999, 12, 31)  # no day yet: last in every order
Cursor = tuple[date, str]


@dataclass(frozen=True)
class Rows:
    """A part of the list; `after` is where it goes on."""

    rows: Sequence[Pregnancy]
    after: Cursor | None = None


def _open(viewer: Viewer) -> Select[Pregnancy]:
    return queries.pregnancies(viewer).where(Pregnancy.ended_on.is_(None))


def counts(session: Session, viewer: Viewer) -> dict[str, int]:
    """How many open pregnancies stand at each stage; the ended ones under "ended"."""
    query = queries.pregnancies(viewer).subquery()
    found: dict[str, int] = {}
    for stage, is_ended, number in session.execute(
        select(query.c.stage, query.c.ended_on.is_not(None), func.count()).group_by(
            query.c.stage, query.c.ended_on.is_not(None)
        )
    ):
        key = "ended" if is_ended else stage
        found[key] = found.get(key, 0) + number
    return found


def open_questions(session: Session, viewer: Viewer) -> int:
    """How many birth places wait for an answer."""
    asked = _open(viewer).where(Pregnancy.stage == "question").subquery()
    return session.scalar(select(func.count()).select_from(asked)) or 0


def between(session: Session, viewer: Viewer, first: date, last: date, doctor_id: str | None = None) -> Rows:
    """Unsigned, with a visit in a span of days."""
    query = _open(viewer).where(Pregnancy.stage.not_in(SIGNED), Pregnancy.visit_on.between(first, last))
    query = _of(query, doctor_id).order_by(Pregnancy.visit_on, Pregnancy.visit_time, Pregnancy.id).limit(4 * PAGE)
    return Rows(session.scalars(query).all())


def earlier(session: Session, viewer: Viewer, today: date, doctor_id: str | None = None) -> Rows:
    """Unsigned although the day has passed, newest first."""
    query = _of(_open(viewer).where(Pregnancy.stage.not_in(SIGNED), Pregnancy.visit_on < today), doctor_id)
    return Rows(session.scalars(query.order_by(Pregnancy.visit_on.desc(), Pregnancy.id.desc()).limit(PAGE)).all())


def listed(
    session: Session,
    viewer: Viewer,
    *,
    stages: Sequence[str] | None = None,
    by_due: bool = False,
    visit_after: date | None = None,
    is_ended: bool = False,
    doctor_id: str | None = None,
    after: Cursor | None = None,
) -> Rows:
    """One page of a list in the order of the visit (or the due date), those without a day last."""
    column: Any = Pregnancy.ended_on if is_ended else Pregnancy.due_on if by_due else Pregnancy.visit_on
    query = queries.pregnancies(viewer).where(
        Pregnancy.ended_on.is_not(None) if is_ended else Pregnancy.ended_on.is_(None)
    )
    if stages is not None:
        query = query.where(Pregnancy.stage.in_(stages))
    elif visit_after is not None:
        query = query.where(Pregnancy.stage.not_in(SIGNED))
    query = _of(query, doctor_id)
    with_day = query.where(column.is_not(None))
    if visit_after is not None:
        with_day = with_day.where(column > visit_after)
    if after:
        with_day = with_day.where(tuple_(column, Pregnancy.id) > tuple_(*after))
    rows = list(session.scalars(with_day.order_by(column, Pregnancy.id).limit(PAGE + 1)))
    if len(rows) <= PAGE and not is_ended:  # apart, so that both follow the index
        without = query.where(column.is_(None))
        if after and after[0] == FAR:
            without = without.where(Pregnancy.id > after[1])
        rows += session.scalars(without.order_by(Pregnancy.id).limit(PAGE + 1 - len(rows)))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    if last is None:
        return Rows(rows)
    day = last.ended_on if is_ended else last.due_on if by_due else last.visit_on
    return Rows(rows[:PAGE], (day or FAR, last.id))


def _of(query: Select[Pregnancy], doctor_id: str | None) -> Select[Pregnancy]:
    return query.where(Pregnancy.doctor_id == doctor_id) if doctor_id else query


def week_end(today: date) -> date:
    return today + timedelta(6 - today.weekday())


@dataclass(frozen=True)
class Around:
    """What stands beside the rows of a list, each found with one query however many rows there are."""

    women: dict[str, Woman]
    doctors: dict[str, str]  # user id → initials
    drafts: dict[str, int]  # pregnancy id → answers not sent yet
    invited: dict[str, Invitation]
    questions: dict[str, str]  # pregnancy id → the birth place's open question
    sent: dict[str, Handover]  # pregnancy id → the newest handover


def around(session: Session, viewer: Viewer, rows: Sequence[Pregnancy]) -> Around:
    ids = [row.id for row in rows]
    women = session.scalars(select(Woman).where(Woman.id.in_({row.woman_id for row in rows}))).all()
    drafts = session.execute(
        select(AnswerRow.pregnancy_id, func.count())
        .where(AnswerRow.pregnancy_id.in_(ids), AnswerRow.is_draft.is_(True))
        .group_by(AnswerRow.pregnancy_id)
    )
    invitations = session.scalars(
        select(Invitation)
        .where(Invitation.pregnancy_id.in_(ids), Invitation.revoked_at.is_(None))
        .order_by(Invitation.id)
    )
    asked = session.scalars(
        select(Message)
        .where(Message.pregnancy_id.in_(ids), Message.from_birthplace.is_(True), Message.read_at.is_(None))
        .order_by(Message.id)
    )
    sent = session.scalars(select(Handover).where(Handover.pregnancy_id.in_(ids)).order_by(Handover.id))
    return Around(
        {woman.id: woman for woman in women},
        doctors_initials(session, viewer),
        dict(drafts.all()),
        {one.pregnancy_id: one for one in invitations},
        {one.pregnancy_id: one.text for one in asked},
        {one.pregnancy_id: one for one in sent},
    )


def doctors(session: Session, viewer: Viewer) -> Sequence[User]:
    """The clinic's doctors, for the choice of who sees her."""
    return session.scalars(
        select(User)
        .where(User.clinic_id == viewer.clinic_id, User.role == "doctor", User.disabled_at.is_(None))
        .order_by(User.name)
    ).all()


def doctors_initials(session: Session, viewer: Viewer) -> dict[str, str]:
    found = session.execute(select(User.id, User.initials).where(User.clinic_id == viewer.clinic_id))
    return dict(found.all())


def search(session: Session, viewer: Viewer, text: str, *, ended: bool = False) -> Sequence[Pregnancy]:
    """By CPR number or its beginning, telephone or part of the name, within the clinic. A blind index finds whole
    numbers alone: beginnings and names are looked for in the opened columns of the clinic's own women."""
    text = " ".join(text.split())
    query = queries.pregnancies(viewer) if ended else _open(viewer)
    digits = text.replace(" ", "").replace("-", "").removeprefix("+45")
    try:
        index = keyring().blind_index("cpr", cpr.normalise(text))
        women = session.scalars(select(Woman.id).where(Woman.clinic_id == viewer.clinic_id, Woman.cpr_index == index))
        return session.scalars(query.where(Pregnancy.woman_id.in_(women.all()))).all()
    except cpr.BadCpr:
        pass
    if not text:
        return []
    known = session.scalars(select(Woman).where(Woman.id.in_(query.with_only_columns(Pregnancy.woman_id))))
    if is_beginning := digits.isdigit():
        fitting = [woman.id for woman in known if woman.cpr.startswith(digits)]
    else:
        words = text.casefold().split()
        fitting = [woman.id for woman in known if all(word in woman.name.casefold() for word in words)]
    found: ColumnElement[bool] = Pregnancy.woman_id.in_(fitting[:PAGE])
    if is_beginning and len(digits) >= SHORTEST_PHONE:
        found = or_(found, Pregnancy.id.in_(_with_phone(session, viewer, digits)))
    return session.scalars(query.where(found).order_by(Pregnancy.visit_on.desc(), Pregnancy.id)).all()


def _with_phone(session: Session, viewer: Viewer, digits: str) -> list[str]:
    own = queries.pregnancies(viewer).with_only_columns(Pregnancy.id)
    rows = session.scalars(
        select(AnswerRow).where(
            AnswerRow.item_id == "phone", AnswerRow.pregnancy_id.in_(own), AnswerRow.is_draft.is_(False)
        )
    )
    return [row.pregnancy_id for row in rows if str(row.content.get("value") or "").replace(" ", "").endswith(digits)]


def open_handovers(session: Session, viewer: Viewer, pregnancy_id: str) -> Sequence[Handover]:
    """The handovers of one pregnancy, newest first."""
    return session.scalars(
        queries.handovers(viewer).where(Handover.pregnancy_id == pregnancy_id).order_by(Handover.id.desc())
    ).all()

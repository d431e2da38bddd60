"""Reading. Every query starts from what the viewer may see; nothing is loaded by id alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import cast

from sqlalchemy import Select, and_, exists, false, func, select
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import Answer, Visibility
from svangre.policy import Viewer
from svangre.record import clinic_settings
from svangre.record.chart import VISIBILITIES, Chart, ClinicInfo, Field, Given, Giver, Identity, Row
from svangre.record.errors import NotYours
from svangre.record.forms import catalogue_of
from svangre.record.ids import rise_above
from svangre.record.models import (
    AnswerRow,
    Clinic,
    Delivery,
    FindingAct,
    GroupRow,
    Handover,
    Pregnancy,
    User,
    Version,
    Woman,
)

People = dict[str, tuple[str, str]]  # user id → initials, role
KEPT = 60  # charts of signed versions held in memory, a screenful of the inbox
_kept: dict[tuple[str, bytes], Chart] = {}
_lock = threading.Lock()


def pregnancies(viewer: Viewer) -> Select[Pregnancy]:
    """The pregnancies whose chart this person may see: the clinic's own, or her own one."""
    query = select(Pregnancy)
    if (viewer.may("consult") or viewer.may("exchange")) and viewer.clinic_id:
        return query.where(Pregnancy.clinic_id == viewer.clinic_id)
    if viewer.is_woman:
        return query.where(Pregnancy.id == viewer.pregnancy_id)
    return query.where(false())


def pregnancy(session: Session, viewer: Viewer, pregnancy_id: str, *, lock: bool = False) -> Pregnancy:
    """One pregnancy; `lock` makes other writers of it wait until this transaction ends.

    Raises:
        NotYours: not there, or not for this person.
    """
    query = pregnancies(viewer).where(Pregnancy.id == pregnancy_id)
    if lock:  # what this session read earlier may have changed while it waited
        query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotYours
    if lock:
        _go_on_from(session, pregnancy_id)
    return found


def _go_on_from(session: Session, pregnancy_id: str) -> None:
    """Rows are read in the order of their ids: a new one must come last, though the clock was set back or another
    machine's is ahead."""
    newest = [
        select(func.max(kind.id)).where(kind.pregnancy_id == pregnancy_id).scalar_subquery()
        for kind in (AnswerRow, GroupRow, FindingAct, Delivery)
    ]
    for row_id in session.execute(select(*newest)).one():
        if row_id:
            rise_above(row_id)


def handovers(viewer: Viewer) -> Select[Handover]:
    """Handovers: to the midwife's unit, or from the clinic."""
    query = select(Handover)
    if viewer.may("see_inbox") and viewer.birthplace_id:
        return query.where(Handover.birthplace_id == viewer.birthplace_id, Handover.other_way.is_(False))
    if viewer.may("consult"):
        own = exists().where(and_(Pregnancy.id == Handover.pregnancy_id, Pregnancy.clinic_id == viewer.clinic_id))
        return query.where(own)
    return query.where(false())


def handover(session: Session, viewer: Viewer, handover_id: str) -> Handover:
    found = session.scalar(handovers(viewer).where(Handover.id == handover_id))
    if found is None:
        raise NotYours
    return found


def colleagues(session: Session, viewer: Viewer) -> Sequence[User]:
    """Who works at the viewer's birth place, by name."""
    query = select(User).where(User.birthplace_id == viewer.birthplace_id, User.disabled_at.is_(None))
    return session.scalars(query.order_by(User.name)).all() if viewer.birthplace_id else []


def versions(session: Session, viewer: Viewer, pregnancy_id: str) -> Sequence[Version]:
    """Signed versions, newest first: the clinic's, hers, or those that were handed over to the midwife's unit."""
    query = select(Version).where(Version.pregnancy_id == pregnancy_id).order_by(Version.number.desc())
    if viewer.may("see_inbox"):
        query = query.where(
            exists().where(
                and_(
                    Handover.version_id == Version.id,
                    Handover.birthplace_id == viewer.birthplace_id,
                    Handover.other_way.is_(False),
                )
            )
        )
    else:
        pregnancy(session, viewer, pregnancy_id)
    return session.scalars(query).all()


def version_chart(session: Session, version: Version) -> Chart:
    """The frozen chart of a signed version, read with its own questions. It never changes: the latest ones are kept as
    they were read, by their sealed bytes, since inbox and comparison open the same ones again and again."""
    key = (version.id, version._snapshot)
    with _lock:
        kept = _kept.pop(key, None)
        if kept is not None:
            _kept[key] = kept
            return kept
    chart = Chart.from_json(version.snapshot, catalogue_of(session, version.form_version))
    with _lock:
        _kept[key] = chart
        while len(_kept) > KEPT:
            del _kept[next(iter(_kept))]
    return chart


def chart(session: Session, viewer: Viewer, pregnancy: Pregnancy) -> Chart:
    """The live chart as this person may see it.

    The clinic sees no answers before she has submitted (or before they were fetched with her there); she never sees
    what is the clinic's alone; staff never see what is the doctor's alone.
    """
    whole = whole_chart(session, pregnancy, drafts=viewer.is_woman or pregnancy.fetched_at is not None)
    return whole if viewer.may("see_private") else whole.for_her()


def whole_chart(session: Session, pregnancy: Pregnancy, *, drafts: bool) -> Chart:
    """Everything in the record, for the doctor, for signing and for the rules. Few queries, however many answers."""
    return _whole_charts(session, [pregnancy], {pregnancy.id} if drafts else set())[pregnancy.id]


def charts(session: Session, viewer: Viewer, pregnancies: Sequence[Pregnancy]) -> dict[str, Chart]:
    """The live charts of a list, as `chart` would give each, with the same few queries for them all."""
    whole = _whole_charts(session, pregnancies, {one.id for one in pregnancies if one.fetched_at})
    return whole if viewer.may("see_private") else {key: one.for_her() for key, one in whole.items()}


def _whole_charts(session: Session, pregnancies: Sequence[Pregnancy], drafts: set[str]) -> dict[str, Chart]:
    """The charts by pregnancy. `drafts`: those whose unsubmitted answers are read too."""
    ids = [one.id for one in pregnancies]
    women = {
        one.id: one for one in session.scalars(select(Woman).where(Woman.id.in_({one.woman_id for one in pregnancies})))
    }
    clinics = {one.clinic_id for one in pregnancies}
    clinic_of = {one.id: one for one in session.scalars(select(Clinic).where(Clinic.id.in_(clinics)))}
    people: People = {
        user_id: (initials, role)
        for user_id, initials, role in session.execute(
            select(User.id, User.initials, User.role).where(User.clinic_id.in_(clinics))
        )
    }
    rows: dict[str, list[GroupRow]] = {key: [] for key in ids}
    for row in session.scalars(select(GroupRow).where(GroupRow.pregnancy_id.in_(ids)).order_by(GroupRow.id)):
        rows[row.pregnancy_id].append(row)
    answers: dict[str, list[AnswerRow]] = {key: [] for key in ids}
    for answer in session.scalars(
        select(AnswerRow).where(AnswerRow.pregnancy_id.in_(ids)).order_by(AnswerRow.id)
    ):  # fmt: skip
        answers[answer.pregnancy_id].append(answer)
    return {
        one.id: _whole_chart(
            one,
            women[one.woman_id],
            clinic_of[one.clinic_id],
            people,
            rows[one.id],
            answers[one.id],
            one.id in drafts,
        )
        for one in pregnancies
    }


def _whole_chart(
    pregnancy: Pregnancy,
    woman: Woman,
    clinic: Clinic,
    people: People,
    rows: Sequence[GroupRow],
    answers: Sequence[AnswerRow],
    drafts: bool,
) -> Chart:
    if not drafts:
        answers = [answer for answer in answers if not answer.is_draft]
        submitted = {answer.row_id for answer in answers}
        rows = [row for row in rows if row.giver != "woman" or row.id in submitted or pregnancy.submitted_at]
    fields: dict[tuple[str, str | None], Field] = {}
    removed: dict[str, str | None] = {}
    for answer in answers:
        if answer.item_id not in CATALOGUE:
            continue
        if answer.act == "removed" and answer.row_id:
            removed[answer.row_id] = answer.content.get("reason")
        elif answer.act == "restored" and answer.row_id:
            removed.pop(answer.row_id, None)
        else:
            key = (answer.item_id, answer.row_id)
            fields[key] = _after(fields.get(key, Field()), answer, people)
    return Chart(
        pregnancy_id=pregnancy.id,
        identity=Identity(woman.cpr, woman.name, woman.is_protected),
        clinic=clinic_info(clinic),
        catalogue=CATALOGUE,
        fields=fields,
        all_rows=tuple(
            Row(row.id, row.group_path, row.parent_id, cast(Giver, row.giver), row.id in removed, removed.get(row.id))
            for row in rows
        ),
        consultation_on=pregnancy.visit_on,
        submitted_at=pregnancy.submitted_at,
    )


def clinic_info(clinic: Clinic) -> ClinicInfo:
    settings = clinic_settings.read(clinic)
    return ClinicInfo(
        clinic.name, clinic.sor, clinic.ydernummer, clinic.region, clinic.phone, clinic.address, clinic.is_demo,
        settings.shows_unverified, settings.leads,
    )  # fmt: skip


def _after(one: Field, answer: AnswerRow, people: People) -> Field:
    """The field after one more row of its history."""
    visibility = cast(Visibility, answer.visibility)
    if answer.act == "visibility":
        return Field(one.hers, one.clinics, one.imported, one.postponed, visibility)
    if answer.act == "undone":
        return Field(one.hers, None, one.imported, None, visibility)
    content = answer.content
    by, role = people.get(answer.typed_by or "", ("", ""))
    given = Given(
        id=answer.id,
        answer=Answer(content["state"], content.get("value")),
        giver=cast(Giver, answer.giver),
        by=by,
        at=answer.at,
        act=answer.act,
        is_draft=answer.is_draft,
        role=role,
        source=content.get("source", ""),
        known_on=content.get("known_on", ""),
    )
    if answer.act == "later":
        return Field(one.hers, None, one.imported, given, visibility)
    if answer.giver == "clinic":
        return Field(one.hers, given, one.imported, None, visibility)
    # Her newer answer, or an import, never widens what was narrowed before.
    narrower = min(one.visibility or visibility, visibility, key=VISIBILITIES.index)
    if answer.giver == "record":
        return Field(one.hers, one.clinics, given, one.postponed, narrower)
    return Field(given, one.clinics, one.imported, one.postponed, narrower)


def open_pregnancy_of(session: Session, woman_id: str) -> Pregnancy | None:
    return session.scalar(select(Pregnancy).where(Pregnancy.woman_id == woman_id, Pregnancy.ended_on.is_(None)))

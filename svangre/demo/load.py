"""Loading the demo: a clinic, two birth places and the women of `women.py`, made through the actions of real use."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.access.passwords import hash_password
from svangre.catalogue import Answer, State, inside, is_shown
from svangre.config import DENMARK, Settings
from svangre.demo.women import CONSULTATION, ORDINARY, WOMEN, Values, Woman
from svangre.fhir.missing import prf_missing
from svangre.policy import Role, Viewer
from svangre.record import findings, queries
from svangre.record.actions import answers, decisions, handovers, invitations, pregnancies, signing
from svangre.record.ids import new_id
from svangre.record.models import Birthplace, Clinic, Pregnancy, User

PASSWORD = "demo"
STATES = ("unknown", "declines", "ask_doctor", "not_answered")


def load(session: Session, settings: Settings) -> bool:
    """Fills an empty database; does nothing, and says so, when there is a clinic already."""
    if session.scalar(select(Clinic.id).limit(1)):
        return False
    clinic, places, users = _organisations(session)
    today = settings.today()
    for woman in WOMEN:
        _make(session, settings, today, clinic, places, users, woman)
    return True


def _organisations(session: Session) -> tuple[Clinic, list[Birthplace], dict[str, User]]:
    clinic = Clinic(
        name="Lægehuset Testvænget",
        sor="999000000000001",
        ydernummer="099999",
        region="sjaelland",
        phone="70000001",
        address="Testvænget 1, 0000 Demoby",
        hours="Hverdage 8–16",
        is_demo=True,
    )
    places = [
        Birthplace(
            name="Fødestedet Demo Nord",
            sor="999000000000011",
            email="demo.nord@example.org",
            has_inbox=True,
            is_demo=True,
        ),
        Birthplace(name="Fødestedet Demo Syd", sor="999000000000012", has_inbox=True, is_demo=True),
    ]
    session.add_all([clinic, *places])
    session.flush()
    hashed = hash_password(PASSWORD)
    people: tuple[tuple[str, Role, str, str], ...] = (
        ("holm", "doctor", "Testperson Øjvind Holm", "ØH"),
        ("rask", "doctor", "Testperson Mette Rask", "MR"),
        ("lone", "staff", "Testperson Lone Fyhn", "LF"),
        ("admin", "clinic_admin", "Testperson Vibeke Toft", "VT"),
        ("jordemoder", "midwife", "Testperson Birte Vandsø", "BV"),
        ("jordemoder-syd", "midwife", "Testperson Kirsten Aasø", "KA"),
    )
    users = {}
    for username, role, name, initials in people:
        place = places[username.endswith("syd")] if role == "midwife" else None
        users[username] = User(
            role=role,
            clinic_id=None if place else clinic.id,
            birthplace_id=place.id if place else None,
            username=username,
            password_hash=hashed,
            name=name,
            initials=initials,
        )
    session.add_all(users.values())
    session.commit()
    return clinic, places, users


def _viewer(user: User) -> Viewer:
    return Viewer(user.id, user.role, user.name, user.initials, user.clinic_id, user.birthplace_id, address="127.0.0.1")  # type: ignore[arg-type]


def _make(
    session: Session,
    settings: Settings,
    today: date,
    clinic: Clinic,
    places: list[Birthplace],
    users: dict[str, User],
    woman: Woman,
) -> None:
    visit_on = today + timedelta(woman.visit)
    visited_at = datetime.combine(
        min(visit_on, today), time.fromisoformat(woman.time.replace(".", ":").zfill(5)), DENMARK
    )
    before = visited_at - timedelta(5)
    doctor, staff = _viewer(users[woman.doctor]), _viewer(users["lone"])
    pregnancy = pregnancies.create_pregnancy(
        session,
        viewer=staff,
        at=before,
        cpr_number=woman.cpr,
        name=woman.name,
        is_protected=woman.is_protected,
        contact={"phone": "20000000", "email": "kvinde@example.org", "address": "Testvænget 2, 0000 Demoby"},
        language=woman.language,
        visit_on=visit_on,
        visit_time=woman.time.replace(".", ":").zfill(5),
        doctor_id=users[woman.doctor].id,
        demo_key=woman.key,
    )
    invited = invitations.invite(
        session,
        viewer=staff,
        at=before,
        pregnancy_id=pregnancy.id,
        base_url=settings.address,
        email_to="kvinde@example.org",
    )
    if woman.stage == "invited":
        return
    born = _born(session, pregnancy)
    token = invited.link.rsplit("/", 1)[-1]
    invitations.prove(
        session, at=before + timedelta(hours=3), token=token, code=invited.code, born_on=born, address="127.0.0.1"
    )
    her = Viewer(pregnancy.id, "woman", pregnancy_id=pregnancy.id, address="127.0.0.1")
    at = before + timedelta(hours=4)
    given = {} if woman.key == "empty" else _her_answers(woman, today)
    if woman.stage == "answering":
        given = dict(list(given.items())[:30])
    _answer(session, her, at, pregnancy.id, given)
    if woman.stage == "answering":
        return
    answers.submit(session, viewer=her, at=at + timedelta(minutes=25), pregnancy_id=pregnancy.id)
    if woman.stage == "ready":
        return
    _consult(session, doctor, visited_at, pregnancy.id, woman)
    if woman.stage == "under_way":
        return
    _sign_and_send(session, settings, visited_at, pregnancy.id, places, users, woman, doctor)


def _born(session: Session, pregnancy: Pregnancy) -> date:
    return queries.whole_chart(session, pregnancy, drafts=False).identity.born


def _her_answers(woman: Woman, today: date) -> dict[str, Any]:
    """Every question that she is shown: her own answer, the ordinary one, or "nothing to remark"."""
    started = today - timedelta(woman.weeks * 7 + woman.days)
    given: dict[str, Any] = {
        "last_period": started.isoformat(),
        "pregnancy_test_on": (started + timedelta(33)).isoformat(),
    }
    given |= ORDINARY | dict(woman.hers)
    if given.get("fertility_kind") == "ivf":
        given["transfer_on"] = (
            started + timedelta(19)
        ).isoformat()  # day 5 embryo: 14 + 5 days after the nominal start
    chosen: dict[str, Any] = {}

    def answer_of(item_id: str) -> Answer | None:
        return _as_answer(chosen[item_id]) if item_id in chosen and not isinstance(chosen[item_id], tuple) else None

    for placed in CATALOGUE:
        item = placed.item
        if (
            placed.group
            or not item.is_hers
            or not is_shown(item, answer_of, to_her=True, item_of=CATALOGUE.__getitem__)
        ):
            continue
        if item.kind_name == "group":
            chosen[item.id] = tuple(given.get(item.id, ()))
        elif item.id in given:
            chosen[item.id] = given[item.id]
        elif item.unremarkable:
            chosen[item.id] = [item.unremarkable[0]] if item.kind_name == "many" else item.unremarkable[0]
    return chosen


def _as_answer(value: Any) -> Answer:
    return Answer(cast(State, value)) if isinstance(value, str) and value in STATES else Answer("value", value)


def _answer(
    session: Session,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    given: Values,
    *,
    path: str = "",
    row: str | None = None,
) -> None:
    flat = {
        (item_id, row): _as_answer(value)
        for item_id, value in given.items()
        if not isinstance(value, tuple) and not _is_group(item_id)
    }
    answers.save_answers(session, viewer=viewer, at=at, pregnancy_id=pregnancy_id, answers=flat)
    for item_id, rows in given.items():
        if _is_group(item_id):
            group = f"{path}.{item_id}" if path else item_id
            for values in rows:
                child = answers.add_row(
                    session, viewer=viewer, at=at, pregnancy_id=pregnancy_id, group=group, parent=row
                )
                _answer(session, viewer, at, pregnancy_id, values, path=group, row=child)


def _is_group(item_id: str) -> bool:
    return bool(inside(CATALOGUE[item_id]))


def _consult(session: Session, doctor: Viewer, at: datetime, pregnancy_id: str, woman: Woman) -> None:
    """Accepts hers (the woman under way: three sections), then enters the clinic's own fields."""
    pregnancy = queries.pregnancy(session, doctor, pregnancy_id)
    decisions.mark_read(session, viewer=doctor, at=at, pregnancy_id=pregnancy_id, alerts=True)
    chart = queries.chart(session, doctor, pregnancy)
    under_way = woman.stage == "under_way"
    keys = [
        (item.id, row_id)
        for section in (CATALOGUE.sections[:4] if under_way else CATALOGUE.sections)
        if not section.private
        for item, row_id in chart.section_items(section)
        if "gp" in item.who and (hers := chart.field(item.id, row_id).hers) and hers.answer.state == "value"
    ]
    decisions.accept_row(session, viewer=doctor, at=at, pregnancy_id=pregnancy_id, keys=keys)
    if not under_way:
        for item_id, value in (CONSULTATION | dict(woman.clinics)).items():
            decisions.correct(
                session,
                viewer=doctor,
                at=at + timedelta(minutes=12),
                pregnancy_id=pregnancy_id,
                item_id=item_id,
                answer=_as_answer(value),
            )
        chart = queries.chart(session, doctor, pregnancy)
        for finding in findings.assessment(chart, at.date())["findings"][:3]:
            findings.handle(
                session,
                viewer=doctor,
                at=at + timedelta(minutes=14),
                pregnancy_id=pregnancy_id,
                finding=finding["key"],
                act="hand_over",
            )


def _sign_and_send(
    session: Session,
    settings: Settings,
    at: datetime,
    pregnancy_id: str,
    places: list[Birthplace],
    users: dict[str, User],
    woman: Woman,
    doctor: Viewer,
) -> None:
    def sign(moment: datetime, reason: str | None, place: str | None) -> None:
        chart = queries.whole_chart(session, queries.pregnancy(session, doctor, pregnancy_id), drafts=False)
        signing.sign(
            session,
            viewer=doctor,
            at=moment,
            pregnancy_id=pregnancy_id,
            gm_version=settings.gm_version,
            prf_is_complete=not prf_missing(chart),
            without_prf=True,
            reason=reason,
            birthplace_id=place,
        )

    signed_at = at + timedelta(minutes=18)
    sign(signed_at, None, None if woman.stage == "signed" else places[0].id)
    if woman.stage == "amended":
        later = signed_at + timedelta(days=1)
        decisions.correct(
            session,
            viewer=doctor,
            at=later,
            pregnancy_id=pregnancy_id,
            item_id="rhd",
            answer=Answer("value", "negative"),
        )
        sign(later + timedelta(minutes=2), "Svar på blodtype: RhD-negativ.", places[0].id)
    sent = session.scalars(queries.handovers(doctor)).all()
    mine = [handover for handover in sent if handover.pregnancy_id == pregnancy_id and handover.replaced_at is None]
    midwife = _viewer(users["jordemoder"])
    for handover in mine if woman.stage in ("acknowledged", "question") else ():
        opened = signed_at + timedelta(hours=20)
        handovers.open_handover(session, viewer=midwife, at=opened, handover_id=handover.id)
        if woman.stage == "acknowledged":
            handovers.acknowledge(session, viewer=midwife, at=opened, handover_id=handover.id)
        else:
            handovers.ask(
                session,
                viewer=midwife,
                at=opened,
                handover_id=handover.id,
                message_id=new_id(),
                text="Blodtryk 146/92, er det gentaget?",
            )

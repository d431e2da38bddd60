"""Demo data: a clinic, two birth places and fourteen invented women, one at each stage and for each thing that the record
must bear. Made through the same actions as real use. CPR numbers are date-shaped and fail modulus 11.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.access.passwords import hash_password
from svangre.catalogue import Answer, State, inside, is_shown
from svangre.config import DENMARK, Settings
from svangre.fhir.missing import prf_missing
from svangre.policy import Role, Viewer
from svangre.record import findings, queries
from svangre.record.actions import answers, decisions, handovers, invitations, pregnancies, signing
from svangre.record.ids import new_id
from svangre.record.models import Birthplace, Clinic, Pregnancy, User

PASSWORD = "demo"
STATES = ("unknown", "declines", "ask_doctor", "not_answered")
Values = Mapping[str, Any]  # item id → value, state, or list of rows for a group

# What a typical woman answers where "nothing to remark" is not enough.
ORDINARY: dict[str, Any] = {
    "phone": "20000000",
    "safe_contact": "yes",
    "email": "kvinde@example.org",
    "ancestry_countries": ["DK"],
    "other_parent_countries": ["DK"],
    "family_and_household": "Bor sammen med min partner.",
    "marital_status": "unmarried",
    "has_partner": "yes",
    "partner_name": "Testperson Mads Demolind",
    "partner_relation": "cohabiting",
    "main_occupation": "employed",
    "education": "vocational",
    "cycle_days": {"low": 28, "high": 28},
    "pregnancy_test": ["home_test"],
    "wants_prenatal_information": "yes",
    "wants_first_trimester_scan": "yes",
    "wants_second_trimester_scan": "yes",
    "wants_risk_assessment": "yes",
    "folic_acid": "standard",
    "supplements": ["vitamin_d"],
    "smokes_now": "never",
    "exercise_days": 3,
    "caffeine_cups": 1,
    "job": "Pædagog",
    "hours_per_week": 34,
    "working_time": "day",
    "what_matters": "At vi tager os god tid, og at jeg kan ringe, hvis jeg er i tvivl.",
    "wanted_birthplace": "Fødestedet Demo Nord",
    "antenatal_classes": "yes",
    "height_cm": 168,
    "weight_before_kg": "64.5",
    "consent_to_send": "yes",
    "information_read": "yes",
}
# What the clinic adds in an ordinary first consultation.
CONSULTATION: dict[str, Any] = {
    "social_vulnerability": "no",
    "dating_certain": "yes",
    "systolic": 118,
    "diastolic": 74,
    "weight_today_kg": "66",
    "urine_protein": "negative",
    "urine_glucose": "negative",
    "urine_leucocytes": "negative",
    "urine_nitrite": "negative",
    "blood_group_sample": "taken",
    "rhd": "awaiting",
    "hepatitis_b": "ordered",
    "hiv": "ordered",
    "syphilis": "ordered",
    "overall_assessment": "Rask, velforberedt, god støtte hjemme.",
    "omsorgsniveau": "1",
    "obstetric_referral": "no",
    "social_referral": "no",
    "resume": "Ukompliceret forløb til nu. Ønsker nakkefoldsskanning og gennemskanning.",
}


def birth(year: int, weeks: int, days: int, weight: int, **more: Any) -> dict[str, Any]:
    """An earlier birth of one child, uncomplicated unless said otherwise."""
    child = {"child_outcome": "live_birth", "child_died_later": "no", "child_sex": "girl", "child_weight": weight}
    return {
        "birth_year": str(year), "birth_weeks": weeks, "birth_days": days, "birth_place": "Fødestedet Demo Nord",
        "birth_pregnancy_course": ["uncomplicated"], "birth_course": ["normal"], "birth_experience": "good",
        "puerperium_uncomplicated": "yes", "postpartum_mental_illness": "no", "children": [child], **more,
    }  # fmt: skip


@dataclass(frozen=True)
class Woman:
    """`week` is her gestational age in weeks on the day that the demo is made; `visit` days from that day."""

    key: str
    name: str
    cpr: str
    stage: str  # as svangre.record.stages
    weeks: int
    days: int
    visit: int
    time: str
    hers: Values = field(default_factory=dict)
    clinics: Values = field(default_factory=dict)
    language: str = "da"
    is_protected: bool = False
    doctor: str = "holm"


WOMEN = (
    Woman(
        "ordinary", "Testperson Nanna Berggreen", "150490-9996", "under_way", 8, 3, 0, "10.00",
        {
            "given_birth_before": "yes",
            "births": [birth(2019, 39, 2, 4620, birth_course=["acute_caesarean"], birth_experience="bad")],
            "somatic_disease": "yes", "endocrine": ["hypothyroidism"], "allergy": "yes",
            "allergies": [{"allergen_kind": "medicine", "allergen": "Penicillin", "allergy_reaction": "Udslæt"}],
            "takes_medicine": "yes", "medicines": [{"medicine_name": "Levothyroxin", "medicine_dose": "50 mikrogram dagligt"}],
            "mental_illness": "ask_doctor", "family_diabetes": "unknown", "height_cm": 170, "weight_before_kg": "82",
            "cycle_days": {"low": 31, "high": 31}, "what_matters": "Jeg er bange for at ende i et akut kejsersnit igen.",
        },
    ),
    Woman(
        "pre_eclampsia", "Testperson Karla Demolind", "140592-9994", "ready", 9, 1, 0, "10.40",
        {
            "interpreter_needed": "yes", "interpreter_language": "pl", "ancestry_countries": ["PL"], "given_birth_before": "yes",
            "births": [
                birth(2014, 40, 1, 3450),
                birth(2017, 33, 4, 1980, birth_pregnancy_course=["severe_preeclampsia"], birth_course=["acute_caesarean", "preterm_birth"], birth_experience="bad"),
                birth(2020, 36, 1, 2410, children=[
                    {"child_outcome": "live_birth", "child_died_later": "no", "child_sex": "girl", "child_weight": 2410},
                    {"child_outcome": "live_birth", "child_died_later": "no", "child_sex": "girl", "child_weight": 2280},
                ]),
            ],
            "pregnant_before_without_birth": "yes", "losses": [{"loss_year": "2013", "loss_kind": "spontaneous", "loss_week": 8}],
            "somatic_disease": "yes", "circulation": ["hypertension"], "takes_medicine": "yes",
            "medicines": [{"medicine_name": "Labetalol", "medicine_dose": "100 mg to gange dagligt"}],
        }, language="da",
    ),
    Woman(
        "twins", "Testperson Signe Tvillinggaard", "230694-9992", "sent", 10, 2, -1, "13.20",
        {"multiple_pregnancy": "yes", "number_of_fetuses": 2, "wants_risk_assessment": "no"},
        {"omsorgsniveau": "2", "obstetric_referral": "yes", "obstetric_referral_reason": "Tvillinger, to moderkager ved tidlig skanning.",
         "resume": "Gravid med tvillinger. Henvist til obstetrisk vurdering."}, doctor="rask",
    ),
    Woman(
        "half_way", "Testperson Hodan Prøve-Ali", "090997-9998", "answering", 7, 1, 0, "14.00",
        {"interpreter_needed": "yes", "interpreter_language": "so", "ancestry_countries": ["SO"]}, doctor="rask",
    ),
    Woman("plain", "Testperson Mie Skovdemo", "170388-9990", "ready", 6, 5, 1, "9.00"),
    Woman("invited", "Testperson Freja Eksempelsen", "051103-9991", "invited", 7, 3, 1, "9.40"),
    Woman(
        "blood_clot", "Testperson Olga Musterova", "280285-9995", "ready", 8, 1, 2, "11.20",
        {"ancestry_countries": ["UA"], "somatic_disease": "yes", "circulation": ["blood_clot"], "current_symptoms": ["bleeding"],
         "cycle_days": "irregular"}, language="da",
    ),
    Woman("empty", "Testperson Ida Blankfelt", "110199-9993", "ready", 0, 0, 3, "8.20", doctor="rask"),
    Woman(
        "ivf", "Testperson Liv Frostby", "060386-9997", "acknowledged", 9, 4, -4, "9.20",
        {"fertility_treatment": "yes", "fertility_kind": "ivf", "embryo_age_days": 5, "long_wish_for_pregnancy": "yes", "months_of_trying": 30,
         "last_period": "unknown"},
        {"omsorgsniveau": "1", "resume": "Gravid efter IVF, terminen er sat efter oplægning."},
    ),
    Woman(
        "stillbirth", "Testperson Sofie Attrup-Test", "020491-9992", "question", 9, 3, -5, "11.00",
        {
            "given_birth_before": "yes",
            "births": [birth(2023, 24, 2, 480, birth_pregnancy_course=["growth_restriction"], birth_course=["preterm_birth"], birth_experience="ask_doctor",
                             children=[{"child_outcome": "stillbirth", "child_sex": "boy", "child_weight": 480}])],
            "what_matters": "Jeg mistede Emil i 2023. Jeg vil gerne vide hurtigt, om alt er, som det skal være.",
        },
        {"systolic": 146, "diastolic": 92, "omsorgsniveau": "2", "obstetric_referral": "yes",
         "obstetric_referral_reason": "Dødfødsel i uge 24+2 i 2023. Blodtryk 146/92.", "resume": "Tidligere dødfødsel. Har brug for tidlig plan."},
    ),
    Woman(
        "amended", "Testperson Lærke Modelby", "300695-9994", "amended", 12, 6, -6, "10.20",
        {"smokes_now": "stopped_when_pregnant", "smoking_stopped_on": "2026-10", "smoked_before": "yes"},
        {"omsorgsniveau": "2", "resume": "Røgfri siden hun blev gravid. Ønsker støtte til at blive ved."}, doctor="rask",
    ),
    Woman(
        "bariatric", "Testperson Trine Bypassdahl", "121289-9993", "signed", 8, 0, -2, "13.00",
        {"relevant_surgery": "yes", "height_cm": 166, "weight_before_kg": "98.5",
         "operations": [{"operation_area": "bariatric", "bariatric_surgery": "gastric_bypass", "operation_year": "2018"}]},
        {"omsorgsniveau": "2", "resume": "Gastrisk bypass 2018. Sukkerbelastning erstattes af anden undersøgelse."},
    ),
    Woman(
        "protected", "Testperson Vera Skjultved", "190793-9991", "sent", 11, 0, -7, "14.20",
        {"safe_contact": "only_like_this", "safe_contact_how": "Ingen sms. Ring kun på hverdage 9–12.", "has_partner": "no"},
        {"omsorgsniveau": "3", "resume": "Se aftale om kontakt."}, is_protected=True,
    ),
    Woman(
        "eight_births", "Testperson Rakel Mangebørn", "251084-9990", "signed", 10, 0, -3, "9.00",
        {
            "given_birth_before": "yes",
            "births": [birth(year, 39, year % 7, 3300 + 60 * (year - 2005)) for year in range(2005, 2021, 2)],
            "mental_illness": "yes", "mental_illness_kinds": ["postpartum"], "mental_illness_treated": "yes",
            "mental_illness_details": "Svær tid efter den tredje fødsel.",
        },
        {"omsorgsniveau": "2", "resume": "Ottendegangsfødende, tidligere fødselsdepression.", "mental_illness": "yes"},
    ),
)  # fmt: skip


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
        name="Lægehuset Testvænget", sor="999000000000001", ydernummer="099999", region="sjaelland", phone="70000001",
        address="Testvænget 1, 0000 Demoby", hours="Hverdage 8–16", is_demo=True,
    )  # fmt: skip
    places = [
        Birthplace(name="Fødestedet Demo Nord", sor="999000000000011", email="demo.nord@example.org", has_inbox=True, is_demo=True),
        Birthplace(name="Fødestedet Demo Syd", sor="999000000000012", has_inbox=True, is_demo=True),
    ]  # fmt: skip
    session.add_all([clinic, *places])
    session.flush()
    hashed = hash_password(PASSWORD)
    people: tuple[tuple[str, Role, str, str], ...] = (
        ("holm", "doctor", "Testperson Øjvind Holm", "ØH"),
        ("rask", "doctor", "Testperson Mette Rask", "MR"),
        ("lone", "staff", "Testperson Lone Fyhn", "LF"),
        ("jordemoder", "midwife", "Testperson Birte Vandsø", "BV"),
        ("jordemoder-syd", "midwife", "Testperson Kirsten Aasø", "KA"),
    )
    users = {}
    for username, role, name, initials in people:
        place = places[username.endswith("syd")] if role == "midwife" else None
        users[username] = User(
            role=role, clinic_id=None if place else clinic.id, birthplace_id=place.id if place else None,
            username=username, password_hash=hashed, name=name, initials=initials,
        )  # fmt: skip
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
        session, viewer=staff, at=before, cpr_number=woman.cpr, name=woman.name, is_protected=woman.is_protected,
        contact={"phone": "20000000", "email": "kvinde@example.org", "address": "Testvænget 2, 0000 Demoby"},
        language=woman.language, visit_on=visit_on, visit_time=woman.time.replace(".", ":").zfill(5),
        doctor_id=users[woman.doctor].id, demo_key=woman.key,
    )  # fmt: skip
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
                session, viewer=doctor, at=at + timedelta(minutes=12), pregnancy_id=pregnancy_id, item_id=item_id, answer=_as_answer(value)
            )  # fmt: skip
        chart = queries.chart(session, doctor, pregnancy)
        for finding in findings.assessment(chart, at.date())["findings"][:3]:
            findings.handle(
                session, viewer=doctor, at=at + timedelta(minutes=14), pregnancy_id=pregnancy_id, finding=finding["key"], act="hand_over"
            )  # fmt: skip


def _sign_and_send(
    session: Session, settings: Settings, at: datetime, pregnancy_id: str, places: list[Birthplace], users: dict[str, User],
    woman: Woman, doctor: Viewer,
) -> None:  # fmt: skip
    def sign(moment: datetime, reason: str | None, place: str | None) -> None:
        chart = queries.whole_chart(session, queries.pregnancy(session, doctor, pregnancy_id), drafts=False)
        signing.sign(
            session, viewer=doctor, at=moment, pregnancy_id=pregnancy_id, gm_version=settings.gm_version,
            prf_is_complete=not prf_missing(chart), without_prf=True, reason=reason, birthplace_id=place,
        )  # fmt: skip

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
                session, viewer=midwife, at=opened, handover_id=handover.id, message_id=new_id(), text="Blodtryk 146/92, er det gentaget?"
            )  # fmt: skip

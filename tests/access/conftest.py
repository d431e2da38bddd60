"""An app with two clinics, two birth places and two women, whose records hold marks that must not get out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Session

from svangre.access.passwords import hash_password
from svangre.catalogue import Answer
from svangre.citizen import guests
from svangre.fhir import health_link
from svangre.policy import Role, Viewer
from svangre.record import documents
from svangre.record.actions import answers, clients, handovers, imports, invitations, pregnancies, shares
from svangre.record.base import Base
from svangre.record.cpr import birth_date
from svangre.record.database import make_sessions
from svangre.record.ids import new_id
from svangre.record.imported import FactRow, Facts
from svangre.record.models import Birthplace, Delivery, Document, GroupRow, Handover, SignIn, User
from svangre.record.sealing import keyring
from svangre.web import signed_in
from tests.pages import CheckedClient
from tests.record.conftest import BORN, CPR, World, add_clinic, place

PASSWORD = "en lang adgangskode"
HASH = hash_password(PASSWORD)
OTHER_CPR, OTHER_NAME = "0203915556", "Berit Anden"

# Who calls. "her" is the woman whose record it is; "other_woman" another one of the same clinic.
CALLERS = (
    "doctor",
    "staff",
    "stranger",
    "midwife",
    "other_midwife",
    "admin",
    "operator",
    "her",
    "other_woman",
    "nobody",
    "system",
    "other_system",
)
PRIVATE = "HEMMELIG-FOR-ALLE-ANDRE-END-LAEGEN"
MADE = {"handover": b"%PDF-1.7", "prf": b"{}", "ips": b"{}", "emergency": b"%PDF-1.7"}
KEPT = "HUN-VIL-HOLDE-DET-I-KLINIKKEN"


@dataclass
class House:
    """The app and what is in it."""

    app: Flask
    session: Session
    world: World
    users: dict[str, User]
    tokens: dict[str, str]  # woman → invitation token
    ids: dict[str, Any]  # values of the parameters in addresses
    systems: dict[str, str]  # system → id of the client

    def client(self, caller: str) -> CheckedClient:
        """A browser that is signed in as somebody."""
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        if caller in self.users:
            token = signed_in.start(self.session, user=self.users[caller], at=self.at)
            client.set_cookie("svangre_user", token)
        elif caller in self.tokens:
            client.set_cookie("svangre_woman", self.sign_in_her(caller))
        elif caller in self.systems:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.sign_in_system(caller)}"
        self.session.commit()
        return client

    def sign_in_her(self, caller: str) -> str:
        link, code, born = self.tokens[caller].split("|")
        return invitations.prove(
            self.session, at=self.at, token=link, code=code, born_on=BORN.fromisoformat(born), address=""
        )

    def sign_in_system(self, caller: str) -> str:
        token = new_id()
        self.session.add(
            SignIn(
                token_hash=keyring().digest("sign_in", token), client_id=self.systems[caller], created_at=self.at,
                seen_at=self.at,
            )
        )  # fmt: skip
        return token

    @property
    def at(self) -> Any:
        return self.app.extensions["settings"].now()

    def stored(self) -> dict[str, list[str]]:
        """Everything but the log, the clocks of sign-ins, counted tries, and what is sealed."""
        self.session.rollback()
        found = {}
        for table in Base.metadata.sorted_tables:
            if table.name in ("audit", "sign_in", "attempt"):
                continue
            plain = [column for column in table.c if not isinstance(column.type, LargeBinary)]
            found[table.name] = sorted(map(repr, self.session.execute(select(*plain))))
        self.session.rollback()
        return found


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    app.config["WTF_CSRF_ENABLED"] = False  # who may call is asked here; that a token is needed, in test_tampering
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with make_sessions(app.extensions["engine"])() as session:
        yield _furnish(app, session)


def _furnish(app: Flask, session: Session) -> House:
    here, there = add_clinic(session, "Lægehuset", "1001"), add_clinic(session, "Den anden klinik", "1002")
    for number, name in ((1, "Fødestedet Nord"), (2, "Fødestedet Syd")):
        session.add(Birthplace(id=place(number), name=name, sor=f"200{number}", email="n@example.org", has_inbox=True))
    session.flush()
    users = {}
    for caller, role, where in (
        ("doctor", "doctor", {"clinic_id": here.id}), ("staff", "staff", {"clinic_id": here.id}),
        ("stranger", "doctor", {"clinic_id": there.id}), ("admin", "clinic_admin", {"clinic_id": here.id}),
        ("operator", "operator", {"clinic_id": here.id}), ("midwife", "midwife", {"birthplace_id": place(1)}),
        ("other_midwife", "midwife", {"birthplace_id": place(2)}),
    ):  # fmt: skip
        users[caller] = User(
            role=role, username=caller, password_hash=HASH, name=f"Navn {caller}", initials=caller[:2].upper(), **where
        )
        session.add(users[caller])
    session.flush()
    viewers = {name: _viewer(user) for name, user in users.items()}
    world = World(
        session, viewers["doctor"], viewers["doctor"], viewers["staff"], viewers["stranger"], viewers["midwife"],
        viewers["other_midwife"], viewers["admin"],
    )  # fmt: skip
    sent = world.invite(email_to="hun@example.org")
    world.save(height_cm=168, phone="20123456", given_birth_before="yes", last_period="2026-09-26")
    answers.save_answers(
        session, viewer=world.her, at=world.at, pregnancy_id=world.id,
        answers={("what_matters", None): Answer("value", KEPT)}, private={("what_matters", None): "clinic_and_her"},
    )  # fmt: skip
    row = world.add_row("births")
    world.submit()
    world.correct("safe_at_home_remarks", PRIVATE)
    journal = Facts(CPR, rows=(FactRow("medicines", {"medicine_name": Answer("value", "Jern")}),))
    imports.import_facts(session, viewer=world.staff, at=world.at, pregnancy_id=world.id, facts=journal)
    imported = session.scalars(select(GroupRow.id).where(GroupRow.giver == "record")).one()
    version = world.sign(birthplace_id=place(1))
    documents.store(session, at=world.at, version_id=version.id, made=MADE)
    handover = session.scalars(select(Handover)).one()
    handovers.ask(
        session, viewer=world.midwife, at=world.at, handover_id=handover.id, text="Hvad nu?", message_id=new_id()
    )
    shared = shares.share(
        session, viewer=world.her, at=world.at, pregnancy_id=world.id, days=7, key=health_link.new_key()
    )
    shared_token = shared.secret["token"]
    with app.app_context():
        ticket = guests.tickets().dumps(shared_token)
    delivery = session.query(Delivery).filter_by(purpose="invitation").one()
    delivery.state, delivery.error = "dead", "OSError"
    other = pregnancies.create_pregnancy(
        session, viewer=world.staff, at=world.at, cpr_number=OTHER_CPR, name=OTHER_NAME
    )
    other_sent = invitations.invite(
        session, viewer=world.staff, at=world.at, pregnancy_id=other.id, base_url="https://svangre.test"
    )
    session.commit()
    tokens = {
        "her": f"{sent.link.rsplit('/', 1)[-1]}|{sent.code}|{BORN.isoformat()}",
        "other_woman": f"{other_sent.link.rsplit('/', 1)[-1]}|{other_sent.code}|{birth_date(OTHER_CPR).isoformat()}",
    }
    ids = {
        "pregnancy_id": world.id, "section_id": "arv", "page_id": "earlier_births", "group": "births",
        "row_id": row, "number": 1, "kind": "handover", "handover_id": handover.id, "delivery_id": delivery.id,
        "token": sent.link.rsplit("/", 1)[-1], "filename": "css/base.css", "user_id": users["staff"].id,
        "share_id": shared.id, "share_token": shared_token, "ticket": ticket,
        "birthplace_id": place(2), "imported_id": imported,
    }  # fmt: skip
    made = dict(session.execute(select(Document.kind, Document.id)).all())
    ids |= {
        "woman_id": world.fresh().woman_id, "document_id": made["prf"], "bundle_id": made["prf"],
        "binary_id": made["handover"], "questionnaire_id": "svangrejournal",
    }  # fmt: skip
    systems = {
        caller: clients.create_client(
            session, viewer=Viewer("program", "clinic_admin", clinic_id=clinic.id), at=world.at,
            name=f"System {caller}", public_key="{}",
        ).id
        for caller, clinic in (("system", here), ("other_system", there))
    }  # fmt: skip
    session.commit()  # SQLite: leaves the write lock to the app
    return House(app, session, world, users, tokens, ids, systems)


def _viewer(user: User) -> Viewer:
    role = cast(Role, user.role)
    return Viewer(user.id, role, user.name, user.initials, user.clinic_id, user.birthplace_id, address="192.0.2.9")

"""The own clinic's access log, for its administrator: who opened which record. No record is opened for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from svangre.policy import ROLE_WORDS, Role, Viewer
from svangre.record import cpr
from svangre.record.actions.transaction import require
from svangre.record.models import AuditEntry, Birthplace, Client, Pregnancy, User, Woman
from svangre.record.sealing import keyring

PAGE = 100
# What is done, as the page says it; what is not here stands as its own name.
WORDS = {
    "chart.read": "læste journalen", "chart.open": "åbnede journalen", "worklist.read": "så en liste",
    "worklist.search": "søgte", "version.read": "læste en underskrevet version", "document.read": "åbnede et dokument",
    "handover.read": "læste overdragelsen", "inbox.read": "så indbakken", "inbox.search": "søgte i indbakken",
    "invitation.read": "så invitationen", "invitation.print": "udskrev invitationen",
    "invitation.create": "sendte invitation", "invitation.revoke": "tilbagekaldte invitationen",
    "deliveries.read": "så leveringer", "pregnancy.create": "oprettede graviditeten",
    "pregnancy.move": "flyttede aftalen", "pregnancy.end": "afsluttede forløbet",
    "pregnancy.reopen": "genåbnede forløbet", "pregnancy.merge": "samlede to forløb",
    "pregnancy.merged": "lukkede forløbet, da det blev samlet med et andet",
    "pregnancy.hand_over_case": "gav forløbet til en anden læge",
    "identity.correct": "rettede identiteten", "answers.save": "gemte svar", "answers.submit": "sendte svarene",
    "answers.fetch": "hentede et uafsluttet skema", "row.add": "tilføjede en række", "row.removed": "tog en række ud",
    "row.restored": "satte en række tilbage", "field.accept": "accepterede et svar", "field.set": "skrev et felt",
    "field.later": "udsatte et felt", "field.undo": "åbnede et felt igen", "field.keep": "beholdt klinikkens værdi",
    "field.visibility": "ændrede, hvem der ser et svar", "section.accept": "accepterede et afsnit",
    "section.undo": "fortrød et afsnit", "finding.handle": "håndterede et fund", "chart.seen": "så nye svar",
    "version.sign": "skrev under", "handover.send": "overdrog til fødestedet", "handover.open": "åbnede overdragelsen",
    "handover.acknowledge": "kvitterede", "handover.ask": "spurgte", "handover.reply": "svarede",
    "handover.assign": "tildelte overdragelsen",
    "share.create": "delte sit resumé", "share.stop": "stoppede en deling", "share.view": "læste det delte resumé",
    "share.refused": "gav forkert kode til det delte resumé",
    "documents.make": "lavede dokumenter", "sign_in": "loggede ind", "sign_out": "loggede ud",
    "sign_in.refused": "fik ikke adgang", "user.create": "oprettede en bruger", "user.disable": "lukkede en bruger",
    "user.enable": "åbnede en bruger", "user.reset_password": "gav en bruger ny adgangskode",
    "user.change_password": "skiftede adgangskode", "clinic.change": "ændrede klinikkens oplysninger",
    "birthplace.add": "tilføjede et fødested",
    "birthplace.change": "rettede et fødested", "clinic.create": "oprettede klinikken",
    "clinic.settings": "ændrede klinikkens indstillinger", "clinic.way": "ændrede arbejdsgangen",
    "audit.anchor": "gemte logens kontrolpunkt",
    "client.create": "oprettede et system", "client.disable": "lukkede et system", "system.search": "søgte en kvinde",
    "documents.list": "så en liste over dokumenter",
    "import": "hentede oplysninger fra journalsystemet", "row.import": "hentede en række fra journalsystemet",
    "answers.fill": "tog svar fra et hentet skema", "questions.write": "skrev spørgsmål til næste besøg",
    "urgent.shown": "fik vist, hvem hun skal ringe til",
    "delivery.again": "sendte en levering igen", "delivery.give_up": "opgav en levering",
    "log.read": "læste adgangsloggen",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    seq: int
    at: datetime
    who: str
    did: str
    case: str  # a short name of the record, the same in every line
    address: str


def read(
    session: Session, viewer: Viewer, *, cpr_number: str = "", user_id: str = "", before: int | None = None
) -> tuple[list[Entry], int | None]:
    """A page of the log, newest first, and where it goes on. `cpr_number`: about one woman; `user_id`: by one person.

    Raises:
        BadCpr.
    """
    require(viewer, "administer")
    own = select(Pregnancy.id).where(Pregnancy.clinic_id == viewer.clinic_id)
    query = select(AuditEntry).where(or_(AuditEntry.organisation == viewer.clinic_id, AuditEntry.pregnancy_id.in_(own)))
    if cpr_number:
        index = keyring().blind_index("cpr", cpr.normalise(cpr_number))
        women = select(Woman.id).where(Woman.clinic_id == viewer.clinic_id, Woman.cpr_index == index)
        query = query.where(AuditEntry.pregnancy_id.in_(own.where(Pregnancy.woman_id.in_(women))))
    if user_id:
        query = query.where(AuditEntry.actor == user_id)
    if before:
        query = query.where(AuditEntry.seq < before)
    rows = session.scalars(query.order_by(AuditEntry.seq.desc()).limit(PAGE + 1)).all()
    names = _names(session, {row.actor for row in rows})
    entries = [
        Entry(
            row.seq, row.at, names.get(row.actor, row.actor), WORDS.get(row.action, row.action),
            row.pregnancy_id[-6:] if row.pregnancy_id else "", row.address,
        )
        for row in rows[:PAGE]
    ]  # fmt: skip
    return entries, entries[-1].seq if len(rows) > PAGE else None


def _names(session: Session, actors: set[str]) -> dict[str, str]:
    found = session.execute(
        select(User.id, User.name, User.role, Birthplace.name)
        .outerjoin(Birthplace, Birthplace.id == User.birthplace_id)
        .where(User.id.in_(actors))
    )
    systems = session.execute(select(Client.id, Client.name).where(Client.id.in_(actors)))
    names = {client_id: f"{name}, {ROLE_WORDS['system'].lower()}" for client_id, name in systems} | {
        user_id: f"{name}, {place or ROLE_WORDS[cast(Role, role)].lower()}" for user_id, name, role, place in found
    }
    return {
        **names,
        "woman": "Hun selv",
        "program": "Programmet",
        "guest": "Den, hun har delt med",
        "unknown": "Ukendt",
    }


def users(session: Session, viewer: Viewer) -> Sequence[User]:
    """The clinic's own accounts, those in use first."""
    return session.scalars(
        select(User).where(User.clinic_id == viewer.clinic_id).order_by(User.disabled_at.is_not(None), User.name)
    ).all()

"""Who has opened her record, for her: from the access log, with names, in her words. Never what is private in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.policy import ROLE_WORDS, Viewer
from svangre.record import queries
from svangre.record.models import AuditEntry, Birthplace, Client, Clinic, User
from svangre.translations import say

# Other entries (private sections, administration, her own reading) are not named one by one.
ACTIONS = {
    "chart.open": "åbnede din journal",
    "chart.read": "åbnede din journal",
    "handover.open": "åbnede din svangrejournal",
    "handover.read": "åbnede din svangrejournal",
    "document.read": "åbnede et dokument fra din journal",
    "version.read": "åbnede din svangrejournal",
    "answers.fetch": "hentede dine svar, mens du var der",
    "version.sign": "skrev under på din svangrejournal",
    "handover.send": "sendte din svangrejournal til fødestedet",
    "handover.acknowledge": "kvitterede for din svangrejournal",
}


@dataclass(frozen=True)
class Opening:
    at: datetime
    name: str
    where: str
    did: str


def latest(session: Session, viewer: Viewer, *, most: int) -> list[Opening]:
    """Newest first; the same thing by the same person on one day stands once."""
    pregnancy = queries.pregnancy(session, viewer, viewer.pregnancy_id or "")
    entries = session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.pregnancy_id == pregnancy.id,
            AuditEntry.action.in_(ACTIONS),
            AuditEntry.actor.not_in(("woman", "program")),
        )
        .order_by(AuditEntry.seq.desc())
    )
    names = {user.id: f"{say(ROLE_WORDS.get(user.role, ''))} {user.name}" for user in session.scalars(select(User))}  # type: ignore[call-overload]
    names |= {one.id: f"{say(ROLE_WORDS['system'])} {one.name}" for one in session.scalars(select(Client))}
    clinics = session.execute(select(Clinic.id, Clinic.name)).all()
    places = dict([*clinics, *session.execute(select(Birthplace.id, Birthplace.name)).all()])
    found: dict[tuple[str, str, str], Opening] = {}
    for entry in entries:
        if entry.actor not in names:
            continue
        key = (entry.actor, ACTIONS[entry.action], entry.at.date().isoformat())
        found.setdefault(
            key, Opening(entry.at, names[entry.actor], places.get(entry.organisation, ""), ACTIONS[entry.action])
        )
        if len(found) == most:
            break
    return list(found.values())

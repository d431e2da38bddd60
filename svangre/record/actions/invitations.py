"""Her way in: a link that is claimed once and then is the address of her sign-in page, and a code apart from it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit, messages, outbox, queries, tries
from svangre.record.actions.transaction import require, transaction
from svangre.record.cpr import birth_date
from svangre.record.errors import BadInvitation, Closed, NotYours, StaleEdit, WrongProof
from svangre.record.ids import is_id, new_id
from svangre.record.models import Clinic, Delivery, Invitation, Pregnancy, SignIn, Woman
from svangre.record.sealing import keyring
from svangre.record.stages import advance
from svangre.translations import speaking

LIFETIME = timedelta(days=60)
TRIES = 5  # wrong proofs before the link rests
REST = timedelta(minutes=30)
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that reads like something else


@dataclass(frozen=True)
class Sent:
    """What staff show or print once: never stored in clear, link and code never in one message."""

    invitation_id: str
    link: str
    code: str


@transaction
def invite(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    base_url: str,
    sms_to: str | None = None,
    email_to: str | None = None,
    request_key: str | None = None,
) -> Sent:
    """A new link and code; an earlier one stops working. With both channels the link goes by e-mail and the code as a
    text message; with one, the link goes there and the code is given in person.
    `request_key` makes a repeated press of the same button one invitation.

    Raises:
        Closed: the pregnancy has ended.
        StaleEdit: that press has been used up: she has come in, or there is a newer invitation.
    """
    require(viewer, "invite")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    if request_key and not is_id(request_key):
        raise NotYours
    invitation_id = request_key or new_id()
    if again := session.get(Invitation, invitation_id):
        if again.pregnancy_id != pregnancy.id or not again.secret:
            raise StaleEdit  # claimed or replaced since the page was made
        return Sent(again.id, _link(base_url, again.secret["token"]), again.secret["code"])
    _revoke_open(session, pregnancy_id, at)
    token, code = secrets.token_urlsafe(24), "".join(secrets.choice(CODE_ALPHABET) for _ in range(6))
    invitation = Invitation(
        id=invitation_id,
        pregnancy_id=pregnancy_id,
        token_hash=keyring().digest("invitation", token),
        code_hash=keyring().digest("code", f"{invitation_id}|{code}"),
        secret={"token": token, "code": code},
        created_at=at,
        expires_at=at + LIFETIME,
    )
    session.add(invitation)
    if pregnancy.stage in ("created", "invited", "answering"):
        pregnancy.stage = advance(pregnancy.stage, "invited")
        pregnancy.touch(at)
    clinic = session.get_one(Clinic, pregnancy.clinic_id)
    link = _link(base_url, token)
    with speaking(pregnancy.language):
        subject = messages.subject_to_her()
        link_text, code_text = messages.link(clinic.name, link), messages.code(clinic.name, code)
    outgoing = []
    if email_to:
        outgoing.append(("email", "invitation", email_to, link_text))
    if sms_to:
        outgoing.append(("sms", "code", sms_to, code_text) if email_to else ("sms", "invitation", sms_to, link_text))
    for kind, purpose, to, text in outgoing:
        outbox.enqueue(
            session,
            kind=kind,
            purpose=purpose,
            key=f"{purpose}:{kind}:{invitation.id}",
            at=at,
            pregnancy_id=pregnancy_id,
            content={"to": to, "subject": subject, "text": text},
        )
    outbox.plan_reminder(session, pregnancy, at=at)
    audit.write(session, viewer=viewer, at=at, action="invitation.create", pregnancy_id=pregnancy_id)
    return Sent(invitation.id, link, code)


def _link(base_url: str, token: str) -> str:
    return f"{base_url}/skema/{token}"


def _revoke_open(session: Session, pregnancy_id: str, at: datetime) -> None:
    session.execute(
        update(Invitation)
        .where(Invitation.pregnancy_id == pregnancy_id, Invitation.revoked_at.is_(None))
        .values(revoked_at=at, _secret=None)
    )
    session.execute(
        update(Delivery)
        .where(
            Delivery.pregnancy_id == pregnancy_id,
            Delivery.state.in_(("waiting", "dead")),
            Delivery.purpose.in_(("invitation", "code", "reminder")),
        )
        .values(state="cancelled")
    )


@transaction
def revoke_invitation(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str) -> None:
    """Her link stops working, her sign-ins end and no reminder goes out: wrong number, lost phone."""
    require(viewer, "invite")
    queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    _revoke_open(session, pregnancy_id, at)
    session.execute(
        update(SignIn).where(SignIn.pregnancy_id == pregnancy_id, SignIn.ended_at.is_(None)).values(ended_at=at)
    )
    audit.write(session, viewer=viewer, at=at, action="invitation.revoke", pregnancy_id=pregnancy_id)


def find_invitation(session: Session, token: str, at: datetime) -> Invitation:
    """The open invitation of a link.

    Raises:
        BadInvitation: unknown, replaced, revoked or expired.
    """
    invitation = session.scalar(
        select(Invitation).where(Invitation.token_hash == keyring().digest("invitation", token))
    )
    if invitation is None or invitation.revoked_at or invitation.expires_at <= at:
        raise BadInvitation
    return invitation


def prove(session: Session, *, at: datetime, token: str, code: str, born_on: date, address: str) -> str:
    """Signs her in with link, code and birth date; returns the token of the new sign-in. Claims the link the first
    time. Wrong tries are counted in the database: the count survives restarts and holds across processes.

    Raises:
        BadInvitation, WrongProof, Resting.
    """
    invitation = find_invitation(session, token, at)
    session.refresh(invitation, with_for_update=True)  # guesses sent at once are counted one by one
    left = tries.count(
        session, kind="attempt", subject=invitation.id, address=address, at=at, most=TRIES, rest=REST
    )  # fmt: skip
    pregnancy = session.get_one(Pregnancy, invitation.pregnancy_id, with_for_update=True)
    viewer = Viewer(id=pregnancy.id, role="woman", pregnancy_id=pregnancy.id, address=address)
    given = keyring().digest("code", f"{invitation.id}|{code.strip().upper().replace(' ', '')}")
    if not (
        secrets.compare_digest(given, invitation.code_hash)
        and birth_date(session.get_one(Woman, pregnancy.woman_id).cpr) == born_on
    ):
        audit.write(session, viewer=viewer, at=at, action="sign_in.refused", pregnancy_id=pregnancy.id)
        session.commit()  # a refused try must count although it is answered with an exception
        raise WrongProof(left)
    tries.forget(session, kind="attempt", subject=invitation.id, address=address, at=at)
    if invitation.claimed_at is None:
        invitation.claimed_at, invitation.secret = at, None
        pregnancy.stage = advance(pregnancy.stage, "answering") if not pregnancy.submitted_at else pregnancy.stage
    session_token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=keyring().digest("sign_in", session_token), pregnancy_id=pregnancy.id, created_at=at, seen_at=at
        )
    )
    audit.write(session, viewer=viewer, at=at, action="sign_in", pregnancy_id=pregnancy.id)
    session.commit()
    return session_token

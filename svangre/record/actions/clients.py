"""A clinic's own systems: registered with a public key, signing in with the private one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import NotYours
from svangre.record.models import Client, Clinic, SignIn, UsedAssertion
from svangre.record.sealing import keyring


@transaction
def create_client(session: Session, *, viewer: Viewer, at: datetime, name: str, public_key: str) -> Client:
    """A system of the administrator's clinic. `public_key`: a JWK as JSON, already checked.

    Raises:
        NotYours: no such clinic.
    """
    require(viewer, "administer")
    if session.get(Clinic, viewer.clinic_id or "") is None:
        raise NotYours
    client = Client(clinic_id=viewer.clinic_id, name=name, public_key=public_key, created_at=at)
    session.add(client)
    audit.write(session, viewer=viewer, at=at, action="client.create", why="administration", client=client.id)
    return client


@transaction
def disable_client(session: Session, *, viewer: Viewer, at: datetime, client_id: str) -> None:
    """Lets the system in no more, and ends what it is doing.

    Raises:
        NotYours: no such system at this clinic.
    """
    require(viewer, "administer")
    query = select(Client).where(Client.id == client_id, Client.clinic_id == viewer.clinic_id)
    client = session.scalar(query.with_for_update())
    if client is None:
        raise NotYours
    if client.disabled_at is None:
        client.disabled_at = at
        session.execute(update(SignIn).where(SignIn.client_id == client_id).values(ended_at=at))
        audit.write(session, viewer=viewer, at=at, action="client.disable", why="administration", client=client.id)


@transaction
def sign_in_client(
    session: Session, *, viewer: Viewer, at: datetime, token: str, assertion_id: str, expires_at: datetime
) -> None:
    """The sign-in of a system that has proved itself by an assertion. Used ids are kept until they have run out.

    Raises:
        StaleEdit: the assertion was used before.
    """
    require(viewer, "exchange")
    # By the clock of the assertions, which run out within minutes: what is this much older is no proof any more.
    session.execute(delete(UsedAssertion).where(UsedAssertion.expires_at < expires_at - timedelta(minutes=10)))
    session.add(
        UsedAssertion(subject=keyring().digest("assertion", f"{viewer.id}|{assertion_id}"), expires_at=expires_at)
    )
    session.flush()
    session.add(SignIn(token_hash=keyring().digest("sign_in", token), client_id=viewer.id, created_at=at, seen_at=at))
    audit.write(session, viewer=viewer, at=at, action="sign_in", why="administration", client=viewer.id)

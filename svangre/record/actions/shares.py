"""Her summary for a doctor abroad: she makes a link with a passcode, sees who has opened it, and ends it at will.

The link leads to the newest signed version, without what is private. Wrong passcodes are counted for a while and over
the link's whole life.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit, queries, tries
from svangre.record.actions.invitations import CODE_ALPHABET
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import BadInvitation, NotYours, WrongProof
from svangre.record.models import Pregnancy, Share, ShareView, Version
from svangre.record.sealing import keyring

DAYS = (1, 7, 30)  # how long a link may live
TRIES, REST = 5, timedelta(minutes=30)
MOST_WRONG = 15  # passcodes over the whole life of a link: then it ends
LONGEST_NAME = 100
GUEST = Viewer(id="guest", role="operator", name="Den, hun har delt med")


@transaction
def share(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, days: int, key: str) -> Share:
    """A new link to her newest signed version. `key` encrypts what is fetched.

    Raises:
        NotYours: nothing is signed, or the pregnancy has ended.
    """
    require(viewer, "share")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on or not queries.versions(session, viewer, pregnancy_id):
        raise NotYours
    token = secrets.token_urlsafe(32)
    passcode = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
    made = Share(
        pregnancy_id=pregnancy_id,
        token_hash=keyring().digest("share", token),
        secret={"token": token, "key": key, "passcode": passcode},
        created_at=at,
        expires_at=at + timedelta(days),
    )
    session.add(made)
    audit.write(session, viewer=viewer, at=at, action="share.create", pregnancy_id=pregnancy_id, share=made.id)
    return made


@transaction
def stop(session: Session, *, viewer: Viewer, at: datetime, share_id: str) -> None:
    """The link works no more, and its key is forgotten. Twice is the same as once."""
    require(viewer, "share")
    found = session.get(Share, share_id, with_for_update=True)
    if found is None or found.pregnancy_id != viewer.pregnancy_id:
        raise NotYours
    if found.revoked_at is None:
        _close(found, at)
        audit.write(session, viewer=viewer, at=at, action="share.stop", pregnancy_id=found.pregnancy_id, share=share_id)


def _close(found: Share, at: datetime) -> None:
    found.revoked_at, found.secret = at, None


def of(session: Session, viewer: Viewer) -> Sequence[Share]:
    """Her links, newest first, also those that have ended."""
    pregnancy = queries.pregnancy(session, viewer, viewer.pregnancy_id or "")
    return session.scalars(select(Share).where(Share.pregnancy_id == pregnancy.id).order_by(Share.id.desc())).all()


def views(session: Session, viewer: Viewer) -> Sequence[ShareView]:
    """Who has opened her summary through a link, newest first."""
    pregnancy = queries.pregnancy(session, viewer, viewer.pregnancy_id or "")
    return session.scalars(
        select(ShareView).where(ShareView.pregnancy_id == pregnancy.id).order_by(ShareView.id.desc())
    ).all()


def find(session: Session, token: str, at: datetime) -> Share:
    """The open link of a token.

    Raises:
        BadInvitation: unknown, ended by her or by time, or the pregnancy has ended.
    """
    found = session.scalar(select(Share).where(Share.token_hash == keyring().digest("share", token)))
    if found is None or found.revoked_at or found.expires_at <= at:
        raise BadInvitation
    if session.get_one(Pregnancy, found.pregnancy_id).ended_on:
        raise BadInvitation
    return found


def look(session: Session, *, at: datetime, token: str, passcode: str, recipient: str, address: str) -> Share:
    """Opens a link with its passcode. She is told who it was, as they called themselves.

    Raises:
        BadInvitation, WrongProof, Resting.
    """
    found = find(session, token, at)
    session.refresh(found, with_for_update=True)  # guesses sent at once are counted one by one
    guest = replace(GUEST, address=address)
    left = tries.count(session, kind="share", subject=found.id, address=address, at=at, most=TRIES, rest=REST)
    given = passcode.strip().upper().replace(" ", "").replace("-", "")
    if not secrets.compare_digest(given.encode(), found.secret["passcode"].encode()):
        found.wrong_tries += 1
        if found.wrong_tries >= MOST_WRONG:
            _close(found, at)
        audit.write(
            session, viewer=guest, at=at, action="share.refused", pregnancy_id=found.pregnancy_id, share=found.id
        )
        session.commit()  # a refused try must count although it is answered with an exception
        raise WrongProof(min(left, MOST_WRONG - found.wrong_tries))
    tries.forget(session, kind="share", subject=found.id, address=address, at=at)
    name = " ".join(recipient.split())[:LONGEST_NAME]
    session.add(ShareView(share_id=found.id, pregnancy_id=found.pregnancy_id, at=at, recipient=name))
    audit.write(session, viewer=guest, at=at, action="share.view", pregnancy_id=found.pregnancy_id, share=found.id)
    session.commit()
    return found


def newest(session: Session, found: Share) -> Version:
    """The version that an open link leads to."""
    query = select(Version).where(Version.pregnancy_id == found.pregnancy_id).order_by(Version.number.desc())
    return session.scalars(query.limit(1)).one()

"""Stored documents of signed versions: made once, by the worker, and served as they were stored."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.record import audit, outbox
from svangre.record.actions.transaction import transaction
from svangre.record.errors import NotYours
from svangre.record.models import Document, Version

MEDIA_TYPES = {
    "handover": "application/pdf",
    "prf": "application/fhir+json",
    "pscr": "application/fhir+json",
    "pmr": "application/fhir+json",
    "ips": "application/fhir+json",
    "emergency": "application/pdf",
}


@transaction
def store(session: Session, *, at: datetime, version_id: str, made: Mapping[str, bytes], offer: bool = False) -> None:
    """Keeps the bytes of each kind; what is stored already stays as it is. `offer`: the national ones are then offered
    to the document registry."""
    version = session.get_one(Version, version_id)
    there = set(session.scalars(select(Document.kind).where(Document.version_id == version_id)))
    for kind, content in made.items():
        if kind not in there:
            session.add(
                Document(
                    version_id=version_id,
                    pregnancy_id=version.pregnancy_id,
                    kind=kind,
                    media_type=MEDIA_TYPES[kind],
                    sha256=hashlib.sha256(content).hexdigest(),
                    made_at=at,
                    content=b64encode(content).decode(),
                )
            )
    if offer:
        outbox.enqueue(
            session,
            kind="national",
            purpose="national",
            key=f"national:{version_id}",
            at=at,
            pregnancy_id=version.pregnancy_id,
            content={"version_id": version_id},
        )
    audit.write(
        session,
        viewer=audit.PROGRAM,
        at=at,
        action="documents.make",
        pregnancy_id=version.pregnancy_id,
        why="administration",
        version=version_id,
        kinds=sorted(made),
    )


def kinds(session: Session, version_id: str) -> set[str]:
    """Which documents of a version are made."""
    return set(session.scalars(select(Document.kind).where(Document.version_id == version_id)))


def kinds_of(session: Session, version_ids: Sequence[str]) -> dict[str, set[str]]:
    """The same for several versions with one query."""
    found: dict[str, set[str]] = {version_id: set() for version_id in version_ids}
    rows = session.execute(
        select(Document.version_id, Document.kind).where(Document.version_id.in_(version_ids))
    )  # fmt: skip
    for version_id, kind in rows:
        found[version_id].add(kind)
    return found


def read(session: Session, version_id: str, kind: str) -> tuple[bytes, str]:
    """Bytes and media type; the caller has found the version through what the viewer may see.

    Raises:
        NotYours: not made (yet).
    """
    document = session.scalar(select(Document).where(Document.version_id == version_id, Document.kind == kind))
    if document is None:
        raise NotYours
    content = b64decode(document.content)
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError("a stored document does not fit its hash")
    return content, document.media_type

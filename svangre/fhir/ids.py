"""Ids and moments of documents: UUIDs made from the version's id and a key, so that a version always gives the same."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from svangre.record.words import local

NAMESPACE = UUID("0c7d0a5a-6f0e-5b7b-9d57-2c4c1a4f6f11")  # of this program's documents, fixed for ever


def id_of(version_id: str, key: str) -> str:
    return str(uuid5(NAMESPACE, f"{version_id}/{key}"))


def moment(at: datetime) -> str:
    """Seconds and the Danish offset."""
    return local(at).isoformat(timespec="seconds")

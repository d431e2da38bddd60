"""Who else has the same record open. Kept in the process's memory: it is a courtesy, not a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from svangre.policy import Viewer

GONE = timedelta(seconds=20)


@dataclass(frozen=True)
class Here:
    who: str
    section: str
    at: datetime


_here: dict[str, dict[str, Here]] = {}


def others(pregnancy_id: str, viewer: Viewer, section_id: str, at: datetime) -> list[Here]:
    """Notes that the viewer is here, and returns who else was within the last seconds."""
    for key, there in list(_here.items()):
        if all(at - one.at > GONE for one in list(there.values())):
            _here.pop(key, None)
    people = _here.setdefault(pregnancy_id, {})
    people[viewer.id] = Here(viewer.name, section_id, at)
    for user_id in [user_id for user_id, one in list(people.items()) if at - one.at > GONE]:
        people.pop(user_id, None)
    return [one for user_id, one in list(people.items()) if user_id != viewer.id]

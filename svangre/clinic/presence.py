"""Who else has the same record open. Small files beside the database, one a person and record, so that every process of
the service sees them: a courtesy, not a record, and gone within seconds."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from svangre.policy import Viewer

GONE = timedelta(seconds=20)


@dataclass(frozen=True)
class Here:
    """`at`: ISO moment."""

    who: str
    section: str
    at: str


def others(folder: Path, pregnancy_id: str, viewer: Viewer, section_id: str, at: datetime) -> list[Here]:
    """Notes that the viewer is here, and returns who else was within the last seconds."""
    room = folder / ".presence" / pregnancy_id
    _note(room, viewer.id, Here(viewer.name, section_id, at.isoformat()))
    return [there for user_id, there in _read(room, at) if user_id != viewer.id]


def _note(room: Path, user_id: str, here: Here) -> None:
    """Written aside and moved, so that nobody reads half of it. Somebody may tidy the folder away meanwhile."""
    if not room.exists():
        _tidy(room.parent, datetime.fromisoformat(here.at))
    aside = room / f".{user_id}.{os.getpid()}.{threading.get_ident()}"
    with suppress(OSError):
        room.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(asdict(here)))
        aside.replace(room / user_id)


def _tidy(folder: Path, at: datetime) -> None:
    """Takes away the rooms that nobody has been in since yesterday."""
    yesterday = (at - timedelta(days=1)).timestamp()
    for room in folder.glob("*"):
        with suppress(OSError):
            if room.stat().st_mtime < yesterday:
                shutil.rmtree(room)


def _read(room: Path, at: datetime) -> Iterator[tuple[str, Here]]:
    """Those who are here; the files of those who are gone are taken away."""
    for path in sorted(room.glob("[!.]*")):
        with suppress(OSError, ValueError, TypeError):
            there = Here(**json.loads(path.read_text()))
            if at - datetime.fromisoformat(there.at) > GONE:
                path.unlink()
            else:
                yield path.name, there

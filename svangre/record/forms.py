"""Versions of the questions. Every answer and signed version carries the version that it was given with; a catalogue is
kept when something is first signed with it, so that an old record is read with its own questions.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import Catalogue, stored
from svangre.record.models import FormVersion

_TEXT = json.dumps(stored.to_json(CATALOGUE.sections), ensure_ascii=False, separators=(",", ":"))
FORM_VERSION = hashlib.sha256(_TEXT.encode()).hexdigest()[:12]


def keep(session: Session) -> None:
    """Keeps the present catalogue, once."""
    if session.get(FormVersion, FORM_VERSION) is None:
        session.add(FormVersion(version=FORM_VERSION, catalogue=_TEXT))
        session.flush()


def catalogue_of(session: Session, version: str) -> Catalogue:
    """The catalogue of a form version; the present one for its own version."""
    if version == FORM_VERSION:
        return CATALOGUE
    return _read(session.get_one(FormVersion, version).catalogue)


@lru_cache(maxsize=8)
def _read(text: str) -> Catalogue:
    return stored.from_json(json.loads(text))

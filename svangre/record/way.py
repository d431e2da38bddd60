"""The clinic's own way through a consultation: the order of the sections, who does what, standard phrases, the usual
birth place, and optional parts that it does not use.

A change is kept beside the earlier ones with who and when, and holds for the pregnancies that are made from then on: an
open consultation goes on as it began.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import Section
from svangre.policy import Viewer
from svangre.record import audit
from svangre.record.actions.transaction import require, transaction
from svangre.record.models import Birthplace, Clinic, Pregnancy

# Optional parts: key → words and items. Fields that hold something are shown whatever is chosen.
MODULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "tweak": (
        "TWEAK (alkohol)",
        ("tweak_tolerance", "tweak_worried", "tweak_eye_opener", "tweak_amnesia", "tweak_cut_down", "tweak_points"),
    ),
    "selective_screening": ("Selektiv screening", ("screenings",)),
    "vitamin_d": ("S-25-OH-D-vitamin", ("vitamin_d",)),
    "smear": ("Smear (celleprøve)", ("smear",)),
}
# What a phrase can take from the record: the word between braces.
FIELDS = ("alder", "gp", "uge", "termin", "bmi", "blodtryk", "vægt")
PLACE = re.compile(r"\{([^{}]*)\}")
MOST_PHRASES = 12


class BadWay(ValueError):
    """Not a way that can be followed; the text (Danish) says why."""


@dataclass(frozen=True)
class Phrase:
    name: str
    text: str


@dataclass(frozen=True)
class Way:
    """`order`: section ids, empty for the usual one. `done_by`: section id → doctor or staff. `off`: modules."""

    order: tuple[str, ...] = ()
    done_by: Mapping[str, str] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()
    birthplace: str = ""
    off: tuple[str, ...] = ()

    @property
    def unused(self) -> frozenset[str]:
        """Items of the modules that are off."""
        return frozenset(item_id for key in self.off if key in MODULES for item_id in MODULES[key][1])


def is_hers(section: Section) -> bool:
    """Whether most of a section comes from her form; the others are the clinic's part."""
    hers = sum(item.is_hers for item in section.items)
    return not section.private and 2 * hers > len(section.items)


def usual_order() -> tuple[str, ...]:
    """The sections as they stand where the clinic has said nothing: hers first, then the clinic's part."""
    sections = [section for section in CATALOGUE.sections if not section.later]
    return tuple(section.id for section in sorted(sections, key=lambda one: not is_hers(one)))


def _stored(clinic: Clinic) -> list[dict[str, Any]]:
    stored: list[dict[str, Any]] = json.loads(clinic.settings).get("ways", [])
    return stored


def _way(stored: Mapping[str, Any]) -> Way:
    return Way(
        order=tuple(stored["order"]),
        done_by=stored["done_by"],
        phrases=tuple(Phrase(**one) for one in stored["phrases"]),
        birthplace=stored["birthplace"],
        off=tuple(stored["off"]),
    )


def newest(clinic: Clinic) -> Way:
    stored = _stored(clinic)
    return _way(stored[-1]["way"]) if stored else Way()


def of(session: Session, pregnancy: Pregnancy) -> Way:
    """The way that held when the pregnancy was made."""
    clinic = session.get_one(Clinic, pregnancy.clinic_id)
    held = [one for one in _stored(clinic) if datetime.fromisoformat(one["at"]) <= pregnancy.created_at]
    return _way(held[-1]["way"]) if held else Way()


@transaction
def change(session: Session, *, viewer: Viewer, at: datetime, way: Way) -> None:
    """A new way for the own clinic. The same again is no change.

    Raises:
        BadWay: an unknown section, module, field of a phrase or birth place.
    """
    require(viewer, "administer")
    _check(session, way)
    clinic = session.get_one(Clinic, viewer.clinic_id, with_for_update=True)
    if way == newest(clinic):
        return
    settings = json.loads(clinic.settings)
    entry = {"at": at.isoformat(), "by": viewer.id, "way": asdict(way)}
    settings["ways"] = [*settings.get("ways", []), entry]
    clinic.settings = json.dumps(settings)
    audit.write(session, viewer=viewer, at=at, action="clinic.way", why="administration", number=len(settings["ways"]))


def _check(session: Session, way: Way) -> None:
    sections = usual_order()
    if way.order and sorted(way.order) != sorted(sections):
        raise BadWay("Hvert afsnit skal stå én gang i rækkefølgen.")
    if (
        set(way.done_by) - set(sections)
        or set(way.done_by.values()) - {"doctor", "staff"}
        or set(way.off) - set(MODULES)
    ):
        raise BadWay("Vælg mellem det, der står på siden.")
    if way.birthplace and session.get(Birthplace, way.birthplace) is None:
        raise BadWay("Vælg et fødested på listen.")
    if len(way.phrases) > MOST_PHRASES:
        raise BadWay(f"Der er plads til {MOST_PHRASES} fraser.")
    for phrase in way.phrases:
        unknown = [name for name in PLACE.findall(phrase.text) if name not in FIELDS]
        if unknown:
            raise BadWay(f"Frasen »{phrase.name}« har et ukendt felt: {{{unknown[0]}}}. Brug {_listed(FIELDS)}.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def filled(phrase: Phrase, values: Mapping[str, str]) -> str:
    """The phrase with what is known; "…" where nothing is, for the writer to fill in."""
    return PLACE.sub(lambda match: values.get(match[1]) or "…", phrase.text)

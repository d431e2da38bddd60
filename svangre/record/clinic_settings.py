"""What a clinic chooses for itself about the rules: whether unverified proposals are shown, and which source leads
where sources disagree. A change applies from then on and is logged; a signed version keeps what it was made with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit
from svangre.record.actions.transaction import require, transaction
from svangre.record.models import Clinic
from svangre.rules.assess import RULES


class BadChoice(ValueError):
    """No such threshold, or no such source for it; the text (Danish) says which there are."""


@dataclass(frozen=True)
class ClinicSettings:
    shows_unverified: bool = False
    leads: Mapping[str, str] = field(default_factory=dict)  # threshold key → leading source


def read(clinic: Clinic) -> ClinicSettings:
    stored = json.loads(clinic.settings)
    return ClinicSettings(stored.get("shows_unverified", False), stored.get("leads", {}))


def choices() -> dict[str, tuple[str, ...]]:
    """The thresholds whose leading source may be chosen, with their sources; the default stands first."""
    found = {}
    for rule in RULES:
        for threshold in rule.thresholds:
            if threshold.disagreement and len(threshold.leads) > 1:
                default = threshold.default or threshold.leads[0]
                found[threshold.key] = (default, *(lead for lead in threshold.leads if lead != default))
    return found


@transaction
def change(
    session: Session, *, viewer: Viewer, at: datetime, clinic_id: str, shows_unverified: bool, leads: Mapping[str, str]
) -> ClinicSettings:
    """Sets the clinic's choices.

    Raises:
        BadChoice: a threshold or source that is not offered.
    """
    require(viewer, "administer")
    offered = choices()
    for key, lead in leads.items():
        if lead not in offered.get(key, ()):
            listed = "; ".join(f"{name}: {', '.join(sources)}" for name, sources in offered.items())
            raise BadChoice(f"Der kan vælges mellem {listed}.")
    settings = ClinicSettings(shows_unverified, dict(leads))
    clinic = session.get_one(Clinic, clinic_id)
    clinic.settings = json.dumps(json.loads(clinic.settings) | asdict(settings))
    audit.write(
        session, viewer=viewer, at=at, action="clinic.settings", why="administration", clinic=clinic_id,
        unverified=shows_unverified, leads=sorted(leads),
    )  # fmt: skip
    return settings

"""Who may do what. Deny by default: a role has the rights of its row and no others. Pure.

Which records a person may see is the other half, in `svangre.record.queries`: every query starts from the viewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["doctor", "staff", "midwife", "clinic_admin", "operator", "woman", "system"]
Right = Literal[
    "see_worklist",  # the clinic's pregnancies
    "create_pregnancy",
    "invite",
    "consult",  # see a chart, decide item by item, enter the clinic's own fields
    "see_private",  # "Samtale alene" and everything else that is gp_only
    "widen_visibility",  # release a private answer
    "import",  # take over what the clinic's own record system knows, as a source beside her answers
    "sign",
    "hand_over",
    "reply",  # answer the birth place's questions
    "end_pregnancy",
    "see_inbox",  # handovers to her unit
    "acknowledge",
    "ask",
    "answer",  # her own form
    "exchange",  # a clinic's own system: its documents and what she submitted
    "share",  # her summary, with a doctor elsewhere
    "administer",  # the clinic's data, staff and birth places
]

_CLINIC: frozenset[Right] = frozenset(
    {"see_worklist", "create_pregnancy", "invite", "consult", "import", "hand_over", "reply", "end_pregnancy"}
)
RIGHTS: dict[Role, frozenset[Right]] = {
    "doctor": _CLINIC | {"see_private", "widen_visibility", "sign"},
    "staff": _CLINIC,
    "midwife": frozenset({"see_inbox", "acknowledge", "ask"}),
    "clinic_admin": frozenset({"administer"}),
    "operator": frozenset(),
    "woman": frozenset({"answer", "share", "end_pregnancy"}),
    "system": frozenset({"exchange", "import"}),
}
CLINIC_ROLES: tuple[Role, ...] = ("doctor", "staff", "clinic_admin")  # accounts that belong to a clinic
ROLE_WORDS: dict[Role, str] = {
    "doctor": "Læge",
    "staff": "Klinikpersonale",
    "midwife": "Jordemoder",
    "clinic_admin": "Klinikadministrator",
    "operator": "Driftsansvarlig",
    "woman": "Den gravide",
    "system": "Klinikkens system",
}


@dataclass(frozen=True)
class Viewer:
    """Who is looking or acting, as signed in. `id` is the user's id; for a woman her pregnancy's."""

    id: str
    role: Role
    name: str = ""
    initials: str = ""
    clinic_id: str | None = None
    birthplace_id: str | None = None
    pregnancy_id: str | None = None
    address: str = ""  # where from

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    @property
    def is_woman(self) -> bool:
        return self.role == "woman"

"""The stages of a pregnancy, in the words of the worklist. One table for pages, filters and texts."""

from __future__ import annotations

STAGES: dict[str, str] = {
    "created": "Oprettet",
    "invited": "Inviteret",
    "answering": "Besvarer",
    "ready": "Klar",
    "under_way": "I gang",
    "signed": "Skrevet under",
    "sent": "Sendt",
    "acknowledged": "Kvitteret",
    "question": "Spørgsmål",
    "ended": "Afsluttet",
}
_ORDER = list(STAGES)


def advance(stage: str, to: str) -> str:
    """The later of two stages: an event never moves a pregnancy backwards by accident."""
    return max(stage, to, key=_ORDER.index)


def is_signed(stage: str) -> bool:
    return stage in ("signed", "sent", "acknowledged", "question")

"""Every text that leaves as a text message or e-mail, hers in the language in force (`translations.speaking`): none
speaks of pregnancy or health, and link and code never stand in the same one. `outbox` queues them, `svangre.senders`
carries them.
"""

from __future__ import annotations

from svangre.translations import say

SUBJECT_OF_HANDOVER = "Ny overdragelse"
HANDOVER = "Der ligger en ny overdragelse i jeres indbakke."


def subject_to_her() -> str:
    return say("Besked fra din læge")


def link(clinic: str, address: str) -> str:
    return say(
        "{clinic}: Her er dit link til spørgsmål før din tid hos os: {address} Koden får du for sig selv.",
        clinic=clinic, address=address,
    )  # fmt: skip


def code(clinic: str, code: str) -> str:
    return say("{clinic}: Din kode er {code}. Linket får du for sig selv.", clinic=clinic, code=code)


def reminder(clinic: str, phone: str) -> str:
    return say(
        "{clinic}: Du har spørgsmål, der venter, før din tid hos os. Brug linket fra din invitation. "
        "Spørg os på {phone}.",
        clinic=clinic, phone=phone,
    )  # fmt: skip

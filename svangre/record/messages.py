"""Every text that leaves as a text message or e-mail: none speaks of pregnancy or health, and link and code never stand
in the same one. `outbox` queues them, `svangre.senders` carries them.
"""

from __future__ import annotations

SUBJECT_TO_HER = "Besked fra din læge"
SUBJECT_OF_HANDOVER = "Ny overdragelse"
HANDOVER = "Der ligger en ny overdragelse i jeres indbakke."


def link(clinic: str, address: str) -> str:
    return f"{clinic}: Her er dit link til spørgsmål før din tid hos os: {address} Koden får du for sig selv."


def code(clinic: str, code: str) -> str:
    return f"{clinic}: Din kode er {code}. Linket får du for sig selv."


def reminder(clinic: str, phone: str) -> str:
    ask = f"Spørg os på {phone}."
    return f"{clinic}: Du har spørgsmål, der venter, før din tid hos os. Brug linket fra din invitation. {ask}"

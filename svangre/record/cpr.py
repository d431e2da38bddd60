"""CPR numbers: shape and birth date. Modulus 11 is never an error (since 2007 not all numbers pass)."""

from __future__ import annotations

import re
from datetime import date

SHAPE = re.compile(r"(\d{6})[- ]?(\d{4}|[0-9A-Z]\d{2}[0-9A-Z]|\d[A-Z]{2}\d)")  # last: X-eCPR and D-eCPR


class BadCpr(ValueError):
    """Not a CPR number; says why in Danish and never repeats the number."""


def normalise(text: str) -> str:
    """Ten characters without hyphen; replacement numbers (day + 60, or letters) are accepted.

    Raises:
        BadCpr: wrong shape, or no such date.
    """
    match = SHAPE.fullmatch(text.strip().upper())
    if not match:
        raise BadCpr("Skriv CPR-nummeret med 10 tegn, for eksempel 010203-1234.")
    cpr = match[1] + match[2]
    try:
        birth_date(cpr)
    except ValueError:
        raise BadCpr("De første 6 cifre er ikke en dato. Se efter, om to cifre er byttet om.") from None
    return cpr


def birth_date(cpr: str) -> date:
    """The birth date that the number carries. Source: CPR-kontoret, "Personnummeret i CPR" (century by 7th digit)."""
    day, month, year = int(cpr[0:2]), int(cpr[2:4]), int(cpr[4:6])
    return date(_century(cpr[6], year) + year, month, day - 60 if day > 60 else day)


def _century(seventh: str, year: int) -> int:
    if not seventh.isdigit():  # eCPR with a letter: no century in the number
        return 2000 if year < 37 else 1900
    digit = int(seventh)
    if digit <= 3:
        return 1900
    if digit in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def is_replacement(cpr: str) -> bool:
    """A replacement number (erstatnings-CPR): day + 60, or letters."""
    return not cpr.isdigit() or int(cpr[0:2]) > 60


def is_ecpr(cpr: str) -> bool:
    return not cpr.isdigit()


def shown(cpr: str) -> str:
    return f"{cpr[:6]}-{cpr[6:]}"


def age(born: date, on: date) -> int:
    """Whole years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

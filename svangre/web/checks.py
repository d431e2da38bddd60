"""Checks of an answer that need more than the item, for her pages and the clinic's; each room words its message."""

from __future__ import annotations

from datetime import date
from typing import Literal

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from svangre.catalogue import Answer, Item, Text
from svangre.rules.gestation import LONGEST, QUESTIONED
from svangre.rules.threshold import Editions

PHONE = "Skriv nummeret med 8 cifre. Har det landekode, så begynd med +."
EMAIL = "Se efter, om e-mailadressen er rigtig."


def phone_problem(text: str) -> str | None:
    """A message when the text cannot be a telephone number, Danish or with country code."""
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(text, "DK"))
    except phonenumbers.NumberParseException:
        possible = False
    return None if possible else PHONE


def email_problem(text: str) -> str | None:
    """A message when the text cannot be an e-mail address; nobody is asked whether it exists."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return EMAIL
    return None


def contact_problem(item: Item, answer: Answer) -> str | None:
    """The check of an item that is a telephone number or an e-mail address."""
    if answer.state != "value" or not isinstance(item.kind, Text):
        return None
    problem = {"tel": phone_problem, "email": email_problem}.get(item.kind.look)
    return problem(answer.value) if problem else None


def last_period_age(item: Item, answer: Answer, visit_on: date) -> Literal["too_long", "long"] | None:
    """Whether her last period would make her longer gone on the day of the visit than can be (43+6), or than is usual
    (42+0): then it is saved and asked about."""
    if item.id != "last_period" or answer.state != "value":
        return None
    age, editions = (visit_on - date.fromisoformat(answer.value)).days, Editions(visit_on, {})
    if age > editions.value(LONGEST):
        return "too_long"
    return "long" if age > editions.value(QUESTIONED) else None

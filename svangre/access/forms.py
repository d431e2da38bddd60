"""The forms of sign-in, one's own account and the administration."""

from __future__ import annotations

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from svangre.national.regions import REGIONS
from svangre.policy import CLINIC_ROLES, ROLE_WORDS

CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class SignInForm(FlaskForm):  # type: ignore[misc]  # untyped base
    username = StringField("Brugernavn", [DataRequired("Skriv dit brugernavn."), Length(max=100)])
    password = PasswordField("Adgangskode", [DataRequired("Skriv din adgangskode."), Length(max=200)])


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _plain(_form: FlaskForm, field: Any) -> None:
    if CONTROLS.search(field.data or ""):
        raise ValidationError("Teksten indeholder skjulte tegn, som ikke kan gemmes. Skriv den igen uden at kopiere.")


def _text(label: str, missing: str, most: int = 120, *more: Any) -> StringField:
    checks = [DataRequired(missing), Length(max=most, message=f"Der er plads til {most} tegn."), _plain, *more]
    return StringField(label, checks, filters=[_strip])


class ClinicForm(FlaskForm):  # type: ignore[misc]  # untyped base
    name = _text("Klinikkens navn", "Skriv klinikkens navn.")
    sor = _text("SOR-nummer", "Skriv klinikkens SOR-nummer.", 20, Regexp(r"^\d+$", message="Kun cifre."))
    ydernummer = _text("Ydernummer", "Skriv klinikkens ydernummer.", 8, Regexp(r"^\d+$", message="Kun cifre."))
    region = SelectField("Region", choices={key: region.name for key, region in REGIONS.items()})
    phone = _text(
        "Telefon", "Skriv klinikkens telefonnummer.", 20, Regexp(r"^\+?[\d ]{8,20}$", message="Skriv 8 cifre.")
    )
    address = _text("Adresse", "Skriv klinikkens adresse.", 200)
    hours = StringField(
        "Telefontid", [Length(max=200, message="Der er plads til 200 tegn."), _plain], filters=[_strip]
    )  # fmt: skip


class UserForm(FlaskForm):  # type: ignore[misc]  # untyped base
    name = _text("Navn", "Skriv navnet.")
    initials = _text("Initialer", "Skriv initialerne.", 6)
    role = SelectField("Rolle", choices={str(role): ROLE_WORDS[role] for role in CLINIC_ROLES})
    username = _text("Brugernavn", "Skriv et brugernavn.", 60, Regexp(r"^\S+$", message="Uden mellemrum."))


class BirthplaceChange(FlaskForm):  # type: ignore[misc]  # untyped base
    name = _text("Fødestedets navn", "Skriv fødestedets navn.")
    email = StringField(
        "E-mail til besked om nye overdragelser (valgfri)",
        [
            Optional(),
            Length(max=120),
            Regexp(r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message="Se efter, om adressen er rigtig."),
        ],
        filters=[_strip],
    )
    is_active = BooleanField("Lægerne kan vælge fødestedet")


class BirthplaceForm(BirthplaceChange):
    sor = _text("SOR-nummer", "Skriv fødestedets SOR-nummer.", 20, Regexp(r"^\d+$", message="Kun cifre."))


class HandOverForm(FlaskForm):  # type: ignore[misc]  # untyped base
    from_id = SelectField("Fra")
    to_id = SelectField("Til")


class PasswordForm(FlaskForm):  # type: ignore[misc]  # untyped base
    old = PasswordField(
        "Din nuværende adgangskode", [DataRequired("Skriv din nuværende adgangskode."), Length(max=200)]
    )
    new = PasswordField(
        "Den nye adgangskode", [DataRequired("Skriv en ny adgangskode."), Length(max=200, message="Højst 200 tegn.")]
    )

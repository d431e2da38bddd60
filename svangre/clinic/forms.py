"""The room's handwritten forms: new pregnancy, appointment, identity, invitation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from forms.languages import LANGUAGES
from svangre.catalogue.parse import BadAnswer, day_from_text
from svangre.record import cpr, words
from svangre.web.checks import email_problem, phone_problem

TIME = re.compile(r"([01]?\d|2[0-3])[.:]?([0-5]\d)")
CONTROLS = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
SPOKEN = [SelectChoice("da", "Dansk"), *(SelectChoice(option.key, option.label) for option in LANGUAGES)]


def _plain(_form: FlaskForm, field: Any) -> None:
    if CONTROLS.search(field.data or ""):
        raise ValidationError("Teksten indeholder skjulte tegn, som ikke kan gemmes. Skriv den igen uden at kopiere.")


def _cpr(_form: FlaskForm, field: Any) -> None:
    try:
        cpr.normalise(field.data or "")
    except cpr.BadCpr as error:
        raise ValidationError(str(error)) from None


def _day(_form: FlaskForm, field: Any) -> None:
    try:
        day = day_from_text(field.data.strip())
    except BadAnswer as error:
        raise ValidationError(str(error)) from None
    if not 2000 <= day.year <= 2100:
        raise ValidationError("Se efter, om året er rigtigt.")


def _time(_form: FlaskForm, field: Any) -> None:
    if not TIME.fullmatch(field.data.strip()):
        raise ValidationError("Skriv tiden som 10.40.")


def _phone(_form: FlaskForm, field: Any) -> None:
    if problem := phone_problem(field.data.strip()):
        raise ValidationError(problem)


def _email(_form: FlaskForm, field: Any) -> None:
    if problem := email_problem(field.data.strip()):
        raise ValidationError(problem)


YOUNGEST, OLDEST = 13, 55  # asked about outside these ages, never refused
FARTHEST = 280  # days ahead for a first consultation


class Asking(FlaskForm):  # type: ignore[misc]  # untyped base
    """A form that asks about what is unusual and takes it when the answer is yes."""

    is_right = BooleanField("Ja, det er rigtigt")
    asked: tuple[str, ...] = ()

    def doubts(self, today: date) -> Iterator[str]:
        yield from ()

    def asks(self, today: date) -> bool:
        """Whether something must be answered before a valid form is saved."""
        self.asked = () if self.is_right.data else tuple(self.doubts(today))
        return bool(self.asked)


class Identity(Asking):
    cpr_number = StringField("CPR-nummer", [DataRequired("Skriv CPR-nummeret."), _cpr])
    name = StringField(
        "Navn", [DataRequired("Skriv hendes navn."), Length(max=200, message="Der er plads til 200 tegn."), _plain]
    )
    is_protected = BooleanField("Beskyttet navn og adresse")

    def doubts(self, today: date) -> Iterator[str]:
        age = cpr.age(cpr.birth_date(cpr.normalise(self.cpr_number.data or "")), today)
        if not YOUNGEST <= age <= OLDEST:
            who = "en, der ikke er født endnu" if age < 0 else f"et barn på {age} år" if age < 18 else f"en på {age} år"
            yield f"Er CPR-nummeret rigtigt? Det hører til {who}."
        yield from super().doubts(today)


class Appointment(Asking):
    visit_on = StringField("Første konsultation, dato", [Optional(), _day])
    visit_time = StringField("Kl.", [Optional(), _time])
    doctor_id = SelectField("Læge", validate_choice=True)

    def doubts(self, today: date) -> Iterator[str]:
        if self.day and not 0 <= (self.day - today).days <= FARTHEST:
            why = "er gået" if self.day < today else "er langt ude i fremtiden"
            yield f"Er datoen rigtig? {words.date_text(self.day)} {why}."
        yield from super().doubts(today)

    @property
    def day(self) -> date | None:
        return day_from_text(self.visit_on.data.strip()) if self.visit_on.data else None

    @property
    def time(self) -> str | None:
        match = TIME.fullmatch((self.visit_time.data or "").strip())
        return f"{int(match[1]):02}:{match[2]}" if match else None

    @property
    def doctor(self) -> str | None:
        return self.doctor_id.data or None

    def offer(self, doctors: Any) -> None:
        self.doctor_id.choices = [SelectChoice("", "Ikke valgt"), *(SelectChoice(one.id, one.name) for one in doctors)]


class NewPregnancy(Identity, Appointment):
    phone = StringField("Mobil", [Optional(), _phone])
    email = StringField("E-mail", [Optional(), _email, Length(max=200), _plain])
    language = SelectField("Hendes sprog", choices=SPOKEN, default="da")


class ResultDate(FlaskForm):  # type: ignore[misc]  # untyped base
    on = StringField("Dato for prøve eller skanning", [DataRequired("Skriv datoen."), _day])

    @property
    def day(self) -> date:
        return day_from_text((self.on.data or "").strip())

    def is_known(self, today: date) -> bool:
        """A result is never from a day to come."""
        if self.day > today:
            self.on.errors = ["Datoen ligger i fremtiden. Se efter, om den er rigtig."]
        return self.day <= today


class Invite(FlaskForm):  # type: ignore[misc]  # untyped base
    request_key = HiddenField(validators=[Regexp(r"^[0-9a-f-]{36}$")])
    phone = StringField("Mobil", [Optional(), _phone])
    email = StringField("E-mail", [Optional(), _email, _plain])
    by_sms = BooleanField("Send sms")
    by_email = BooleanField("Send e-mail")

"""The sign-in form."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]  # untyped base
    username = StringField("Brugernavn", [DataRequired("Skriv dit brugernavn."), Length(max=100)])
    password = PasswordField("Adgangskode", [DataRequired("Skriv din adgangskode."), Length(max=200)])

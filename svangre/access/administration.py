"""The clinic administrator's pages: the clinic's data, its staff, birth places, whose case is whose, and the own log.
No record is opened here."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select

from svangre.access import accounts, log
from svangre.access.blueprint import blueprint
from svangre.access.forms import BirthplaceChange, BirthplaceForm, ClinicForm, HandOverForm, UserForm
from svangre.policy import ROLE_WORDS
from svangre.record.cpr import BadCpr
from svangre.record.errors import NotYours
from svangre.record.models import Birthplace, Clinic, User
from svangre.web.database import db, log_access, now, reading
from svangre.web.signed_in import for_users, viewer


def _page(name: str, **values: Any) -> str:
    return render_template(f"access/{name}.html", viewer=viewer(), role_words=ROLE_WORDS, **values)


def _to(endpoint: str) -> Response:
    return cast(Response, redirect(url_for(f"access.{endpoint}")))


@blueprint.route("/administration", methods=["GET", "POST"])
@for_users("administer")
def clinic() -> Response | str:
    form = ClinicForm(obj=db().get(Clinic, viewer().clinic_id))
    if form.validate_on_submit():
        data = {name: getattr(form, name).data for name in accounts.CLINIC_DATA}
        accounts.change_clinic(db(), viewer=viewer(), at=now(), data=data)
        flash("Klinikkens oplysninger er gemt.", "done")
        return _to("clinic")
    return _page("clinic", form=form)


@blueprint.route("/administration/personale", methods=["GET", "POST"])
@for_users("administer")
def staff() -> Response | str:
    form = UserForm()
    if form.validate_on_submit():
        password = accounts.new_password()
        try:
            user = accounts.create_user(
                db(), viewer=viewer(), at=now(), role=form.role.data, username=form.username.data or "",
                name=form.name.data or "", initials=form.initials.data or "", password=password,
            )  # fmt: skip
            return _staff(UserForm(formdata=None), shown=(user, password))
        except accounts.BadAccount as error:
            form.username.errors = [str(error)]
    return _staff(form)


def _staff(form: FlaskForm, shown: tuple[User, str] | None = None) -> str:
    """`shown`: the password of an account, this once; it is kept nowhere."""
    return _page("staff", form=form, users=log.users(db(), viewer()), shown=shown)


@blueprint.post("/administration/personale/<user_id>/luk")
@for_users("administer")
def disable(user_id: str) -> Response:
    try:
        accounts.disable_user(db(), viewer=viewer(), at=now(), user_id=user_id)
        flash("Adgangen er lukket, og brugeren er logget ud overalt.", "done")
    except accounts.BadAccount as error:
        flash(str(error), "wrong")
    return _to("staff")


@blueprint.post("/administration/personale/<user_id>/aabn")
@for_users("administer")
def enable(user_id: str) -> Response:
    accounts.enable_user(db(), viewer=viewer(), at=now(), user_id=user_id)
    flash("Adgangen er åbnet igen.", "done")
    return _to("staff")


@blueprint.post("/administration/personale/<user_id>/adgangskode")
@for_users("administer")
def reset(user_id: str) -> str:
    password = accounts.reset_password(db(), viewer=viewer(), at=now(), user_id=user_id)
    return _staff(UserForm(formdata=None), shown=(db().get_one(User, user_id), password))


@blueprint.route("/administration/foedesteder", methods=["GET", "POST"])
@for_users("administer")
def birthplaces() -> Response | str:
    form = BirthplaceForm()
    if form.validate_on_submit():
        try:
            accounts.add_birthplace(
                db(), viewer=viewer(), at=now(), name=form.name.data or "", sor=form.sor.data or "",
                email=form.email.data or "",
            )  # fmt: skip
            flash("Fødestedet er på listen.", "done")
            return _to("birthplaces")
        except accounts.BadAccount as error:
            form.sor.errors = [str(error)]
    places = db().scalars(select(Birthplace).order_by(Birthplace.name)).all()
    return _page("birthplaces", form=form, places=places)


@blueprint.route("/administration/foedesteder/<birthplace_id>", methods=["GET", "POST"])
@for_users("administer")
def birthplace(birthplace_id: str) -> Response | str:
    place = db().get(Birthplace, birthplace_id)
    if place is None:
        raise NotYours
    form = BirthplaceChange(obj=place)
    if form.validate_on_submit():
        accounts.change_birthplace(
            db(), viewer=viewer(), at=now(), birthplace_id=birthplace_id, name=form.name.data or "",
            email=form.email.data or "", is_active=form.is_active.data,
        )  # fmt: skip
        flash("Fødestedet er rettet.", "done")
        return _to("birthplaces")
    return _page("birthplace", form=form, place=place)


@blueprint.route("/administration/forloeb", methods=["GET", "POST"])
@for_users("administer")
def cases() -> Response | str:
    form = HandOverForm()
    doctors = [user for user in log.users(db(), viewer()) if user.role == "doctor"]
    form.from_id.choices = {user.id: user.name for user in doctors}
    form.to_id.choices = {user.id: user.name for user in doctors if user.disabled_at is None}
    if form.validate_on_submit():
        if form.from_id.data == form.to_id.data:
            form.to_id.errors = ["Vælg en anden læge end den, forløbene kommer fra."]
        else:
            moved = accounts.hand_over_cases(
                db(), viewer=viewer(), at=now(), from_id=form.from_id.data, to_id=form.to_id.data
            )
            flash(f"{moved} forløb er flyttet." if moved else "Der var ingen åbne forløb at flytte.", "done")
            return _to("cases")
    return _page("cases", form=form)


@blueprint.route("/administration/log", methods=["GET", "POST"])
@for_users("administer")
def access_log() -> str:
    """A POST looks for one woman, since a CPR number must not stand in an address."""
    number, problem = (request.form.get("cpr") or "").strip(), ""
    before = request.args.get("foer", "")
    chosen = request.values.get("bruger", "")
    try:
        entries, after = log.read(
            reading(), viewer(), cpr_number=number, user_id=chosen,
            before=int(before) if before.isdecimal() and len(before) < 12 else None,
        )  # fmt: skip
    except BadCpr as error:
        entries, after, problem = [], None, str(error)
    users = log.users(reading(), viewer())
    log_access(viewer(), "log.read", None, why_asked="cpr" if number else "all", found=len(entries))
    return _page(
        "log", entries=entries, after=after if not number else None, problem=problem, users=users, chosen=chosen
    )

"""Sign-in and sign-out of users with a local account."""

from __future__ import annotations

import re
from typing import cast

from flask import Response, flash, make_response, redirect, render_template, request, session, url_for

from svangre.access import accounts, passwords
from svangre.access.blueprint import blueprint
from svangre.access.forms import PasswordForm, SignInForm
from svangre.policy import Right, Role, Viewer
from svangre.record import audit
from svangre.record.models import User
from svangre.web import signed_in
from svangre.web.database import db, now, settings

OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")  # browsers drop tabs and read \ as /

DEMO_USERS = (
    ("holm", "Læge Øjvind Holm"),
    ("rask", "Læge Mette Rask"),
    ("lone", "Sekretær Lone Fyhn"),
    ("admin", "Administrator af klinikken"),
    ("jordemoder", "Jordemoder, Fødestedet Demo Nord"),
    ("jordemoder-syd", "Jordemoder, Fødestedet Demo Syd"),
)


def home_of(viewer: Viewer) -> str:
    """Where a role starts."""
    rights: tuple[tuple[Right, str], ...] = (
        ("see_inbox", "clinic.inbox"), ("see_worklist", "clinic.worklist"), ("administer", "access.clinic"),
    )  # fmt: skip
    return url_for(next((place for right, place in rights if viewer.may(right)), "access.account"))


@blueprint.get("/")
@signed_in.for_everyone
def start() -> Response:
    viewer = signed_in.user()
    return cast(Response, redirect(home_of(viewer) if viewer else url_for("access.sign_in")))


@blueprint.route("/log-ind", methods=["GET", "POST"])
@signed_in.for_everyone
def sign_in() -> Response | str:
    form = SignInForm()
    if form.validate_on_submit():
        at = now()
        user = passwords.check(
            db(),
            username=form.username.data or "",
            password=form.password.data or "",
            at=at,
            address=request.remote_addr or "",
        )
        if user:
            db().commit()  # SQLite has one writer, and the old sign-in is ended in a transaction of its own
            signed_in.end("user")
            session.pop("csrf_token", None)  # nothing from before the sign-in counts after it
            token = signed_in.start(db(), user=user, at=at)
            viewer = Viewer(
                user.id, cast(Role, user.role), user.name, user.initials, user.clinic_id, user.birthplace_id,
                address=request.remote_addr or "",
            )  # fmt: skip
            audit.write(db(), viewer=viewer, at=at, action="sign_in", why="administration")
            db().commit()
            response = make_response(redirect(_safe(request.args.get("next")) or home_of(viewer)))
            signed_in.set_cookie(response, "user", token)
            return response
        form.password.errors = ["Brugernavn eller adgangskode passer ikke."]
    return render_template("access/sign_in.html", form=form, demo_users=DEMO_USERS if settings().demo else ())


def _safe(target: str | None) -> str | None:
    """A path of this site, or nothing: never an address elsewhere."""
    return target if target and OWN_PATH.fullmatch(target) else None


@blueprint.post("/log-ud")
@signed_in.for_everyone
def sign_out() -> Response:
    if viewer := signed_in.user():
        audit.write(db(), viewer=viewer, at=now(), action="sign_out", why="administration")
        db().commit()
    signed_in.end("user")
    session.pop("csrf_token", None)
    response = make_response(redirect(url_for("access.sign_in")))
    signed_in.drop_cookie(response, "user")
    return response


@blueprint.route("/konto", methods=["GET", "POST"])
@signed_in.for_users(None)
def account() -> Response | str:
    """One's own account: a new password. Afterwards everybody signs in anew, whoever knew the old one."""
    form = PasswordForm()
    if form.validate_on_submit():
        user = db().get_one(User, signed_in.viewer().id)
        at, address = now(), request.remote_addr or ""
        if passwords.check(db(), username=user.username, password=form.old.data or "", at=at, address=address):
            try:
                accounts.change_password(db(), viewer=signed_in.viewer(), at=at, new=form.new.data or "")
                flash("Adgangskoden er skiftet. Log ind med den nye.", "done")
                return cast(Response, redirect(url_for("access.sign_in")))
            except accounts.BadAccount as error:
                form.new.errors = [str(error)]
        else:
            form.old.errors = ["Adgangskoden passer ikke."]
    return render_template("access/account.html", form=form, viewer=signed_in.viewer())

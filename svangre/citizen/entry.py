"""Her way in and out: proving herself at her link, the closed page, signing out, leaving in a hurry."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from flask import Response, jsonify, make_response, redirect, render_template, request, session, url_for
from sqlalchemy import select

from svangre.catalogue.parse import BadAnswer, day_from_text
from svangre.citizen import carrying
from svangre.citizen.blueprint import blueprint
from svangre.record.actions import invitations
from svangre.record.errors import BadInvitation, Resting, WrongProof
from svangre.record.models import Clinic, Invitation, Pregnancy
from svangre.record.sealing import keyring
from svangre.translations import month_in_figures
from svangre.web import language, signed_in
from svangre.web.database import db, now
from svangre.web.form_builder import printable

LINK = "link"  # in the browser's session cookie: her link, so that the closed page can ask for the code at once


@blueprint.get("/skema/<token>")
@signed_in.for_everyone
def prove(token: str) -> Response | str | tuple[str, int]:
    """Her link: asks for code and birth date, each time."""
    try:
        found = invitations.find_invitation(db(), token, now())
    except BadInvitation:
        return _bad_link(token)
    language.choose(db().get_one(Pregnancy, found.pregnancy_id).language)
    return _sign_in_page(token)


@blueprint.post("/skema/<token>")
@signed_in.for_everyone
def prove_now(token: str) -> Response | str | tuple[str, int]:
    try:
        typed = {part: request.form.get(part, "").strip() for part in ("day", "month", "year")}
        born_on = day_from_text(".".join([typed["day"], month_in_figures(typed["month"]), typed["year"]]))
        sign_in = invitations.prove(
            db(), at=now(), token=token, code=request.form.get("code", "")[:50], born_on=born_on,
            address=request.remote_addr or "",
        )  # fmt: skip
    except BadAnswer:
        return _sign_in_page(token, wrong="birth", status=422)
    except WrongProof as error:
        return _sign_in_page(token, wrong="proof", left=error.left, status=422)
    except Resting:
        return _sign_in_page(token, wrong="resting", status=429)
    except BadInvitation:
        return _bad_link(token)
    return _signed_in(token, sign_in)


def _signed_in(token: str, sign_in: str) -> Response:
    """On to where she was; what she had sent meanwhile stands ready to be saved."""
    carried = carrying.unpack(token, request.form.get("carried", ""))
    where = _own_path(request.form.get("next")) or url_for("citizen.home")
    page = render_template("citizen/carry.html", carried=carried) if carried else redirect(where, 303)
    response = make_response(page)
    signed_in.set_cookie(response, "woman", sign_in)
    session[LINK] = token
    return response


def _own_path(target: str | None) -> str | None:
    """A page of hers, or nothing: never an address elsewhere."""
    if not target or not target.startswith("/mit") or urlsplit(target).netloc or "\\" in target:
        return None
    return target


def _sign_in_page(token: str, *, wrong: str = "", left: int = 0, status: int = 200) -> tuple[str, int]:
    clinic = _clinic_of(token)
    typed = {name: printable(text[:50]) for name, text in request.form.items()}
    page = render_template(
        "citizen/sign_in.html", token=token, wrong=wrong, left=left, clinic=clinic, typed=typed,
        carried=request.form.get("carried", ""), next=request.values.get("next", ""),
    )  # fmt: skip
    return page, status


def _bad_link(token: str) -> tuple[str, int]:
    """One text whether the link is unknown, replaced, revoked or expired; the clinic's number only if we know it."""
    return render_template("citizen/bad_link.html", clinic=_clinic_of(token)), 404


def _clinic_of(token: str) -> Clinic | None:
    return db().scalar(
        select(Clinic)
        .join(Pregnancy, Pregnancy.clinic_id == Clinic.id)
        .join(Invitation, Invitation.pregnancy_id == Pregnancy.id)
        .where(Invitation.token_hash == keyring().digest("invitation", token))
    )


@blueprint.get("/mit/lukket")
@signed_in.for_everyone
def closed() -> Response | str:
    """Her sign-in has ended. Everything is saved; what she sent just now is carried over the next sign-in."""
    if request.headers.get("X-Autosave"):
        return jsonify(state="ended")
    token = session.get(LINK)
    carried = carrying.pack(token, request.full_path, request.form) if token and _has_answers() else ""
    return render_template(
        "citizen/closed.html", token=token, clinic=_clinic_of(token) if token else None, carried=carried,
        next=_own_path(request.args.get("next")) or "", typed={}, left_by_herself=request.args.get("ud") == "1",
    )  # fmt: skip


def _has_answers() -> bool:
    return request.method == "POST" and any(name.endswith("-asked") for name in request.form)


@blueprint.post("/mit/log-ud")
@signed_in.for_everyone
def sign_out() -> Response:
    return _leave(url_for("citizen.closed", ud=1))


@blueprint.route("/mit/forlad", methods=["GET", "POST"])
@signed_in.for_everyone
def leave() -> Response:
    """Quick exit: signs out and shows a page that says nothing about why she was here."""
    return _leave(url_for("citizen.blank"))


@blueprint.get("/tilgaengelighed")
@signed_in.for_everyone
def accessibility() -> str:
    return render_template("citizen/accessibility.html")


@blueprint.get("/pause")
@signed_in.for_everyone
def blank() -> str:
    return render_template("citizen/blank.html")


def _leave(where: str) -> Response:
    signed_in.end("woman")
    language.keep_through(session.clear)
    response = cast(Response, redirect(where, 303))
    signed_in.drop_cookie(response, "woman")
    return response

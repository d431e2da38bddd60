"""Whoever she has shared her summary with: a page in English for people, a manifest for apps. Both want the passcode.

The address comes from a SMART Health Link. What stands behind its # (the key) never reaches us; people do not need it,
since the page shows the summary itself.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Response, current_app, jsonify, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from svangre import translations
from svangre.citizen.blueprint import blueprint
from svangre.citizen.sharing import english_page
from svangre.fhir import health_link
from svangre.record import documents
from svangre.record.actions import shares
from svangre.record.errors import BadInvitation, NotYours, Resting, WrongProof
from svangre.record.models import Share
from svangre.web import signed_in
from svangre.web.database import db, now, settings
from svangre.web.form_builder import printable

LONGEST_REQUEST = 4096
FILE_LIFETIME = 300  # seconds in which an app may fetch the file it was told of; the guide allows an hour
Page = tuple[str, int]


@blueprint.get("/del/<share_token>")
@signed_in.for_everyone
def guest(share_token: str) -> Page:
    translations.speak("en")
    try:
        shares.find(db(), share_token, now())
    except BadInvitation:
        return _gone()
    return _ask(share_token)


@blueprint.post("/del/<share_token>")
@signed_in.for_everyone
def guest_proves(share_token: str) -> str | Page:
    translations.speak("en")
    name, passcode = printable(request.form.get("name", "").strip())[:100], request.form.get("passcode", "")[:50]
    if not name:
        return _ask(share_token, wrong="name", status=422)
    try:
        found = _look(share_token, passcode, name)
    except WrongProof as error:
        return _ask(share_token, wrong="passcode", left=error.left, status=422)
    except Resting:
        return _ask(share_token, wrong="resting", status=429)
    except BadInvitation:
        return _gone()
    return english_page(shares.newest(db(), found), is_hers=False)


def _look(token: str, passcode: str, recipient: str) -> Share:
    return shares.look(
        db(), at=now(), token=token, passcode=passcode, recipient=recipient, address=request.remote_addr or ""
    )


def _ask(token: str, *, wrong: str = "", left: int = 0, status: int = 200) -> Page:
    typed = printable(request.form.get("name", "")[:100])
    return render_template("citizen/guest.html", token=token, wrong=wrong, left=left, typed=typed, lang="en"), status


def _gone() -> Page:
    return render_template("citizen/guest_gone.html", lang="en"), 404


@blueprint.route("/del/<share_token>/manifest", methods=["POST", "OPTIONS"])
@signed_in.for_everyone
def manifest(share_token: str) -> Response:
    """For apps: where the encrypted summary is, or the summary itself if the app takes one that long."""
    if request.method == "OPTIONS":
        return _for_all(Response(status=204, mimetype="text/plain"))
    try:
        asked = _asked()
        found = _look(share_token, asked["passcode"], printable(asked["recipient"]))
        version = shares.newest(db(), found)
        content, _ = documents.read(db(), version.id, "ips")
    except ValueError:
        return _for_all(jsonify(error="recipient and passcode are needed, as JSON"), 400)
    except WrongProof as error:
        return _for_all(jsonify(remainingAttempts=error.left), 401)
    except Resting:
        return _for_all(jsonify(error="too many attempts, try again in half an hour"), 429)
    except (BadInvitation, NotYours):
        return _for_all(jsonify(error="not found"), 404)
    file = health_link.encrypted(content, found.secret["key"])
    place = {"embedded": file} if len(file) <= asked["embeddedLengthMax"] else {"location": _file_address(share_token)}
    return _for_all(jsonify(health_link.manifest(place, version.signed_at)))


def _asked() -> dict[str, Any]:
    """
    Raises:
        ValueError: not a manifest request.
    """
    try:
        body = json.loads(request.get_data()[:LONGEST_REQUEST])
    except RecursionError as error:
        raise ValueError from error
    if not isinstance(body, dict) or not isinstance(body.get("recipient"), str) or not body["recipient"].strip():
        raise ValueError
    most = body.get("embeddedLengthMax")
    return {
        "recipient": body["recipient"][:100],
        "passcode": str(body.get("passcode") or "")[:50],
        "embeddedLengthMax": most if isinstance(most, int) else float("inf"),
    }


def tickets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="shared file")


def _file_address(token: str) -> str:
    return f"{settings().address}{url_for('citizen.shared_file', ticket=tickets().dumps(token))}"


@blueprint.get("/del/fil/<ticket>")
@signed_in.for_everyone
def shared_file(ticket: str) -> Response:
    """The encrypted summary, for a few minutes after a manifest has named its address."""
    try:
        found = shares.find(db(), tickets().loads(ticket, max_age=FILE_LIFETIME), now())
        content, _ = documents.read(db(), shares.newest(db(), found).id, "ips")
    except (BadSignature, BadInvitation, NotYours):
        return _for_all(jsonify(error="not found"), 404)
    file = health_link.encrypted(content, found.secret["key"])
    return _for_all(Response(file, mimetype="application/jose"))


def _for_all(response: Response, status: int | None = None) -> Response:
    """Apps ask from pages of their own."""
    response.status_code = status or response.status_code
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "POST, GET, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    return response

"""Signing in: OAuth 2 client credentials with private_key_jwt. Errors are OAuth's own (RFC 6749, section 5.2)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Response, request

from svangre.exchange import keys
from svangre.exchange.room import base, blueprint, plain
from svangre.record import tries
from svangre.record.actions import clients
from svangre.record.errors import Resting, StaleEdit
from svangre.record.models import Client
from svangre.web.database import db, now, reading
from svangre.web.signed_in import for_everyone
from svangre.web.systems import LASTS, viewer_of

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SCOPE = "system/*.read"
MOST_TRIES, REST = 10, timedelta(minutes=30)


@blueprint.post("/token")
@for_everyone
def token() -> Response:
    """An access token that lasts five minutes, for an assertion that was never used before."""
    if request.form.get("grant_type") != "client_credentials":
        return _refuse("unsupported_grant_type", "grant_type must be client_credentials")
    if request.form.get("client_assertion_type") != ASSERTION_TYPE:
        return _refuse("invalid_client", "client_assertion_type must be jwt-bearer: private_key_jwt is the only way in")
    try:
        return _sign_in(request.form.get("client_assertion", "")[: keys.LARGEST])
    except Resting:
        db().rollback()
        return _refuse("invalid_client", "too many tries: wait half an hour", 429)
    except (keys.BadAssertion, StaleEdit):
        return _refuse("invalid_client", "the assertion is no proof, or was used before", 401)


def _sign_in(assertion: str) -> Response:
    client_id, at, address = keys.claimed_client(assertion), now(), request.remote_addr or ""
    tried = {"kind": "client", "subject": client_id, "address": address, "at": at}
    tries.count(db(), **tried, most=MOST_TRIES, rest=REST)  # type: ignore[arg-type]
    db().commit()
    client = reading().get(Client, client_id)
    if client is None or client.disabled_at:
        raise keys.BadAssertion
    proof = keys.prove(assertion, public_key=client.public_key, client_id=client_id, audience=f"{base()}/token")
    access_token = secrets.token_urlsafe(32)
    clients.sign_in_client(
        db(), viewer=viewer_of(client), at=at, token=access_token, assertion_id=proof.id, expires_at=proof.expires_at
    )
    tries.forget(db(), **tried)  # type: ignore[arg-type]
    db().commit()
    lasts = int(LASTS.total_seconds())
    return plain({"access_token": access_token, "token_type": "Bearer", "expires_in": lasts, "scope": SCOPE})


def _refuse(error: str, why: str, status: int = 400) -> Response:
    return plain({"error": error, "error_description": why}, status)

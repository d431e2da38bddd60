"""Which clinic's own system is asking: a short-lived token, whose sign-in is a row like a person's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, request
from sqlalchemy import select

from svangre.policy import Viewer
from svangre.record.models import Client, SignIn
from svangre.record.sealing import keyring
from svangre.web.database import now, reading
from svangre.web.outcomes import outcome

LASTS = timedelta(minutes=5)
F = TypeVar("F", bound=Callable[..., Any])


def viewer_of(client: Client) -> Viewer:
    return Viewer(
        id=client.id, role="system", name=client.name, clinic_id=client.clinic_id, address=request.remote_addr or ""
    )


def _system() -> Viewer | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        return None
    query = select(SignIn, Client).join(Client, Client.id == SignIn.client_id)
    found = reading().execute(query.where(SignIn.token_hash == keyring().digest("sign_in", token))).first()
    if found is None or found.SignIn.ended_at or now() - found.SignIn.created_at > LASTS or found.Client.disabled_at:
        return None
    return viewer_of(found.Client)


def for_systems(view: F) -> F:
    """Lets in a clinic's own system; people have their own pages."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        found = _system()
        if found is None or not found.may("exchange"):
            return outcome(401, "Hent et adgangstegn på /fhir/token. Det virker i 5 minutter.")
        g.viewer = found
        return view(*args, **kwargs)

    guarded.access = "exchange"  # type: ignore[attr-defined]  # read by the access sweep
    return cast(F, guarded)

"""Who is signed in. The cookie carries a random token; the sign-in itself is a row, so that it can be ended anywhere.

Two cookies: one for clinic and birth place, one for her, so that a demo on one machine can show both sides.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, current_app, g, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from svangre.policy import Right, Viewer
from svangre.record.errors import NotAllowed
from svangre.record.models import SignIn, User
from svangre.record.sealing import keyring
from svangre.web import errors
from svangre.web.database import now, reading, settings

IDLE = {"user": timedelta(minutes=30), "woman": timedelta(minutes=30)}
WHOLE = {"user": timedelta(hours=10), "woman": timedelta(hours=12)}
TOUCH = timedelta(minutes=1)  # how often the idle clock is written

F = TypeVar("F", bound=Callable[..., Any])


def cookie_name(who: str) -> str:
    return f"svangre_{who}" if settings().is_local else f"__Host-svangre_{who}"


def set_cookie(response: Response, who: str, token: str) -> None:
    response.set_cookie(
        cookie_name(who), token, httponly=True, secure=not settings().is_local, samesite="Lax", path="/"
    )


def drop_cookie(response: Response, who: str) -> None:
    response.delete_cookie(cookie_name(who), path="/", secure=not settings().is_local, httponly=True, samesite="Lax")


def start(session: Session, *, user: User, at: datetime) -> str:
    """A new sign-in of a user; returns the token for the cookie. The caller commits."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_hash=keyring().digest("sign_in", token), user_id=user.id, created_at=at, seen_at=at))
    return token


def _find(who: str) -> SignIn | None:
    token = request.cookies.get(cookie_name(who))
    if not token:
        return None
    found = reading().scalar(select(SignIn).where(SignIn.token_hash == keyring().digest("sign_in", token)))
    at = now()
    if found is None or found.ended_at or at - found.seen_at > IDLE[who] or at - found.created_at > WHOLE[who]:
        return None
    if at - found.seen_at > TOUCH and not request.headers.get("X-Background"):  # polling does not prolong
        with cast("sessionmaker[Session]", current_app.extensions["write"])() as session:
            session.get_one(SignIn, found.id).seen_at = at
            session.commit()
    return found


def end(who: str) -> None:
    """Ends the sign-in of this browser, in the database."""
    if found := _find(who):
        with cast("sessionmaker[Session]", current_app.extensions["write"])() as session:
            session.get_one(SignIn, found.id).ended_at = now()
            session.commit()


def user() -> Viewer | None:
    """The signed-in clinic or birth place user, if any."""
    if "user" not in g:
        found = _find("user")
        account = reading().get(User, found.user_id) if found and found.user_id else None
        g.user = (
            Viewer(
                id=account.id, role=cast(Any, account.role), name=account.name, initials=account.initials,
                clinic_id=account.clinic_id, birthplace_id=account.birthplace_id, address=request.remote_addr or "",
            )
            if account and account.disabled_at is None
            else None
        )  # fmt: skip
    return cast("Viewer | None", g.user)


def woman() -> Viewer | None:
    """The signed-in woman, if any: she is known by her pregnancy."""
    if "woman" not in g:
        found = _find("woman")
        g.woman = (
            Viewer(
                id=found.pregnancy_id, role="woman", pregnancy_id=found.pregnancy_id, address=request.remote_addr or ""
            )
            if found and found.pregnancy_id
            else None
        )
    return cast("Viewer | None", g.woman)


def viewer() -> Viewer:
    """The viewer that this route's decorator has let in."""
    return cast(Viewer, g.viewer)


def for_users(right: Right | None) -> Callable[[F], F]:
    """Lets in users whose role has the right (None: every user); others see that it is not for them, strangers the
    sign-in page."""

    def decorate(view: F) -> F:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            found = user()
            if found is None and request.method == "POST":
                return errors.signed_out()
            if found is None:
                return redirect(url_for("access.sign_in", next=request.full_path))
            if right and not found.may(right):
                raise NotAllowed(right)
            g.viewer = found
            return view(*args, **kwargs)

        guarded.access = right or "user"  # type: ignore[attr-defined]  # read by the access sweep
        return cast(F, guarded)

    return decorate


def for_her(view: F) -> F:
    """Lets in the signed-in woman; otherwise the page that says that all is saved and how to go on."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        found = woman()
        if found is None and request.method == "POST":  # what she sent is carried over her next sign-in
            return current_app.view_functions["citizen.closed"]()
        if found is None:
            return redirect(url_for("citizen.closed", next=request.path))
        g.viewer = found
        return view(*args, **kwargs)

    guarded.access = "woman"  # type: ignore[attr-defined]  # read by the access sweep
    return cast(F, guarded)


def for_everyone(view: F) -> F:
    """Marks a route that needs no sign-in; one without any mark fails the access sweep."""
    view.access = "everyone"  # type: ignore[attr-defined]
    return view

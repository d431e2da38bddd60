"""Every action is one transaction: returning commits, raising rolls back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from svangre.policy import Right, Viewer
from svangre.record.errors import NotAllowed, StaleEdit

P = ParamSpec("P")
R = TypeVar("R")


def transaction(action: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    """Commits after the action, rolls back if it raises; two writers of one row become a StaleEdit for the second."""

    @wraps(action)
    def whole(session: Session, /, *args: Any, **kwargs: Any) -> R:
        try:
            result = action(session, *args, **kwargs)
            session.commit()
        except (StaleDataError, IntegrityError) as error:
            session.rollback()
            raise StaleEdit from error
        except BaseException:
            session.rollback()
            raise
        return result

    return whole


def require(viewer: Viewer, right: Right) -> None:
    if not viewer.may(right):
        raise NotAllowed(right)

"""What she wants to ask at the next visit: her own note, which the clinic reads and no document holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import Closed


@transaction
def write(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, text: str) -> None:
    """Her note as it stands now; an empty one takes it away.

    Raises:
        Closed: the pregnancy has ended.
    """
    require(viewer, "answer")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    if text != (pregnancy.questions or ""):
        pregnancy.questions = text or None
        pregnancy.touch(at)
        audit.write(session, viewer=viewer, at=at, action="questions.write", pregnancy_id=pregnancy_id)

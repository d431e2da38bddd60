"""Many answers taken over with one press: what is unremarkable in a section, or what stands in a row; undone as one."""

from __future__ import annotations

from flask import Response, flash, request

from svangre.clinic.progress import acceptable
from svangre.clinic.room import blueprint, open_record, to
from svangre.clinic.side import used_in_findings
from svangre.record.actions import decisions
from svangre.record.errors import NotYours
from svangre.web.database import db, now
from svangre.web.signed_in import for_users, viewer


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/accepter")
@for_users("consult")
def accept_unremarkable(pregnancy_id: str, section_id: str) -> Response:
    """Accepts what is unremarkable in the section, as one that can be undone as one."""
    used = used_in_findings(open_record(pregnancy_id))
    batch, count = decisions.accept_unremarkable(
        db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, section_id=section_id, findings=used
    )
    return _accepted(pregnancy_id, section_id, batch, count)


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/raekke/<row_id>/accepter")
@for_users("consult")
def accept_row(pregnancy_id: str, section_id: str, row_id: str) -> Response:
    """What she said in one row and in the rows inside it, as one."""
    found = open_record(pregnancy_id)
    row = found.chart.row(row_id)
    if row is None:
        raise NotYours
    keys = acceptable(found.chart, row, sees_private=found.sees_private)
    batch, count = decisions.accept_row(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, keys=keys)
    return _accepted(pregnancy_id, section_id, batch, count, f"r-{row_id}")


def _accepted(pregnancy_id: str, section_id: str, batch: str, count: int, anchor: str | None = None) -> Response:
    if count:
        flash(f"{count} svar accepteret." if count > 1 else "1 svar accepteret.", batch)
    return to("consultation", anchor, pregnancy_id=pregnancy_id, section_id=section_id)


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/fortryd")
@for_users("consult")
def undo_batch(pregnancy_id: str, section_id: str) -> Response:
    count = decisions.undo_batch(
        db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, batch=request.form.get("batch", "")
    )
    flash(f"{count} svar er åbne igen.", "done")
    return to("consultation", pregnancy_id=pregnancy_id, section_id=section_id)

"""Rows of repeating groups in the consultation: add, take out with a reason, put back."""

from __future__ import annotations

from flask import Response, flash, request

from svangre.clinic.room import blueprint, to
from svangre.record.actions import answers
from svangre.web.database import db, now
from svangre.web.signed_in import for_users, viewer


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/raekke")
@for_users("consult")
def add_row(pregnancy_id: str, section_id: str) -> Response:
    """A new row, open for writing. Its id was made with the page, so that a double click makes one row."""
    row_id = answers.add_row(
        db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, group=request.form.get("group", ""),
        parent=request.form.get("parent") or None, row_id=request.form.get("row_id") or None,
    )  # fmt: skip
    return to(
        "consultation", f"r-{row_id}", pregnancy_id=pregnancy_id, section_id=section_id, ret_raekke=row_id
    )  # fmt: skip


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/raekke/<row_id>/fjern")
@for_users("consult")
def remove_row(pregnancy_id: str, section_id: str, row_id: str) -> Response:
    reason = (request.form.get("reason") or "").strip()
    if not reason:
        flash("Skriv, hvorfor rækken skal ud. Så kan andre se det bagefter.", "wrong")
        return to("consultation", f"r-{row_id}", pregnancy_id=pregnancy_id, section_id=section_id, raekke=row_id)
    answers.remove_row(
        db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, row_id=row_id, reason=reason[:500]
    )  # fmt: skip
    flash("Rækken er taget ud. Den kan sættes tilbage nederst i tabellen.", "done")
    return to("consultation", pregnancy_id=pregnancy_id, section_id=section_id)


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/raekke/<row_id>/gendan")
@for_users("consult")
def restore_row(pregnancy_id: str, section_id: str, row_id: str) -> Response:
    answers.restore_row(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, row_id=row_id)
    return to("consultation", f"r-{row_id}", pregnancy_id=pregnancy_id, section_id=section_id)

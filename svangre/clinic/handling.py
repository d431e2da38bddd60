"""What the clinic does about findings, and who may see an answer."""

from __future__ import annotations

from flask import Response, flash, request

from svangre.catalogue import Visibility
from svangre.clinic.progress import key_of
from svangre.clinic.room import blueprint, to
from svangre.record import findings
from svangre.record.actions import decisions
from svangre.web.database import db, now
from svangre.web.signed_in import for_users, viewer


@blueprint.post("/graviditet/<pregnancy_id>/fund")
@for_users("consult")
def handle_finding(pregnancy_id: str) -> Response:
    """Gjort, Ikke relevant (with a reason), Senere, open again, with or without the handover."""
    act, reason = request.form.get("act", ""), (request.form.get("reason") or "").strip()[:500]
    finding = request.form.get("finding", "")[:80]
    if act not in findings.ACTS:
        act = "open"
    if act == "not_relevant" and not reason:
        flash("Skriv, hvorfor det ikke er relevant. Så kan andre se det bagefter.", "wrong")
    else:
        findings.handle(
            db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, finding=finding, act=act, reason=reason or None
        )
    if request.form.get("back") == "sign":
        return to("sign_page", pregnancy_id=pregnancy_id)
    return to(
        "consultation", "findings", pregnancy_id=pregnancy_id, section_id=request.form.get("section") or "graviditet"
    )


@blueprint.post("/graviditet/<pregnancy_id>/synlighed")
@for_users("consult")
def set_visibility(pregnancy_id: str) -> Response:
    """Narrows who sees an answer, or (the doctor, one by one, with a reason) releases it for the documents."""
    item_id, row_id = request.form.get("item", ""), request.form.get("row") or None
    wanted, reason = request.form.get("visibility", ""), (request.form.get("reason") or "").strip()[:500]
    section = request.form.get("section") or "graviditet"
    visibility: Visibility = "shared" if wanted == "shared" else "gp_only"
    if visibility == "shared" and not reason:
        flash("Skriv, hvorfor svaret skal med. Så kan det ses, hvem der valgte det.", "wrong")
    else:
        decisions.set_visibility(
            db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, item_id=item_id, row_id=row_id,
            visibility=visibility, reason=reason,
        )  # fmt: skip
        flash("Svaret tages med i overdragelsen." if visibility == "shared" else "Svaret holdes ude.", "done")
    if request.form.get("back") == "sign":
        return to("sign_page", pregnancy_id=pregnancy_id)
    return to(
        "consultation", key_of(item_id, row_id), pregnancy_id=pregnancy_id, section_id=section,
        raekke=row_id, alene="1" if request.form.get("alene") == "1" else None,
    )  # fmt: skip

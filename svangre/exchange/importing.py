"""Sending: what the clinic's own system knows about a woman, laid beside her answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, request

from svangre.exchange.reading import woman_by_number
from svangre.exchange.room import Refused, blueprint
from svangre.fhir.incoming import MOST_BYTES, read_bundle
from svangre.record import queries
from svangre.record.actions import imports
from svangre.web import uploads
from svangre.web.database import db, now, reading, settings
from svangre.web.outcomes import outcome
from svangre.web.signed_in import viewer
from svangre.web.systems import for_systems

TYPES = ("application/fhir+json", "application/json")
PREGNANCY = timedelta(days=280)
NOBODY = "Kvinden har intet åbent forløb i klinikken. Intet er gemt."


@blueprint.url_value_preprocessor
def _larger(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint == "exchange.import_bundle":
        uploads.allow(request, MOST_BYTES)


@blueprint.post("/$import")
@for_systems
def import_bundle() -> Response:
    """All of a Bundle, or nothing of it. The answer counts; it repeats nothing that was sent."""
    version = request.mimetype_params.get("fhirversion", "4.0")
    if request.mimetype not in TYPES or version not in ("4.0", "4.0.1"):
        raise Refused(415, "Send et FHIR R4-Bundle i JSON (application/fhir+json).")
    incoming = read_bundle(request.get_data())
    woman = woman_by_number(incoming.cpr)
    pregnancy = queries.open_pregnancy_of(reading(), woman.id) if woman else None
    if pregnancy is None:
        raise Refused(404, NOBODY)
    began_on = pregnancy.due_on - PREGNANCY if pregnancy.due_on else None
    facts = incoming.facts(today=settings().today(), began_on=began_on, visit_on=pregnancy.visit_on)
    count = imports.import_facts(
        db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy.id, facts=facts, by_user=False
    )  # fmt: skip
    return outcome(
        200, f"{count} nye oplysninger venter på klinikken.", *(f"Ikke hentet: {one}" for one in facts.left_out)
    )

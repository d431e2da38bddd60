"""Her documents, as PDF: to print, to keep, or to show a doctor elsewhere."""

from __future__ import annotations

from flask import Response, make_response

from svangre.citizen import scope
from svangre.citizen.blueprint import blueprint
from svangre.pdf.answers import answers_pdf
from svangre.record import documents, queries
from svangre.record.errors import NotYours
from svangre.record.models import Version
from svangre.web import signed_in
from svangre.web.database import db, log_access
from svangre.web.signed_in import viewer


@blueprint.get("/mit/dokument/journal")
@signed_in.for_her
def document() -> Response:
    """The newest handover, as it was stored."""
    version = _newest()
    content, _ = documents.read(db(), version.id, "handover")
    return _pdf(content, "journal", version=version.id)


@blueprint.get("/mit/dokument/noedark")
@signed_in.for_her
def emergency_sheet() -> Response:
    """One page in Danish and English, from the newest signed version."""
    version = _newest()
    content, _ = documents.read(db(), version.id, "emergency")
    return _pdf(content, "noedark", version=version.id)


@blueprint.get("/mit/dokument/resume")
@signed_in.for_her
def summary() -> Response:
    """The International Patient Summary as FHIR, for another system."""
    version = _newest()
    content, media_type = documents.read(db(), version.id, "ips")
    return _file(content, media_type, "attachment", "summary.json", version=version.id)


@blueprint.get("/mit/dokument/svar")
@signed_in.for_her
def own_answers() -> Response:
    """Her own answers, once she has sent them."""
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    if pregnancy.submitted_at is None:
        raise NotYours
    return _pdf(answers_pdf(scope.her_chart(pregnancy)), "svar")


def _newest() -> Version:
    versions = queries.versions(db(), viewer(), viewer().id)
    if not versions:
        raise NotYours
    return versions[0]


def _pdf(content: bytes, name: str, **detail: str) -> Response:
    return _file(content, "application/pdf", "inline", f"{name}.pdf", **detail)


def _file(content: bytes, media_type: str, way: str, name: str, **detail: str) -> Response:
    log_access(viewer(), "document.read", viewer().id, document=name.partition(".")[0], **detail)
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    return response

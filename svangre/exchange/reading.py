"""Reading: what a clinic's own system may see of the clinic's pregnancies. Another clinic's look like not there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, request
from sqlalchemy import Select, select

from svangre.exchange.room import Refused, answer, base, blueprint, parameters
from svangre.fhir import systems
from svangre.fhir.response import questionnaire_response
from svangre.fhir.serving import TITLES, Stored, document_reference, patient, searchset
from svangre.policy import Viewer
from svangre.record import cpr, documents, queries
from svangre.record.chart import Identity
from svangre.record.errors import NotYours
from svangre.record.forms import FORM_VERSION
from svangre.record.models import Document, Pregnancy, Version, Woman
from svangre.record.sealing import keyring
from svangre.web.database import log_access, reading, settings
from svangre.web.signed_in import viewer
from svangre.web.systems import for_systems

BY_NUMBER = "En kvinde søges med POST /fhir/Patient/_search: et CPR-nummer må aldrig stå i en adresse."


def _log(action: str, pregnancy_id: str | None, **detail: Any) -> None:
    log_access(viewer(), action, pregnancy_id, system=viewer().name, **detail)


def women(by: Viewer) -> Select[Woman]:
    """The women with a pregnancy that this system may see."""
    return select(Woman).where(Woman.id.in_(queries.pregnancies(by).with_only_columns(Pregnancy.woman_id)))


def woman_by_number(number: str) -> Woman | None:
    """
    Raises:
        Refused: no CPR number.
    """
    try:
        index = keyring().blind_index("cpr", cpr.normalise(number))
    except cpr.BadCpr as error:
        raise Refused(400, str(error)) from None
    return reading().scalar(women(viewer()).where(Woman.cpr_index == index))


def _pregnancies(woman_id: str) -> Sequence[Pregnancy]:
    """Newest first."""
    query = queries.pregnancies(viewer()).where(Pregnancy.woman_id == woman_id)
    return reading().scalars(query.order_by(Pregnancy.id.desc())).all()


def _identity(woman: Woman) -> Identity:
    return Identity(woman.cpr, woman.name, woman.is_protected)


@blueprint.post("/Patient/_search")
@for_systems
def search_patient() -> Response:
    """By CPR number, or by id."""
    given = parameters("identifier", "_id")
    if not given:
        raise Refused(400, "Søg med identifier=urn:oid:1.2.208.176.1.2|CPR-nummer.")
    found = _by_identifier(given["identifier"]) if "identifier" in given else reading().get(Woman, given["_id"])
    mine = _pregnancies(found.id) if found and given.get("_id") in (None, found.id) else []
    _log("system.search", mine[0].id if mine else None, found=int(bool(mine)))
    people = [patient(_identity(found), found.id)] if found and mine else []
    return answer(searchset(people, base(), f"{base()}/Patient/_search"))


def _by_identifier(identifier: str) -> Woman | None:
    system, _, number = identifier.rpartition("|")
    if system not in ("", systems.CPR, systems.X_ECPR, systems.D_ECPR):
        raise Refused(400, "Der kan søges med CPR-nummer (urn:oid:1.2.208.176.1.2) eller erstatningsnummer.")
    return woman_by_number(number)


@blueprint.get("/Patient")
@for_systems
def search_patient_by_get() -> Response:
    raise Refused(405, BY_NUMBER)


@blueprint.get("/Patient/<woman_id>")
@for_systems
def read_patient(woman_id: str) -> Response:
    mine = _pregnancies(woman_id)
    if not mine:
        raise NotYours
    _log("system.search", mine[0].id, found=1)
    return answer(patient(_identity(reading().get_one(Woman, woman_id)), woman_id))


def _patient_id(given: dict[str, str]) -> str:
    reference = given.get("patient", "").removeprefix(f"{base()}/").removeprefix("Patient/")
    if not reference and "_id" not in given:
        raise Refused(400, "Søg med patient=Patient/id, som POST /fhir/Patient/_search svarer med.")
    return reference


@blueprint.get("/DocumentReference")
@for_systems
def search_documents() -> Response:
    """The stored documents of her signed versions, newest first."""
    given = parameters("patient", "_id", "status")
    woman_id = _patient_id(given)
    if not woman_id:
        woman_id = _document(given["_id"], quiet=True)[1]
    found = []
    for pregnancy in _pregnancies(woman_id):
        stored = [one for one in _stored(pregnancy) if given.get("_id") in (None, one.id)]
        _log("documents.list", pregnancy.id, found=len(stored))
        identity = _identity(reading().get_one(Woman, woman_id))
        found += [document_reference(one, identity, woman_id, base()) for one in stored]
    found = [one for one in found if given.get("status") in (None, one["status"])]
    return answer(searchset(found, base(), request.url))


def _stored(pregnancy: Pregnancy) -> Iterator[Stored]:
    """The documents of a pregnancy, newest version first; the same kind in a newer version replaces the older one."""
    rows = reading().execute(
        select(Document, Version)
        .join(Version, Version.id == Document.version_id)
        .where(Document.pregnancy_id == pregnancy.id, Document.kind.in_(TITLES))
        .order_by(Version.number.desc(), Document.kind)
    )
    found = [(document, version) for document, version in rows]
    for at, (document, version) in enumerate(found):
        older = (one.id for one, _version in found[at + 1 :] if one.kind == document.kind)
        is_replaced = any(one.kind == document.kind for one, _version in found[:at])
        content, media_type = documents.read(reading(), version.id, document.kind)
        yield Stored(
            document.id, document.kind, media_type, content, document.made_at, version.signed_at, version.number,
            is_replaced, next(older, None),
        )  # fmt: skip


def _document(document_id: str, *, quiet: bool = False) -> tuple[Document | None, str]:
    """A document of the clinic's and whose it is; `quiet`: nothing instead of NotYours."""
    query = select(Document, Pregnancy.woman_id).join(Pregnancy, Pregnancy.id == Document.pregnancy_id)
    mine = queries.pregnancies(viewer()).with_only_columns(Pregnancy.id)
    found = (
        reading()
        .execute(query.where(Document.id == document_id, Document.pregnancy_id.in_(mine), Document.kind.in_(TITLES)))
        .first()
    )
    if found is None and not quiet:
        raise NotYours
    return (found[0], found[1]) if found else (None, "")


@blueprint.get("/DocumentReference/<document_id>")
@for_systems
def read_document_reference(document_id: str) -> Response:
    document, woman_id = _document(document_id)
    assert document
    pregnancy = queries.pregnancy(reading(), viewer(), document.pregnancy_id)
    _log("documents.list", pregnancy.id, found=1)
    stored = next(one for one in _stored(pregnancy) if one.id == document_id)
    return answer(document_reference(stored, _identity(reading().get_one(Woman, woman_id)), woman_id, base()))


@blueprint.get("/Bundle/<bundle_id>")
@for_systems
def read_bundle(bundle_id: str) -> Response:
    """A national document, byte by byte as it was stored."""
    return _content(bundle_id, is_json=True)


@blueprint.get("/Binary/<binary_id>")
@for_systems
def read_binary(binary_id: str) -> Response:
    """The handover as PDF."""
    return _content(binary_id, is_json=False)


def _content(document_id: str, *, is_json: bool) -> Response:
    document, _woman_id = _document(document_id)
    if document is None or document.media_type.endswith("json") != is_json:
        raise NotYours
    content, media_type = documents.read(reading(), document.version_id, document.kind)
    _log("document.read", document.pregnancy_id, kind=document.kind)
    return Response(content, mimetype=media_type)


@blueprint.get("/QuestionnaireResponse")
@for_systems
def search_responses() -> Response:
    """What she has submitted, pregnancy by pregnancy."""
    given = parameters("patient", "_id")
    woman_id = _patient_id(given)
    query = queries.pregnancies(viewer()).where(Pregnancy.submitted_at.is_not(None))
    query = query.where(Pregnancy.woman_id == woman_id) if woman_id else query
    query = query.where(Pregnancy.id == given["_id"]) if "_id" in given else query
    found = [_response(one) for one in reading().scalars(query.order_by(Pregnancy.id.desc()))]
    return answer(searchset(found, base(), request.url))


@blueprint.get("/QuestionnaireResponse/<pregnancy_id>")
@for_systems
def read_response(pregnancy_id: str) -> Response:
    return answer(_response(queries.pregnancy(reading(), viewer(), pregnancy_id)))


def _response(pregnancy: Pregnancy) -> dict[str, Any]:
    """Her latest answers, without what is the doctor's alone.

    Raises:
        NotYours: she has not submitted.
    """
    if pregnancy.submitted_at is None:
        raise NotYours
    _log("chart.read", pregnancy.id, part="response")
    chart = queries.chart(reading(), viewer(), pregnancy)
    made: dict[str, Any] = json.loads(questionnaire_response(chart, settings().address, FORM_VERSION))
    return made | {"id": pregnancy.id}

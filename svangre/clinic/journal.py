"""What the clinic's own record system knows: fetched as a file, offered field by field, and what fits no field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, flash, render_template, request

from forms import CATALOGUE
from svangre.clinic.consultation import frame
from svangre.clinic.room import Opened, blueprint, open_record, to
from svangre.fhir.incoming import MOST_BYTES, read_bundle
from svangre.fhir.parsing import BadContent
from svangre.fhir.resources import NotAResource
from svangre.fhir.response import is_response, read_response
from svangre.record import queries
from svangre.record.actions import answers, decisions, imports
from svangre.record.errors import Closed, WrongPatient
from svangre.record.models import Import, User, Woman
from svangre.web import uploads
from svangre.web.database import db, log_access, now, reading, settings
from svangre.web.signed_in import for_users, viewer

PREGNANCY = timedelta(days=280)
AROUND_FILE = 100_000  # bytes of the form around it
NO_FILE = "Vælg den fil, I har hentet fra jeres journalsystem."
NOT_HERS = "Filen er ikke hendes svar på skemaet i FHIR R4. Se efter, om den er hel, og om CPR-nummeret er hendes."
SENT = "Hun har sendt sit skema. Svar fra et andet sted kan kun lægges i et skema, der ikke er sendt."
SOMEBODY_ELSE = "Filen er om en anden patient. CPR-nummeret er ikke hendes. Intet er hentet."


@blueprint.url_value_preprocessor
def _larger(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint == "clinic.import_file":
        uploads.allow(request, MOST_BYTES + AROUND_FILE)


@blueprint.get("/graviditet/<pregnancy_id>/journal")
@for_users("import")
def journal(pregnancy_id: str) -> str:
    page = _page(open_record(pregnancy_id))
    log_access(viewer(), "chart.read", pregnancy_id, part="journal")
    return page


def _page(found: Opened, problem: str = "") -> str:
    receipts = [(one, _who(one)) for one in imports.receipts(db(), found.pregnancy.id)]
    return render_template("clinic/journal.html", **frame(found), receipts=receipts, problem=problem)


def _who(one: Import) -> str:
    user = db().get(User, one.by_id) if one.by_id else None
    return user.initials if user else one.content["source"]


@blueprint.post("/graviditet/<pregnancy_id>/journal")
@for_users("import")
def import_file(pregnancy_id: str) -> Response | tuple[str, int]:
    """All of a file, or nothing of it."""
    try:
        content = _content()
        if is_response(content):
            _fill(pregnancy_id, content)
            return to("journal", pregnancy_id=pregnancy_id)
        count = _import(pregnancy_id, content)
    except BadContent as error:
        return _again(pregnancy_id, f"{error} Intet er hentet.")
    except WrongPatient:
        return _again(pregnancy_id, SOMEBODY_ELSE)
    new = f"{count} nye oplysninger er hentet" if count != 1 else "1 ny oplysning er hentet"
    flash(f"{new}. Se og acceptér dem i afsnittene." if count else "Intet nyt: alt i filen var her i forvejen.", "done")
    return to("journal", pregnancy_id=pregnancy_id)


def _content() -> bytes:
    file = request.files.get("file")
    content = file.read() if file else b""
    if not content:
        raise BadContent("syntax", NO_FILE)
    return content


def _fill(pregnancy_id: str, content: bytes) -> None:
    """Her answers to the same form from somewhere else, into the form that she has not sent."""
    woman = reading().get_one(Woman, queries.pregnancy(reading(), viewer(), pregnancy_id).woman_id)
    try:
        read = read_response(content, CATALOGUE, woman.cpr)
        count, refused = answers.fill_draft(
            db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, given=read.answers, today=settings().today()
        )
    except NotAResource:
        raise BadContent("structure", NOT_HERS) from None
    except Closed:
        raise BadContent("unsupported", SENT) from None
    left = dict.fromkeys([*refused, *(link.removesuffix(".state") for link in read.unknown)])
    labels = [CATALOGUE[one].clinic for one in left if one in CATALOGUE]
    unknown = len(left) - len(labels)
    flash(f"{count} svar er lagt i hendes skema, som skrevet for hende.", "done")
    if left:
        more = f" og {unknown} spørgsmål, som skemaet ikke kender" if unknown else ""
        flash(f"Ikke brugt: {', '.join(labels) or 'ingen kendte felter'}{more}.", "wrong")


def _import(pregnancy_id: str, content: bytes) -> int:
    pregnancy = queries.pregnancy(reading(), viewer(), pregnancy_id)
    began_on = pregnancy.due_on - PREGNANCY if pregnancy.due_on else None
    facts = read_bundle(content).facts(today=settings().today(), began_on=began_on, visit_on=pregnancy.visit_on)
    return imports.import_facts(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, facts=facts)


def _again(pregnancy_id: str, problem: str) -> tuple[str, int]:
    page = _page(open_record(pregnancy_id), problem)
    db().commit()
    log_access(viewer(), "chart.read", pregnancy_id, part="journal")
    return page, 400


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/raekke/<imported_id>/hent")
@for_users("consult")
def accept_imported_row(pregnancy_id: str, section_id: str, imported_id: str) -> Response:
    batch, _count = decisions.accept_imported_row(
        db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, row_id=imported_id
    )
    flash("Rækken er hentet fra journalen.", batch)
    return to("consultation", f"r-{imported_id}", pregnancy_id=pregnancy_id, section_id=section_id)


@blueprint.app_template_global()
def journal_texts(pregnancy_id: str) -> list[str]:
    """What the clinic's own system says about her that fits no field."""
    return [text for one in imports.receipts(reading(), pregnancy_id) for text in one.content["texts"]]

"""What she wants to ask at the next visit, on her page after signing."""

from __future__ import annotations

from typing import cast

from flask import Response, redirect, request, url_for

from svangre.catalogue import Item, LongText
from svangre.catalogue.parse import BadAnswer, parse
from svangre.citizen.blueprint import blueprint
from svangre.citizen.home import after_signing
from svangre.record import queries
from svangre.record.actions import her_questions
from svangre.translations import say
from svangre.web import signed_in
from svangre.web.database import db, now, settings
from svangre.web.form_builder import printable
from svangre.web.signed_in import viewer

NOTE = Item(id="questions", ref="", clinic="Hun vil spørge om", kind=LongText(max_length=2000), source="")


@blueprint.post("/mit/spoergsmaal")
@signed_in.for_her
def write_questions() -> Response | tuple[str, int]:
    typed = request.form.get("questions", "")
    try:
        answer = parse(NOTE, {"": [typed]}, today=settings().today(), to_her=True)
    except BadAnswer as error:
        pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
        chart = queries.chart(db(), viewer(), pregnancy)
        return after_signing(pregnancy, chart, typed=printable(typed), problem=say(error.message)), 422
    her_questions.write(db(), viewer=viewer(), at=now(), pregnancy_id=viewer().id, text=answer.value or "")
    return cast(Response, redirect(url_for("citizen.home", _anchor="questions-title"), 303))

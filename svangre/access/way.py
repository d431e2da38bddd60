"""The administrator's page of the clinic's own way through a consultation."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select

from forms import CATALOGUE
from svangre.access.blueprint import blueprint
from svangre.record import way as ways
from svangre.record.models import Birthplace, Clinic
from svangre.record.way import BadWay, Phrase, Way
from svangre.web.database import db, now
from svangre.web.signed_in import for_users, viewer

SPARE = 2  # empty lines for new phrases
LONGEST = {"name": 60, "text": 1000}


@blueprint.route("/administration/arbejdsgang", methods=["GET", "POST"])
@for_users("administer")
def way() -> Response | str:
    """A change holds for pregnancies that are made from then on."""
    form = FlaskForm()
    shown, problem = ways.newest(db().get_one(Clinic, viewer().clinic_id)), ""
    if form.validate_on_submit():
        try:
            shown = _typed()
            ways.change(db(), viewer=viewer(), at=now(), way=shown)
            flash("Arbejdsgangen er gemt. Den gælder for graviditeter, der oprettes fra nu af.", "done")
            return redirect(url_for("access.way"))  # type: ignore[return-value]
        except BadWay as error:
            problem = str(error)
    return render_template("access/way.html", viewer=viewer(), form=form, problem=problem, **_choices(shown))


def _choices(shown: Way) -> dict[str, object]:
    sections = [section for section in CATALOGUE.sections if not section.later]
    place = {section_id: at for at, section_id in enumerate(shown.order or ways.usual_order())}
    return {
        "way": shown,
        "sections": sorted(sections, key=lambda one: place.get(one.id, len(place))),
        "phrases": [
            *shown.phrases,
            *(Phrase("", "") for _ in range(min(SPARE, ways.MOST_PHRASES - len(shown.phrases)))),
        ],
        "modules": ways.MODULES,
        "fields": ways.FIELDS,
        "birthplaces": db().scalars(select(Birthplace).where(Birthplace.is_active).order_by(Birthplace.name)).all(),
        "longest": LONGEST,
    }


def _typed() -> Way:
    """
    Raises:
        BadWay: a place that is no number, or a phrase without a name or a text.
    """
    sections = ways.usual_order()
    places = {one: request.form.get(f"place-{one}", "") for one in sections}
    if not all(text.isdecimal() and len(text) < 4 for text in places.values()):
        raise BadWay("Skriv afsnittenes rækkefølge med tal.")
    order = tuple(sorted(sections, key=lambda one: int(places[one])))
    given = [(name.strip(), text.strip()) for name, text in zip(*map(request.form.getlist, LONGEST), strict=False)]
    phrases = tuple(Phrase(name[:60], text.replace("\r\n", "\n")[:1000]) for name, text in given if name or text)
    if not all(one.name and one.text for one in phrases) or len({one.name for one in phrases}) < len(phrases):
        raise BadWay("Hver frase skal have sit eget navn og en tekst.")
    return Way(
        order=() if order == sections else order,
        done_by={one: who for one in sections if (who := request.form.get(f"who-{one}", ""))},
        phrases=phrases,
        birthplace=request.form.get("birthplace", ""),
        off=tuple(key for key in ways.MODULES if f"on-{key}" not in request.form),
    )

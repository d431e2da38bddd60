"""Each named error becomes one page that says what to do. What is not yours looks like what is not there."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, render_template, request, url_for
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException

from forms import CATALOGUE
from svangre.record import errors
from svangre.translations import in_language, say
from svangre.web.form_builder import printable
from svangre.web.outcomes import failure, is_for_machines

log = logging.getLogger(__name__)

TEXTS: dict[int, tuple[str, str]] = {
    400: ("Siden kunne ikke bruges", "Gå tilbage, genindlæs siden, og prøv igen. Det, du har gemt, er der stadig."),
    403: (
        "Det har du ikke adgang til",
        "Din rolle giver ikke adgang til denne side. Spørg din administrator, hvis det er en fejl.",
    ),
    404: ("Siden findes ikke", "Adressen er forkert, eller siden er ikke til dig."),
    405: ("Siden kunne ikke bruges", "Gå tilbage, og prøv igen."),
    409: ("Nogen har ændret det samme imens", "Intet er overskrevet. Genindlæs siden, se begge værdier, og vælg."),
    410: ("Det kan ikke ændres længere", "Journalen er skrevet under, eller forløbet er afsluttet."),
    415: ("Det kan ikke modtages", "Siden tager kun imod formularer."),
    413: ("Det var for stort", "Gør teksten eller filen mindre, og prøv igen."),
    429: ("Der er prøvet for mange gange", "Vent en halv time, og prøv igen. Eller ring til klinikken."),
    503: ("Vi kan ikke gemme lige nu", "Det, du fik at vide var gemt, er gemt. Gå tilbage, og prøv igen om et minut."),
    500: ("Noget gik galt hos os", "Det, du fik at vide var gemt, er gemt. Prøv igen om lidt."),
}
STATUS: dict[type[Exception], int] = {
    errors.NotYours: 404,
    errors.NotAllowed: 403,
    errors.StaleEdit: 409,
    errors.Closed: 410,
    errors.Resting: 429,
}


def page(status: int, *, heading: str | None = None, text: str | None = None) -> tuple[str, int] | Response:
    words = TEXTS.get(status, TEXTS[500])
    if is_for_machines():
        return failure(status)
    if request_ctx.url_adapter is None:  # a host that is not ours: there is no address to build a page with
        return words[0], status
    return render_template("errors/page.html", heading=heading or words[0], text=text or words[1]), status


NOT_SAVED = "Det nedenfor er ikke gemt: kopiér det først."
TYPED = ("text", "long_text", "integer", "decimal", "date", "partial_date", "interval")


def _typed(*, to_her: bool = True) -> list[tuple[str, str]]:
    """(question, text) of what our own page sent; never what another site made a browser send."""
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    asked = in_language(CATALOGUE)
    return [
        ((to_her and asked[name].woman) or asked[name].clinic, printable(text))
        for name, text in request.form.items(multi=True)
        if name in CATALOGUE and CATALOGUE[name].kind_name in TYPED and text.strip()
    ]


def _page_above() -> str:
    """The page that a form's address belongs to: the nearest one above it that can be opened."""
    path, adapter = request.path, request_ctx.url_adapter
    while adapter and (path := path.rpartition("/")[0]):
        if adapter.test(path, "GET"):
            return path
    return "/"


def signed_out() -> str:
    """To staff whose sign-in had ended when they sent something: what they typed is shown again, since it is nowhere
    else."""
    typed = _typed(to_her=False)
    text = "Log ind igen, så kommer du tilbage til siden."
    text += f" {NOT_SAVED}" if typed else " Det, du fik at vide var gemt, er gemt."
    way = url_for("access.sign_in", next=_page_above())
    return render_template(
        "errors/page.html", heading="Siden er lukket: du er logget ud", text=text, typed=typed, way=way
    )


def init_app(app: Flask) -> None:
    for kind, status in STATUS.items():
        app.register_error_handler(kind, lambda _error, status=status: page(status))

    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> tuple[str, int]:
        """The page's token is gone, with its cookies. What was typed is shown again: nothing else holds it now."""
        heading, text = (
            "Siden var for gammel",
            say("Åbn siden igen, og log ind, hvis du bliver bedt om det."),
        )
        typed = _typed()
        saved = say("Alt, du fik at vide var gemt, er gemt.")
        text += f" {say(NOT_SAVED) if typed else saved}"
        return render_template("errors/page.html", heading=heading, text=text, typed=typed), 400

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int] | Response:
        return page(error.code if error.code in TEXTS else 500)

    @app.errorhandler(OperationalError)
    @app.errorhandler(TimeoutError)
    def _no_database(error: Exception) -> tuple[str, int] | Response:
        """The database is away, busy too long or out of room: what was acknowledged stands, and trying again helps."""
        log.error("no database at %s", request.endpoint, exc_info=error)
        g.user = g.woman = None  # the page must not ask the database who is signed in
        return page(503)

    @app.errorhandler(500)
    def _failed(error: Exception) -> tuple[str, int] | Response:
        log.error("failed at %s", request.endpoint, exc_info=getattr(error, "original_exception", error))
        return page(500)

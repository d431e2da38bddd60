"""The language of a request: hers on her own pages, as she chose it or as the clinic noted; Danish everywhere else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, request, session

from svangre import translations
from svangre.translations import files

CHOSEN = "language"  # in the browser's session cookie, for the visit
ARGUMENT = "sprog"
HERS = ("/mit", "/skema/", "/pause", "/tilgaengelighed")


def is_hers(path: str) -> bool:
    """Whether it is an address of her pages, also one that leads nowhere."""
    return path.startswith(HERS)


def choose(code: str) -> None:
    """What the clinic noted for her, unless she has chosen on this device."""
    if CHOSEN not in session:
        session[CHOSEN] = code
        translations.speak(code)


def keep_through(clearing: Any) -> None:
    """Clears the browser's session but for the language."""
    chosen = session.get(CHOSEN)
    clearing()
    if chosen:
        session[CHOSEN] = chosen


def choices() -> list[dict[str, str]]:
    """The other languages that this page can be read in, each with its address."""
    if not is_hers(request.path):
        return []
    now = translations.code()
    names = {files.DANISH: "Dansk"} | {code: one.name for code, one in translations.languages().items()}
    kept = request.args.to_dict() if request.method == "GET" else {}
    return [
        {"code": code, "name": name, "href": f"?{urlencode(kept | {ARGUMENT: code})}"}
        for code, name in names.items()
        if code != now
    ]


def init_app(app: Flask) -> None:
    @app.before_request
    def _speak() -> None:
        """Always set: the next request may be served by the same thread."""
        code = files.DANISH
        if is_hers(request.path):
            if request.args.get(ARGUMENT) in {files.DANISH, *translations.languages()}:
                session[CHOSEN] = request.args[ARGUMENT]
            code = session.get(CHOSEN, code)
        translations.speak(code)

    @app.teardown_request
    def _speak_danish(_error: BaseException | None) -> None:
        translations.speak(files.DANISH)

    app.jinja_env.globals.update(_=translations.say_in_page, ngettext=translations.count_in_page)

    @app.context_processor
    def _page_language() -> dict[str, Any]:
        return {"lang": translations.code(), "dir": translations.direction(), "languages": choices()}

"""create_app: the one place that knows every room."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from svangre import access, citizen, clinic, exchange
from svangre.config import BadSetting, Settings, from_environment
from svangre.record import audit, sealing
from svangre.record.database import make_engine
from svangre.web import database, errors, filters, health, language, metrics, security, uploads

ROOT = Path(__file__).parent.parent
BODY_LIMIT = 512 * 1024


def key_path(settings: Settings) -> Path:
    return settings.key_file or settings.data_dir / "keys" / "keys.json"


def read_keys(settings: Settings) -> sealing.Keyring:
    """The key ring of the installation; the demo makes its own.

    Raises:
        KeyProblem: no key file. BadSetting: demo keys in a real installation.
    """
    path = key_path(settings)
    if settings.demo and not path.exists():
        sealing.create_keys(path, demo=True)
    ring = sealing.load_keys(path)
    if ring.is_demo and not settings.demo:
        raise BadSetting(
            "Nøglefilen er lavet til demoen og må ikke bruges til rigtige data. Lav en ny: flask keys create"
        )
    return ring


class App(Flask):
    """Flask whose signing key comes from the key file."""

    request_class = uploads.Request

    @property
    def secret_key(self) -> str:  # type: ignore[override]
        return sealing.keyring().digest("flask", "secret")

    def log_exception(self, exc_info: Any) -> None:
        """Nothing: Flask's own line would carry the address, and with it her link. `svangre.web.errors` logs."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application with every room registered. Keys and database are touched at the first need, so that commands
    that print the catalogue or the rules run without either."""
    settings = settings or from_environment()
    sealing.install_later(lambda: read_keys(settings))
    app = App(__name__, root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.update(
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="svangre_form" if settings.is_local else "__Host-svangre_form",
        SESSION_COOKIE_SECURE=not settings.is_local,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the sign-in; what was typed must not be lost to a timer
    )
    if settings.base_url:  # and itself, for those who ask whether it is alive
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.base_url).hostname, "127.0.0.1", "localhost", "[::1]"]
    app.extensions["settings"] = settings
    audit.keep_head(settings.data_dir / "audit.head")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops, x_proto=settings.proxy_hops)  # type: ignore[method-assign]
    csrf = CSRFProtect(app)
    csrf.exempt(exchange.blueprint)  # no browser signs in there by itself: a token comes with each request
    csrf.exempt(citizen.guests.manifest)  # asked by apps: the passcode comes with each request
    engine = make_engine(settings.database)
    app.extensions["engine"] = engine
    metrics.init_app(app)  # first, so that every answer is counted
    database.init_app(app, engine)
    security.init_app(app, is_local=settings.is_local)
    errors.init_app(app)
    filters.init_app(app, settings)
    language.init_app(app)
    for room in (health, metrics, access, citizen, clinic, exchange):
        app.register_blueprint(room.blueprint)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # its access lines would carry her link
    return app

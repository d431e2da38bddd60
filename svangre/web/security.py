"""Headers of every response. Strict policy without inline code; personal pages are never kept by a cache."""

from __future__ import annotations

from flask import Flask, Response, abort, request

from svangre.web.outcomes import is_for_machines

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'; "
    "frame-src 'self'; object-src 'none'"
)


def init_app(app: Flask, *, is_local: bool) -> None:
    @app.before_request
    def _forms_only() -> None:
        """JSON bodies are the machines': a form library would read them as forms, however deep they nest."""
        if request.is_json and not is_for_machines() and request.endpoint != "citizen.manifest":
            abort(415)

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not is_local:
            response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = "public, max-age=86400"
        else:
            response.headers["Cache-Control"] = "no-store"
        return response

"""Errors to machines: under /fhir every error is an OperationOutcome, whoever raised it."""

from __future__ import annotations

import json

from flask import Response, request

MIME = "application/fhir+json"
CODES = {
    400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 406: "not-supported",
    409: "conflict", 410: "business-rule", 413: "too-long", 415: "not-supported", 422: "business-rule",
    429: "throttled", 503: "transient",
}  # fmt: skip


WORDS = {
    400: "Forespørgslen kan ikke bruges, som den er.", 403: "Det har systemet ikke adgang til.",
    404: "Det findes ikke.", 405: "Adressen kan ikke bruges på den måde.", 409: "Nogen har ændret det samme imens.",
    410: "Forløbet er afsluttet.", 413: "Det sendte er for stort.", 415: "Send FHIR R4 i JSON.",
    429: "Der er prøvet for mange gange. Prøv igen om en halv time.",
    503: "Vi kan ikke svare lige nu. Prøv igen om et minut.",
}  # fmt: skip


def is_for_machines() -> bool:
    return request.path == "/fhir" or request.path.startswith("/fhir/")


def outcome(status: int, text: str, *more: str) -> Response:
    """One issue for each text; below 400 they inform."""
    severity, code = ("error", CODES.get(status, "exception")) if status >= 400 else ("information", "informational")
    issues = [{"severity": severity, "code": code, "details": {"text": one}} for one in (text, *more)]
    body = json.dumps({"resourceType": "OperationOutcome", "issue": issues}, ensure_ascii=False)
    response = Response(body, status=status, mimetype=MIME)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status == 429:
        response.headers["Retry-After"] = "1800"
    return response


def failure(status: int) -> Response:
    return outcome(status, WORDS.get(status, "Noget gik galt hos os."))

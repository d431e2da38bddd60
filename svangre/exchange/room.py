"""The blueprint, how resources are answered with, and what is refused."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request

from svangre.fhir.parsing import BadContent, Problem
from svangre.fhir.resources import MIME, to_bytes
from svangre.record.errors import StaleEdit, WrongPatient
from svangre.web.database import settings
from svangre.web.outcomes import failure, outcome

blueprint = Blueprint("exchange", __name__, url_prefix="/fhir")
JSON = ("application/fhir+json", "application/json", "*/*", "application/*")
STATUS: dict[Problem, int] = {"too_large": 413, "not_json": 415, "wrong_patient": 422}


class Refused(Exception):
    """A request that cannot be answered as it is; the text (Danish) says why."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@blueprint.errorhandler(Refused)
def _refused(error: Refused) -> Response:
    return outcome(error.status, str(error))


@blueprint.errorhandler(BadContent)
def _bad_content(error: BadContent) -> Response:
    return outcome(STATUS.get(error.problem, 400), f"{error} Intet er gemt.")


@blueprint.errorhandler(WrongPatient)
def _wrong_patient(_error: WrongPatient) -> Response:
    return outcome(422, "Det sendte er om en anden patient. Intet er gemt.")


@blueprint.errorhandler(StaleEdit)
def _stale(_error: StaleEdit) -> Response:
    return failure(409)


@blueprint.before_request
def _only_json() -> Response | None:
    """Answers are JSON, whoever asks for something else."""
    wanted = [kind for kind, _quality in request.accept_mimetypes]
    if wanted and not any(kind.partition(";")[0].strip().lower() in JSON for kind in wanted):
        return outcome(406, "Der svares med FHIR R4 i JSON (application/fhir+json).")
    if any("fhirversion=" in kind.lower() and "fhirversion=4.0" not in kind.lower() for kind in wanted):
        return outcome(406, "Der svares med FHIR R4 (4.0.1).")
    return None


def base() -> str:
    """The address of the service, without a slash at its end."""
    return f"{settings().address}/fhir"


def answer(resource: dict[str, Any]) -> Response:
    return Response(to_bytes(resource), mimetype=MIME)


def plain(value: dict[str, Any], status: int = 200) -> Response:
    """JSON that is no FHIR: sign-in and its discovery."""
    return Response(json.dumps(value), status=status, mimetype="application/json")


def parameters(*allowed: str) -> dict[str, str]:
    """The search's parameters, each once and known: an unknown one would widen the answer without a word.

    Raises:
        Refused.
    """
    given = request.form if request.method == "POST" else request.args
    unknown = sorted(set(given) - {*allowed, "_format"})
    if unknown or any(len(given.getlist(name)) > 1 for name in given):
        raise Refused(400, f"Der kan søges med {', '.join(allowed)}, hver én gang.")
    return {name: given[name] for name in allowed if given.get(name)}

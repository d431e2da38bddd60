"""What the service can do, and the form it asks with: for everyone, since nobody's data is in it."""

from __future__ import annotations

from datetime import date
from functools import cache

from flask import Response, request

from forms import CATALOGUE
from svangre.exchange.keys import ALGORITHMS
from svangre.exchange.room import answer, base, blueprint, parameters, plain
from svangre.exchange.tokens import SCOPE
from svangre.fhir.questionnaire import canonical, questionnaire
from svangre.fhir.resources import MIME
from svangre.fhir.serving import capability, import_operation, searchset
from svangre.record.errors import NotYours
from svangre.record.forms import FORM_VERSION
from svangre.web.database import settings
from svangre.web.signed_in import for_everyone

SINCE = date(2026, 11, 24)  # when what the statement says was last changed


@blueprint.get("/metadata")
@for_everyone
def metadata() -> Response:
    return answer(capability(base(), SINCE))


@blueprint.get("/.well-known/smart-configuration")
@for_everyone
def smart_configuration() -> Response:
    return plain(
        {
            "token_endpoint": f"{base()}/token",
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
            "scopes_supported": [SCOPE],
            "capabilities": ["client-confidential-asymmetric"],
        }
    )


@blueprint.get("/OperationDefinition/import")
@for_everyone
def operation() -> Response:
    return answer(import_operation(base()))


@cache
def _questionnaire(address: str) -> bytes:
    return questionnaire(CATALOGUE, address, FORM_VERSION)


@blueprint.get("/Questionnaire/<questionnaire_id>")
@for_everyone
def read_questionnaire(questionnaire_id: str) -> Response:
    if questionnaire_id != "svangrejournal":
        raise NotYours
    return Response(_questionnaire(settings().address), mimetype=MIME)


@blueprint.get("/Questionnaire")
@for_everyone
def search_questionnaire() -> Response:
    import json

    url = parameters("url").get("url", "").partition("|")[0]
    own = canonical(settings().address)
    found = [json.loads(_questionnaire(settings().address))] if url in ("", own) else []
    return answer(searchset(found, base(), request.base_url))

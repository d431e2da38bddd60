"""Patient summaries, her form, responses and document metadata through the official validator."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from forms import CATALOGUE
from svangre.fhir.documents import make_documents
from svangre.fhir.ips import ips_document
from svangre.fhir.mhd import iti65
from svangre.fhir.questionnaire import OPTIONS, questionnaire
from svangre.fhir.response import questionnaire_response
from svangre.national import BUILDS
from tests.builders import random_chart, released_chart
from tests.validation import approved, official
from tests.validation.national import Outcome

VERSION = "0123abcd"
BASE = "https://svangre.example.dk"
# As in `national`: message id → the place or text that it is expected at.
EXPLAINED = {
    "Validation_VAL_Profile_MatchMultiple": r"slice - (observation-pregnancy-edd, observation-[\w-]+|"
    r"pregnancyStatus, pregnancyOutcome)$",
    "Reference_REF_CantResolve": "relatesTo",
    "Validation_VAL_Profile_NotSlice": r"IHE.MHD.Comprehensive.ProvideBundle.*DocumentReference",
    "Validation_VAL_Profile_Minimum_SLICE": r"Slice 'Bundle\.entry:composition'",
    "Error_validating_code_running_without_terminology_services": "http://unitsofmeasure.org",
    "Terminology_TX_ValueSet_NotFound": "ihe.formatcode.fhir|version-algorithm",
    "UNKNOWN_CODESYSTEM": "ihe.formatcode.fhir|urn:ietf:bcp:47",
    "null": "urn:ietf:bcp:47",
    "http://hl7.org/fhir/StructureDefinition/DomainResource#dom-6": "narrative",
    "UNICODE_BIDI_CONTROLS_CHARS_MATCH": "bi-di control characters",
}


def run(folder: Path, women: int) -> Outcome:
    names = _write(folder, women)
    report = official.validate(folder, official.OTHER_PACKAGES, _definitions())
    outcome = Outcome(documents=len(names))
    warnings: Counter[str] = Counter()
    for name in names:
        open_issues = [one for one in report[name] if not _is_explained(one)]
        errors = [f"{one.id} {one.at}: {one.text}" for one in open_issues if one.severity in ("error", "fatal")]
        if errors:
            outcome.errors[name] = errors
        warnings.update(one.id for one in open_issues if one.severity == "warning")
    outcome.unexplained = dict(warnings)
    return outcome


def _definitions() -> dict[str, Any]:
    """Approved codes, the options of the form, and the form itself, so that responses are checked against it."""
    form = json.loads(questionnaire(CATALOGUE, BASE, VERSION))
    options = {
        coding["code"]: coding.get("display")
        for item in _walk(form["item"])
        for coding in (one["valueCoding"] for one in item.get("answerOption", ()))
    }
    return approved.international() | {
        "options": approved.code_system(OPTIONS, options),
        "versions": approved.code_system("http://hl7.org/fhir/version-algorithm", {"semver": "SemVer"}),
        "form": form,
    }


def _walk(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from _walk(item.get("item", []))


def _is_explained(issue: official.Issue) -> bool:
    place = EXPLAINED.get(issue.id)
    return place is not None and re.search(place, f"{issue.at} {issue.text}") is not None


def _write(folder: Path, women: int) -> list[str]:
    made = {"questionnaire": questionnaire(CATALOGUE, BASE, VERSION)}
    for seed in range(women):
        chart = released_chart(seed) if seed % 3 == 0 else random_chart(seed, is_sendable=True)
        made[f"ips-{seed}"] = ips_document(chart)
        made[f"response-{seed}"] = questionnaire_response(chart, BASE, VERSION)
        if bundles := make_documents(chart, BUILDS["0.1.0"]).bundles:
            made[f"iti65-{seed}"] = iti65(
                chart, bundles, replaces=dict.fromkeys(bundles, "the-version-before") if seed % 2 else None
            )
    for name, content in made.items():
        (folder / f"{name}.json").write_bytes(content)
    return [f"{name}.json" for name in made]

"""National documents of many generated women, and mutated ones, through the official validator."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from svangre.fhir.documents import make_documents
from svangre.national import BUILDS
from svangre.record.chart import Chart
from tests.builders import COMPUTED, PRF_COMPLETE, chart_with, later_values, random_chart, released_chart
from tests.validation import approved, official
from tests.validation.mutations import mutated

BUILD = BUILDS["0.1.0"]  # the only build with a public package

# Messages that are no fault of the document, with the place or text that they are expected at; each is explained in
# docs/fhir-conformance.md. The first two are errors, forced by the model's bare OIDs.
EXPLAINED = {
    "Type_Specific_Checks_DT_Identifier_System": r"RelatedPerson/.*identifier|Composition/.*extension",
    "Reference_REF_CantMatchChoice": r"focus\[0\].* among choices: \S+/GMFetusRelatedPerson$",
    "http://hl7.org/fhir/StructureDefinition/DomainResource#dom-6": "narrative",
    "All_observations_should_have_a_performer": "performer",
    "UNICODE_BIDI_CONTROLS_CHARS_MATCH": "bi-di control characters",
}


@dataclass
class Outcome:
    documents: int = 0
    mutations: int = 0
    errors: dict[str, list[str]] = field(default_factory=dict)  # file → what is wrong
    unexplained: dict[str, int] = field(default_factory=dict)  # message id → how often
    accepted_mutations: list[str] = field(default_factory=list)


def run(folder: Path, women: int, demo: Path | None = None) -> Outcome:
    """Generates, validates and judges; `folder` keeps the documents and the report. `demo`: exported demo women."""
    originals = _write_documents(folder, women) | (_copy_demo(folder, demo) if demo else {})
    changed = mutated(complete_bundles())
    for number, bundle in enumerate(changed.values()):
        (folder / f"mutated-{number:02}.json").write_text(json.dumps(bundle, ensure_ascii=False))
    report = official.validate(folder, official.GM_PACKAGES, approved.code_systems(BUILD))
    outcome = Outcome(documents=len(originals), mutations=len(changed))
    warnings: Counter[str] = Counter()
    for name, bundle in originals.items():
        errors = [f"{one.id} {one.at}: {one.text}" for one in report[name] if _is_error(one)]
        if errors := errors + own_faults(bundle):
            outcome.errors[name] = errors
        warnings.update(one.id for one in report[name] if one.severity == "warning" and not _is_explained(one))
    outcome.unexplained = dict(warnings)
    for number, (name, bundle) in enumerate(changed.items()):
        if not any(map(_is_error, report[f"mutated-{number:02}.json"])) and not own_faults(bundle):
            outcome.accepted_mutations.append(name)
    return outcome


def _is_error(issue: official.Issue) -> bool:
    return issue.severity in ("error", "fatal") and not _is_explained(issue)


def _is_explained(issue: official.Issue) -> bool:
    place = EXPLAINED.get(issue.id)
    return place is not None and re.search(place, f"{issue.at} {issue.text}") is not None


def own_faults(bundle: dict[str, Any]) -> list[str]:
    return approved.faults(bundle, BUILD)


def _write_documents(folder: Path, women: int) -> dict[str, dict[str, Any]]:
    found = {}
    for number, chart in enumerate(charts(women)):
        for kind, content in make_documents(chart, BUILD, {"Ja": "7071000016006"}).bundles.items():
            name = f"woman-{number:04}-{kind}.json"
            (folder / name).write_bytes(content)
            found[name] = json.loads(content)
    return found


def _copy_demo(folder: Path, demo: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted(demo.glob("*/p*.json")):
        name = f"demo-{path.parent.name}-{path.name}"
        (folder / name).write_bytes(path.read_bytes())
        found[name] = json.loads(path.read_bytes())
    return found


def charts(women: int) -> list[Chart]:
    """Women over the whole catalogue: everything filled in, all states mixed, and one of the later visits."""
    found = [chart_with(PRF_COMPLETE | later_values(place="Ja"), computed=COMPUTED)]
    for seed in range(women - 1):
        found.append(released_chart(seed) if seed % 3 == 0 else random_chart(seed, is_sendable=True))
    return found


def complete_bundles() -> dict[str, dict[str, Any]]:
    """The three documents of one woman in which every mutation finds its place."""
    birth = {
        "birth_year": "2021", "birth_weeks": 40, "birth_days": 2, "birth_remarks": "Sugekop",
        "children": [{"child_outcome": "live_birth", "child_sex": "girl", "child_weight": 3850}],
    }  # fmt: skip
    values = PRF_COMPLETE | {
        "given_birth_before": "yes", "births": [birth], "somatic_disease": "yes", "circulation": ["heart_disease"],
        "omsorgsniveau": "2", "alcohol_now": "no", "systolic": 120, "diastolic": 80,
    }  # fmt: skip
    documents = make_documents(chart_with(values, computed=COMPUTED), BUILD)
    return {kind: json.loads(content) for kind, content in documents.bundles.items()}


__all__ = ["EXPLAINED", "Outcome", "charts", "complete_bundles", "mutated", "own_faults", "run"]

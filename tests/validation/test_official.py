"""The official validator accepts what is made, and refuses what has a fault: on a small number here, many in
`make validate`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.validation import national, official, others


@pytest.fixture(scope="session")
def validator() -> None:
    if reason := official.why_not():
        pytest.skip(f"official FHIR validator: {reason}")
    official.prepare()


@pytest.fixture(scope="session")
def outcome(validator: None, tmp_path_factory: pytest.TempPathFactory) -> national.Outcome:
    return national.run(tmp_path_factory.mktemp("gm"), women=6)


def test_the_documents_have_no_errors(outcome: national.Outcome) -> None:
    assert outcome.documents > 12
    assert outcome.errors == {}


def test_every_warning_is_explained(outcome: national.Outcome) -> None:
    assert outcome.unexplained == {}


def test_every_document_with_a_fault_is_refused(outcome: national.Outcome) -> None:
    assert outcome.mutations >= 20
    assert outcome.accepted_mutations == []


def test_each_explained_message_is_explained_in_the_documentation() -> None:
    page = (Path(official.ROOT) / "docs" / "fhir-conformance.md").read_text()
    assert [name for name in (*national.EXPLAINED, *others.EXPLAINED) if f"`{name}`" not in page] == []


def test_without_packages_the_reason_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("FHIR_PACKAGES", str(tmp_path))
    assert "FHIR_PACKAGES" in (official.why_not() or "")


def test_our_own_check_finds_what_a_validator_without_terminology_cannot_see() -> None:
    bundles = national.complete_bundles()
    assert [fault for bundle in bundles.values() for fault in national.own_faults(bundle)] == []
    seen_by_us = {name for name, bundle in national.mutated(bundles).items() if national.own_faults(bundle)}
    assert {
        "birth weight in kilograms", "blood pressure in kPa", "code that does not exist", "inferred code",
        "a referral as care level", "care level of another build", "wrong display", "value from another set",
    } <= seen_by_us  # fmt: skip
    assert json.dumps(bundles)

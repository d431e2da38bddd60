"""The one room that knows fhir.resources: it checks, writes exact bytes, and is loaded only when a document is made."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from svangre.fhir.resources import NotAResource, to_bytes

ROOT = Path(__file__).parents[2]
OBSERVATION: dict[str, Any] = {"resourceType": "Observation", "status": "final", "code": {"text": "højde"}}


def test_what_is_missing_before_signing_loads_no_fhir_classes() -> None:
    program = "import svangre.fhir.missing, svangre.fhir.documents, sys; print('fhir' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_only_one_module_imports_the_classes() -> None:
    importers = [path for path in (ROOT / "svangre").rglob("*.py") if "fhir.resources.R4B" in path.read_text()]
    assert [path.name for path in importers] == ["resources.py"]


@pytest.mark.parametrize(("value", "written"), [("23.4", "23.4"), ("70", "70"), ("0.1", "0.1"), ("1E+2", "100")])
def test_decimals_come_out_as_they_went_in(value: str, written: str) -> None:
    content = to_bytes({**OBSERVATION, "valueQuantity": {"value": Decimal(value), "unit": "kg"}})
    assert f'"value":{written},' in content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"resourceType": "Observation", "status": "final"},
        {**OBSERVATION, "colour": "HEMMELIGT"},
        {**OBSERVATION, "valueInteger": "HEMMELIGT"},
        {**OBSERVATION, "effectiveDateTime": "2026-13-01"},
        {**OBSERVATION, "valueString": ""},
        {"resourceType": "Unicorn"},
        {"resourceType": "../os"},
        {},
    ],
)
def test_what_is_no_resource_is_refused_without_repeating_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotAResource) as refused:
        to_bytes(wrong)
    assert "HEMMELIGT" not in str(refused.value)

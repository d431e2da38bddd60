"""veraPDF passes the documents as PDF/UA-1 and PDF/A-3a and refuses each fault: few here, many in `make validate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from svangre.pdf.emergency import emergency_pdf
from svangre.pdf.handover import handover_pdf
from tests.pdf import charts
from tests.validation import pdf


@pytest.fixture(scope="module")
def verapdf() -> None:
    if reason := pdf.why_not():
        pytest.skip(f"veraPDF: {reason}")
    pdf.prepare()


def written(folder: Path, contents: dict[str, bytes]) -> list[Path]:
    for name, content in contents.items():
        (folder / f"{name}.pdf").write_bytes(content)
    return [folder / f"{name}.pdf" for name in contents]


def test_documents_pass_and_each_fault_is_refused(verapdf: None, tmp_path: Path) -> None:
    data = {"prf.json": b"{}"}
    typical = handover_pdf(charts.typical().chart(), birthplace="Nord", attachments=data)
    good = {
        "typical": typical,
        "worst": handover_pdf(charts.worst().chart(name=charts.LONG_NAME), birthplace="Nord", attachments=data),
        "emergency": emergency_pdf(charts.typical().chart()),
    }
    files = written(tmp_path, {**good, **dict(pdf.mutated(typical))})
    refused = {name.removesuffix(".pdf") for profile in pdf.PROFILES for name in pdf.faults(files, profile)}
    assert refused == set(pdf.MUTATIONS)

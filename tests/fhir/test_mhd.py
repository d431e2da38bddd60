"""Document metadata: one transaction with a SubmissionSet, and a DocumentReference and Binary per document."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import replace
from typing import Any

from svangre.fhir.documents import make_documents
from svangre.fhir.mhd import iti65
from svangre.national import BUILDS
from svangre.record.chart import Chart
from tests.builders import IDENTITY, PRF_COMPLETE, chart_with


def offered(chart: Chart, replaces: dict[str, str] | None = None) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    bundles = make_documents(chart, BUILDS["0.1.0"]).bundles
    return bundles, [one["resource"] for one in json.loads(iti65(chart, bundles, replaces=replaces))["entry"]]


COMPLETE = chart_with(PRF_COMPLETE | {"alcohol_now": "no"})


def test_each_document_is_referred_to_and_sent_byte_for_byte() -> None:
    bundles, resources = offered(COMPLETE)
    references = [one for one in resources if one["resourceType"] == "DocumentReference"]
    binaries = {f"urn:uuid:{one['id']}": one for one in resources if one["resourceType"] == "Binary"}
    assert [one["type"]["coding"][0]["code"] for one in references] == list(bundles) == ["PRF", "PSCR", "PMR"]
    for reference, content in zip(references, bundles.values(), strict=True):
        attachment = reference["content"][0]["attachment"]
        sent = b64decode(binaries[attachment["url"]]["data"])
        assert sent == content
        assert attachment["size"] == len(content)
        assert attachment["hash"] == b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
        assert reference["masterIdentifier"]["value"] == json.loads(content)["identifier"]["value"]


def test_the_submission_set_lists_every_reference() -> None:
    _, resources = offered(COMPLETE)
    submission, *others = resources
    assert submission["resourceType"] == "List"
    listed = {one["item"]["reference"] for one in submission["entry"]}
    assert listed == {f"urn:uuid:{one['id']}" for one in others if one["resourceType"] == "DocumentReference"}


def test_a_new_version_replaces_the_one_before_and_retires_it() -> None:
    _, resources = offered(COMPLETE, replaces={"PRF": "41"})
    prf, *others = [one for one in resources if one["resourceType"] == "DocumentReference"]
    assert prf["relatesTo"] == [{"code": "replaces", "target": {"reference": "DocumentReference/41"}}]
    assert all("relatesTo" not in one for one in others)
    (patch,) = [one for one in resources if one["resourceType"] == "Parameters"]
    assert patch["parameter"][0]["part"][2]["valueCode"] == "superseded"
    assert all("relatesTo" not in one for one in offered(COMPLETE)[1])


def test_the_metadata_carries_no_contact_details_and_says_protected() -> None:
    chart = chart_with(PRF_COMPLETE | {"phone": "+4512345678", "address": "Skovvej 1"})
    _, resources = offered(chart)
    references = json.dumps([one for one in resources if one["resourceType"] == "DocumentReference"])
    assert "12345678" not in references
    assert "Skovvej" not in references
    protected = offered(replace(chart, identity=replace(IDENTITY, is_protected=True)))[1]
    reference = next(one for one in protected if one["resourceType"] == "DocumentReference")
    assert reference["securityLabel"][0]["coding"][0]["code"] == "R"

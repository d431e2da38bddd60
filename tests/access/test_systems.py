"""A clinic's own system: how it signs in, what it reads, what it sends, and that every error is an OperationOutcome."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from werkzeug.test import TestResponse

from svangre.exchange import keys
from svangre.exchange.tokens import MOST_TRIES
from svangre.fhir.resources import check
from svangre.fhir.systems import CPR as CPR_SYSTEM
from svangre.fhir.systems import LOINC
from svangre.policy import Viewer
from svangre.record import documents
from svangre.record.actions import clients
from svangre.record.errors import NotAllowed, NotYours
from svangre.record.models import AnswerRow, AuditEntry, Client, GroupRow, Import, SignIn
from tests.access.conftest import KEPT, OTHER_CPR, PRIVATE, House
from tests.fhir.bundles import bundle, condition, observation
from tests.pages import CheckedClient
from tests.record.conftest import CPR

KEY = ECKey.generate_key("P-256")
ANOTHER = ECKey.generate_key("P-256")
FHIR = "application/fhir+json"


@pytest.fixture
def client_id(house: House) -> str:
    """The clinic's system, registered by the administrator with its public key."""
    public = keys.read_public_key(json.dumps(KEY.as_dict(private=False)))
    made = clients.create_client(
        house.session, viewer=house.world.admin, at=house.at, name="Lægesystemet", public_key=public
    )
    house.session.commit()
    return made.id


@pytest.fixture
def system(house: House) -> CheckedClient:
    return house.client("system")


def audience(house: House) -> str:
    return f"{house.app.extensions['settings'].address}/fhir/token"


def assertion(house: House, client_id: str, key: Any = KEY, alg: str = "ES256", **claims: Any) -> str:
    moment = int(time.time())
    given = {
        "iss": client_id, "sub": client_id, "aud": audience(house), "exp": moment + 120, "jti": f"jti-{time.time_ns()}",
    } | claims  # fmt: skip
    return jwt.encode({"alg": alg}, {name: value for name, value in given.items() if value is not None}, key)


def ask(house: House, proof: str, **more: str) -> TestResponse:
    data = {
        "grant_type": "client_credentials", "client_assertion": proof,
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    } | more  # fmt: skip
    return house.app.test_client().post("/fhir/token", data=data)


def told(response: TestResponse) -> tuple[int, str]:
    """Status and the words of the OperationOutcome that every error is."""
    assert response.mimetype == FHIR
    assert response.json and response.json["resourceType"] == "OperationOutcome"
    check(response.json)
    return response.status_code, response.json["issue"][0]["details"]["text"]


def find(system: CheckedClient, number: str) -> list[dict[str, Any]]:
    response = system.post("/fhir/Patient/_search", data={"identifier": f"{CPR_SYSTEM}|{number}"})
    assert response.status_code == 200 and response.json
    check(response.json)
    return [one["resource"] for one in response.json.get("entry", ())]


def resources(response: TestResponse) -> list[dict[str, Any]]:
    assert response.status_code == 200 and response.json, response.text
    check(response.json)
    assert response.json["total"] == len(response.json.get("entry", ()))
    return [one["resource"] for one in response.json.get("entry", ())]


def log(house: House) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Actor, action and detail of the newest rows."""
    house.session.rollback()
    rows = house.session.query(AuditEntry).order_by(AuditEntry.seq.desc()).limit(5).all()
    found = [(row.actor, row.action, json.loads(row.detail)) for row in rows]
    house.session.rollback()
    return found


# Signing in


def test_a_system_signs_in_with_its_key_and_reads_for_five_minutes(house: House, client_id: str) -> None:
    given = ask(house, assertion(house, client_id)).json
    assert given and (given["token_type"], given["expires_in"]) == ("Bearer", 300)
    assert log(house)[0][:2] == (client_id, "sign_in")
    client, headers = house.app.test_client(), {"Authorization": f"Bearer {given['access_token']}"}
    address = f"/fhir/Patient/{house.ids['woman_id']}"
    assert client.get(address, headers=headers).status_code == 200
    house.session.query(SignIn).filter_by(client_id=client_id).update({"created_at": house.at - timedelta(minutes=6)})
    house.session.commit()
    assert told(client.get(address, headers=headers))[0] == 401


def test_an_assertion_is_good_once(house: House, client_id: str) -> None:
    proof = assertion(house, client_id)
    assert ask(house, proof).status_code == 200
    again = ask(house, proof)
    assert (again.status_code, again.json and again.json["error"]) == (401, "invalid_client")


RSA = RSAKey.generate_key(2048)
WRONG: dict[str, dict[str, Any]] = {
    "another key": {"key": ANOTHER},
    "another kind of key": {"key": RSA, "alg": "RS256"},
    "for another service": {"aud": "https://example.org/token"},
    "run out": {"exp": 1_700_000_000},
    "good for too long": {"exp": 4_000_000_000},
    "not yet good": {"nbf": 4_000_000_000},
    "without an id": {"jti": None},
    "without an end": {"exp": None},
    "from another issuer": {"iss": "somebody"},
    "an unknown system": {"sub": "01939f00-0000-7000-8000-000000000009"},
}


@pytest.mark.parametrize("name", WRONG)
def test_whatever_is_wrong_with_it_looks_the_same(house: House, client_id: str, name: str) -> None:
    response = ask(house, assertion(house, client_id, **WRONG[name]))
    assert response.status_code == 401
    assert response.json == {
        "error": "invalid_client", "error_description": "the assertion is no proof, or was used before",
    }  # fmt: skip


@pytest.mark.parametrize(
    "proof", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "e30.W10.x", "e30." + "W" * 100_000 + ".x"]
)
def test_what_is_no_assertion_is_refused(house: House, client_id: str, proof: str) -> None:
    assert ask(house, proof).status_code == 401


def test_only_this_way_in(house: House, client_id: str) -> None:
    proof = assertion(house, client_id)
    assert ask(house, proof, grant_type="password").json["error"] == "unsupported_grant_type"  # type: ignore[index]
    assert ask(house, proof, client_assertion_type="secret").json["error"] == "invalid_client"  # type: ignore[index]


def test_too_many_wrong_tries_rest(house: House, client_id: str) -> None:
    wrong = [ask(house, assertion(house, client_id, key=ANOTHER)).status_code for _ in range(MOST_TRIES + 1)]
    assert wrong == [401] * MOST_TRIES + [429]
    assert ask(house, assertion(house, client_id)).status_code == 429


def test_a_closed_system_is_out_at_once(house: House, client_id: str) -> None:
    token = ask(house, assertion(house, client_id)).json["access_token"]  # type: ignore[index]
    clients.disable_client(house.session, viewer=house.world.admin, at=house.at, client_id=client_id)
    house.session.commit()
    headers = {"Authorization": f"Bearer {token}"}
    assert house.app.test_client().get("/fhir/DocumentReference", headers=headers).status_code == 401
    assert ask(house, assertion(house, client_id)).status_code == 401


def test_only_the_administrator_of_the_clinic_registers_and_closes(house: House, client_id: str) -> None:
    world = house.world
    for viewer in (world.doctor, world.staff, world.midwife, world.her):
        with pytest.raises(NotAllowed):
            clients.create_client(house.session, viewer=viewer, at=house.at, name="x", public_key="{}")
    elsewhere = Viewer("a", "clinic_admin", clinic_id=world.stranger.clinic_id)
    with pytest.raises(NotYours):
        clients.disable_client(house.session, viewer=elsewhere, at=house.at, client_id=client_id)
    house.session.rollback()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("{", "ikke en nøgle"),
        ("[]", "ikke en nøgle"),
        (json.dumps(KEY.as_dict(private=True)), "den private nøgle"),
        (json.dumps({"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQ"}), "EC"),
        (json.dumps(ECKey.generate_key("P-521").as_dict(private=False)), "P-256"),
    ],
)
def test_only_a_good_public_key_is_registered(key: str, words: str) -> None:
    with pytest.raises(keys.BadKey, match=words):
        keys.read_public_key(key)


def test_a_system_is_registered_on_the_command_line(house: House, tmp_path: Any) -> None:
    from svangre import cli

    cli.register(house.app)
    (tmp_path / "key.json").write_text(json.dumps(KEY.as_dict(private=False)))
    (tmp_path / "private.json").write_text(json.dumps(KEY.as_dict(private=True)))
    clinic = house.world.doctor.clinic_id or ""
    run = house.app.test_cli_runner().invoke
    wrong = run(args=["client", "create", "--clinic", clinic, "--name", "X", str(tmp_path / "private.json")])
    assert wrong.exit_code == 1 and "private nøgle" in wrong.output
    made = run(args=["client", "create", "--clinic", clinic, "--name", "X", str(tmp_path / "key.json")]).output.strip()
    assert ask(house, assertion(house, made)).status_code == 200
    assert run(args=["client", "disable", made]).exit_code == 0
    assert ask(house, assertion(house, made)).status_code == 401


# Reading


def test_a_woman_is_found_by_her_number_and_never_with_it_in_the_address(house: House, system: CheckedClient) -> None:
    (person,) = find(system, CPR)
    assert person["id"] == house.ids["woman_id"]
    assert person["identifier"][0]["value"] == CPR
    assert "telecom" not in person and "address" not in person
    assert log(house)[0] == (house.systems["system"], "system.search", {"found": 1, "system": "System system"})
    status, words = told(system.get(f"/fhir/Patient?identifier={CPR_SYSTEM}|0102933334"))
    assert status == 405 and "aldrig stå i en adresse" in words


def test_another_clinics_woman_looks_like_none(house: House, system: CheckedClient) -> None:
    other = house.client("other_system")
    assert find(other, CPR) == []
    assert find(system, "0201919996") == []
    woman = house.ids["woman_id"]
    for search in ("DocumentReference", "QuestionnaireResponse"):
        assert resources(other.get(f"/fhir/{search}?patient=Patient/{woman}")) == []
        assert resources(other.get(f"/fhir/{search}?patient=01939f00-0000-7000-8000-000000000009")) == []
    assert resources(other.get(f"/fhir/DocumentReference?_id={house.ids['document_id']}")) == []
    assert resources(other.get(f"/fhir/QuestionnaireResponse?_id={house.world.id}")) == []
    here = told(other.get(f"/fhir/Bundle/{house.ids['bundle_id']}"))
    assert here == told(other.get("/fhir/Bundle/01939f00-0000-7000-8000-000000000009"))


def test_documents_are_listed_and_read_byte_by_byte(house: House, system: CheckedClient) -> None:
    found = resources(system.get(f"/fhir/DocumentReference?patient=Patient/{house.ids['woman_id']}"))
    assert {one["type"]["text"] for one in found} == {"Svangerskabsjournal", "Overdragelse til fødested"}
    for one in found:
        attachment = one["content"][0]["attachment"]
        content = system.get(attachment["url"].partition("/fhir")[1] + attachment["url"].partition("/fhir")[2])
        assert (content.mimetype, len(content.data)) == (attachment["contentType"], attachment["size"])
        assert system.get(f"/fhir/DocumentReference/{one['id']}").json == one
    assert log(house)[0][1] == "documents.list"


def test_a_newer_version_replaces_the_older_one_in_the_list(house: House, system: CheckedClient) -> None:
    house.world.correct("height_cm", 170)
    version = house.world.sign(reason="Rettet")
    documents.store(house.session, at=house.world.at, version_id=version.id, made={"prf": b'{"n":2}'})
    house.session.commit()
    address = f"/fhir/DocumentReference?patient={house.ids['woman_id']}"
    (new,) = [one for one in resources(system.get(f"{address}&status=current")) if "coding" in one["type"]]
    (old,) = resources(system.get(f"{address}&status=superseded"))
    assert old["id"] == house.ids["document_id"]
    assert new["relatesTo"][0]["target"]["reference"] == f"DocumentReference/{old['id']}"


def test_her_answers_are_read_without_what_is_the_doctors_alone(house: House, system: CheckedClient) -> None:
    (one,) = resources(system.get(f"/fhir/QuestionnaireResponse?patient={house.ids['woman_id']}"))
    text = json.dumps(one, ensure_ascii=False)
    assert KEPT in text and PRIVATE not in text
    assert system.get(f"/fhir/QuestionnaireResponse/{one['id']}").json == one
    (form,) = resources(system.get("/fhir/Questionnaire", query_string={"url": one["questionnaire"]}))
    assert form["resourceType"] == "Questionnaire"
    asked = {"url": "https://example.org/other"}
    assert resources(system.get("/fhir/Questionnaire", query_string=asked)) == []


def test_what_the_service_says_that_it_can_do_it_can(house: House, system: CheckedClient) -> None:
    statement = house.app.test_client().get("/fhir/metadata").json
    assert statement and statement["fhirVersion"] == "4.0.1"
    check(statement)
    assert {one["type"] for one in statement["rest"][0]["resource"]} == {
        "Patient", "DocumentReference", "Bundle", "Binary", "Questionnaire", "QuestionnaireResponse",
        "OperationDefinition",
    }  # fmt: skip
    definition = statement["rest"][0]["operation"][0]["definition"]
    check(system.get("/fhir/" + definition.rpartition("/fhir/")[2]).json)  # type: ignore[arg-type]
    known = house.app.test_client().get("/fhir/.well-known/smart-configuration").json
    assert known and known["token_endpoint"] == audience(house)


# Sending


def counts(house: House) -> list[int]:
    house.session.rollback()
    found = [house.session.query(table).count() for table in (AnswerRow, GroupRow, Import)]
    house.session.rollback()
    return found


def send(system: CheckedClient, content: bytes, kind: str = FHIR) -> TestResponse:
    return system.post("/fhir/$import", data=content, content_type=kind)


def test_what_the_system_knows_waits_for_the_clinic_and_comes_once(house: House, system: CheckedClient) -> None:
    content = bundle(CPR, condition("Astma"), observation(LOINC, "8302-2", 171, "cm", "2024-02-03"))
    assert told(send(system, content)) == (200, "2 nye oplysninger venter på klinikken.")
    assert log(house)[0] == (house.systems["system"], "import", {"count": 2})
    one = house.world.field("height_cm")
    assert one.imported and (one.imported.answer.value, one.imported.source) == (171, "Lægerne Testgade")
    assert one.counts and one.counts.answer.value == 168
    before = counts(house)
    assert told(send(system, content)) == (200, "0 nye oplysninger venter på klinikken.")
    assert counts(house) == before


def test_what_cannot_be_used_is_an_outcome_and_nothing_is_stored(house: House, system: CheckedClient) -> None:
    before = counts(house)
    good = bundle(CPR, condition("Astma"))
    many = [{"resourceType": "Basic"}] * 3000
    for content, kind, status in (
        (b"{", FHIR, 400),
        (good, "application/fhir+xml", 415),
        (b"<Bundle/>", FHIR, 415),
        (good, "application/fhir+json; fhirVersion=5.0", 415),
        (bundle(CPR, condition("Astma", participant=[])), FHIR, 400),
        (b"[" * 100_000, FHIR, 400),
        (bundle(CPR, condition("A", id="x"), condition("B", id="x")), FHIR, 400),
        (bundle(CPR, *many), FHIR, 413),
        (bundle(OTHER_CPR, condition("Astma") | {"subject": {"reference": "Patient/x"}}), FHIR, 422),
        (bundle("0201919996", condition("Astma")), FHIR, 404),
        (bundle("0000000000", condition("Astma")), FHIR, 400),
    ):
        found, words = told(send(system, content, kind))
        assert found == status, words
        assert "Astma" not in words
    assert counts(house) == before
    assert told(send(house.client("other_system"), good))[0] == 404


def test_50_megabytes_are_refused_before_they_are_read(house: House, system: CheckedClient) -> None:
    response = system.post("/fhir/$import", content_type=FHIR, environ_overrides={"CONTENT_LENGTH": "50000000"})
    assert told(response)[0] == 413


# Errors


def test_every_error_is_an_outcome(house: House, system: CheckedClient) -> None:
    nobody = house.app.test_client()
    woman = house.ids["woman_id"]
    for response, status in (
        (nobody.get("/fhir"), 404),
        (nobody.get("/fhir/Observation"), 404),
        (nobody.delete("/fhir/metadata"), 405),
        (nobody.get(f"/fhir/Patient/{woman}"), 401),
        (nobody.get(f"/fhir/Patient/{woman}", headers={"Authorization": "Bearer x"}), 401),
        (system.get("/fhir/metadata", headers={"Accept": "application/fhir+xml"}), 406),
        (system.get("/fhir/metadata", headers={"Accept": "application/fhir+json; fhirVersion=5.0"}), 406),
        (system.get("/fhir/DocumentReference"), 400),
        (system.get(f"/fhir/DocumentReference?patient={woman}&date=2026"), 400),
        (system.get(f"/fhir/DocumentReference?patient={woman}&patient=x"), 400),
        (system.post("/fhir/Patient/_search", data={}), 400),
        (system.post("/fhir/Patient/_search", data={"identifier": "1234"}), 400),
        (system.post("/fhir/Patient/_search", data={"identifier": f"urn:oid:1.2.3|{CPR}"}), 400),
        (system.post("/fhir/Patient/_search", data=b"{}", content_type=FHIR), 400),
        (system.get("/fhir/Questionnaire/other"), 404),
    ):
        found, words = told(response)
        assert found == status, (response.request.path, words)
        assert words


def test_a_fault_of_ours_is_an_outcome_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("svangre.exchange.metadata.capability", broken)
    assert told(house.app.test_client().get("/fhir/metadata")) == (500, "Noget gik galt hos os.")


def test_a_person_signed_in_has_no_way_in_here(house: House) -> None:
    for caller in ("doctor", "her"):
        assert told(house.client(caller).get(f"/fhir/Patient/{house.ids['woman_id']}"))[0] == 401


def test_the_logs_name_the_system(house: House, system: CheckedClient) -> None:
    system.get(f"/fhir/QuestionnaireResponse?patient={house.ids['woman_id']}")
    assert "System system, klinikkens system" in house.client("admin").get("/administration/log").text
    assert "Klinikkens system System system" in house.client("her").get("/mit/opslag").text


def test_a_client_belongs_to_its_clinic(house: House) -> None:
    house.session.rollback()
    found = {one.name: one.clinic_id for one in house.session.query(Client)}
    house.session.rollback()
    assert found["System system"] == house.world.doctor.clinic_id
    assert found["System other_system"] == house.world.stranger.clinic_id

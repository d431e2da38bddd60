"""Her summary for a doctor abroad: what she shows, what a link and its passcode open, and what she is told of it."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from svangre.policy import Viewer
from svangre.record import documents
from svangre.record.actions import decisions, pregnancies, shares
from svangre.record.errors import BadInvitation, NotYours, Resting, WrongProof
from svangre.record.models import AuditEntry, Share
from tests.citizen.conftest import Her
from tests.citizen.test_afterwards import sends, signs
from tests.pages import CheckedClient, parse, text_of

SUMMARY = b'{"resourceType":"Bundle"}'


@pytest.fixture
def signed(her: Her) -> Her:
    """Her record is signed, and its documents are made."""
    sends(her, allergy="no", interpreter_needed="no")
    version = signs(her)
    documents.store(her.session, at=her.at, version_id=version.id, made={"ips": SUMMARY, "emergency": b"%PDF"})
    return her


@pytest.fixture
def shared(signed: Her) -> dict[str, Any]:
    """A link of hers, as she reads it from her page: address, passcode, and what is packed in the SMART Health Link."""
    phone = signed.signed_in()
    return read(phone.submit(phone.get("/mit/udlandet"), {"days": "7"}, form="share"))


def read(page: Any) -> dict[str, Any]:
    link = next(one.text for one in parse(page).iter("p") if one.get("class") == "me-link-text")
    address, _, packed = link.partition("#shlink:/")
    return {
        "address": address.removeprefix("http://127.0.0.1:8000"),
        "passcode": next(one.text for one in parse(page).iter("b") if one.get("class") == "me-code"),
        **json.loads(unpacked(packed)),
    }


def unpacked(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def opened(jwe: str, key: str) -> bytes:
    """What a reader of RFC 7516 finds in it."""
    header, wrapped_key, nonce, text, tag = jwe.split(".")
    assert json.loads(unpacked(header)) == {"alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json"}
    assert wrapped_key == ""
    return AESGCM(unpacked(key)).decrypt(unpacked(nonce), unpacked(text) + unpacked(tag), header.encode())


def ask(her: Her, shared: dict[str, Any], **body: Any) -> Any:
    """An app's manifest request."""
    whole = {"recipient": "Dr. Who, Tours", "passcode": shared["passcode"], **body}
    return her.phone().post(f"{shared['address']}/manifest", json=whole)


def look(her: Her, shared: dict[str, Any], passcode: str, *, at: Any = None) -> Share:
    token = shared["address"].rpartition("/")[2]
    return shares.look(
        her.session, at=at or her.at, token=token, passcode=passcode, recipient="Dr. Who", address="192.0.2.7"
    )


def logged(her: Her) -> list[str]:
    her.session.rollback()
    actions = select(AuditEntry.action).where(AuditEntry.action.startswith("share")).order_by(AuditEntry.seq)
    return list(her.session.scalars(actions))


def test_the_link_is_a_smart_health_link(shared: dict[str, Any], signed: Her) -> None:
    assert shared["url"].endswith(f"{shared['address']}/manifest")
    assert len(shared["url"]) <= 128
    assert len(unpacked(shared["key"])) == 32
    assert (shared["flag"], shared["v"], shared["label"]) == ("LP", 1, "Pregnancy summary")
    assert timedelta(days=6) < timedelta(seconds=shared["exp"] - signed.at.timestamp()) <= timedelta(days=7)
    assert re.fullmatch(r"[A-Z2-9]{4} [A-Z2-9]{4}", shared["passcode"])


def test_an_app_gets_the_encrypted_summary_with_the_passcode(shared: dict[str, Any], signed: Her) -> None:
    answer = ask(signed, shared)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    (file,) = answer.json["files"]
    assert (answer.json["status"], file["contentType"]) == ("can-change", "application/fhir+json;fhirVersion=4.0.1")
    assert opened(file["embedded"], shared["key"]) == SUMMARY
    assert SUMMARY.decode() not in answer.text


def test_an_app_that_wants_it_short_is_told_where_it_is(shared: dict[str, Any], signed: Her) -> None:
    (file,) = ask(signed, shared, embeddedLengthMax=10).json["files"]
    fetched = signed.phone().get(file["location"].removeprefix("http://127.0.0.1:8000"))
    assert fetched.mimetype == "application/jose"
    assert opened(fetched.text, shared["key"]) == SUMMARY
    assert signed.phone().get("/del/fil/x").status_code == 404


def test_a_browser_of_another_origin_may_ask(shared: dict[str, Any], signed: Her) -> None:
    answer = signed.phone().options(f"{shared['address']}/manifest")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]


def test_a_wrong_passcode_is_counted_and_then_the_link_rests(shared: dict[str, Any], signed: Her) -> None:
    left = [ask(signed, shared, passcode="WRONG").json.get("remainingAttempts") for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    assert ask(signed, shared).status_code == 429
    assert logged(signed).count("share.refused") == 5


def test_over_its_life_a_link_bears_only_so_many_guesses(shared: dict[str, Any], signed: Her) -> None:
    at = signed.at
    for guess in range(shares.MOST_WRONG):
        with pytest.raises(WrongProof):
            look(signed, shared, "WRONG", at=at + timedelta(hours=guess))
    with pytest.raises(BadInvitation):
        look(signed, shared, shared["passcode"], at=at + timedelta(hours=24))
    assert signed.session.scalars(select(Share)).one().secret is None


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"recipient":""}', b'{"recipient":5}', b"[" * 4000, b'{"recipient":"x"' + b" " * 9000 + b"}"],
)
def test_what_is_no_manifest_request_is_told_so(shared: dict[str, Any], signed: Her, body: bytes) -> None:
    address = f"{shared['address']}/manifest"
    assert signed.phone().post(address, data=body, content_type="application/json").status_code == 400


def test_a_doctor_opens_it_without_an_app_in_english_and_she_is_told(shared: dict[str, Any], signed: Her) -> None:
    doctor = signed.phone()
    asked = doctor.get(shared["address"])
    assert 'lang="en"' in asked.text
    assert "Amalie" not in asked.text
    page = doctor.submit(
        asked, {"name": "Dr. Martin, Hôpital Bretonneau", "passcode": shared["passcode"].lower()}, form="prove"
    )
    text = text_of(page)
    for said in ("Pregnancy summary", "Testperson Amalie", "No known allergies", "No interpreter needed"):
        assert said in text
    assert "Intet oplyst" not in text
    hers = text_of(signed.signed_in().get("/mit/udlandet"))
    assert "»Dr. Martin, Hôpital Bretonneau«" in hers
    assert logged(signed) == ["share.create", "share.view"]


def test_the_page_asks_for_name_and_passcode_and_rests(shared: dict[str, Any], signed: Her) -> None:
    doctor = signed.phone()
    page = doctor.get(shared["address"])
    assert "Write your name" in text_of(doctor.submit(page, {"passcode": shared["passcode"]}, form="prove"))
    for _ in range(5):
        wrong = doctor.submit(page, {"name": "Dr. Who", "passcode": "WRONG"}, form="prove")
    assert "0 attempts left" in text_of(wrong)
    resting = doctor.submit(page, {"name": "Dr. Who", "passcode": shared["passcode"]}, form="prove")
    assert resting.status_code == 429
    assert "Amalie" not in resting.text


def test_she_ends_it_and_its_key_is_forgotten(shared: dict[str, Any], signed: Her) -> None:
    phone = signed.signed_in()
    after = phone.submit(phone.get("/mit/udlandet"), form="stop-1")
    assert "Stop linket" not in text_of(after)
    assert signed.phone().get(shared["address"]).status_code == 404
    assert ask(signed, shared).status_code == 404
    signed.session.rollback()
    assert signed.session.scalars(select(Share)).one().secret is None


def test_it_ends_by_itself_and_with_the_pregnancy(shared: dict[str, Any], signed: Her) -> None:
    with pytest.raises(BadInvitation):
        look(signed, shared, shared["passcode"], at=signed.at + timedelta(days=7, minutes=1))
    pregnancies.end_pregnancy(
        signed.session, viewer=signed.viewer, at=signed.at, pregnancy_id=signed.pregnancy_id, kind="ended"
    )
    assert ask(signed, shared).status_code == 404


def test_it_leads_to_the_newest_version(shared: dict[str, Any], signed: Her) -> None:
    decisions.correct(
        signed.session, viewer=signed.doctor, at=signed.at, pregnancy_id=signed.pregnancy_id, item_id="rhd",
        answer=decisions.Answer("value", "negative"),
    )  # fmt: skip
    from svangre.record.actions import signing

    version = signing.sign(
        signed.session, viewer=signed.doctor, at=signed.at, pregnancy_id=signed.pregnancy_id, gm_version="0.1.0",
        prf_is_complete=False, without_prf=True, reason="Blodtype",
    )  # fmt: skip
    assert ask(signed, shared).status_code == 404  # its summary is not made yet: never the old one
    documents.store(signed.session, at=signed.at, version_id=version.id, made={"ips": b'{"new":1}'})
    assert opened(ask(signed, shared).json["files"][0]["embedded"], shared["key"]) == b'{"new":1}'


def test_before_anything_is_signed_there_is_nothing_to_share(her: Her, phone: CheckedClient) -> None:
    assert phone.get("/mit/udlandet").status_code == 404
    with pytest.raises(NotYours):
        shares.share(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id, days=7, key="k")


def test_only_she_ends_it(shared: dict[str, Any], signed: Her) -> None:
    made = signed.session.scalars(select(Share)).one().id
    with pytest.raises(NotYours):
        shares.stop(signed.session, viewer=Viewer("x", "woman", pregnancy_id="x"), at=signed.at, share_id=made)


def test_she_shows_it_on_her_own_screen_and_takes_it_as_a_file(signed: Her) -> None:
    phone = signed.signed_in()
    assert "Pregnancy summary" in text_of(phone.get("/mit/udlandet/vis"))
    file = phone.get("/mit/dokument/resume")
    assert (file.data, file.mimetype) == (SUMMARY, "application/fhir+json")
    assert "Amalie" not in str(file.headers)


def test_resting_is_over_after_half_an_hour(shared: dict[str, Any], signed: Her) -> None:
    at = signed.at
    for _ in range(5):
        with pytest.raises(WrongProof):
            look(signed, shared, "WRONG", at=at)
    with pytest.raises(Resting):
        look(signed, shared, shared["passcode"], at=at + timedelta(minutes=29))
    look(signed, shared, shared["passcode"], at=at + timedelta(minutes=31))

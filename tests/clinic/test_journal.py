"""A file from the clinic's own record system: fetched, offered beside her answers, accepted field by field."""

from __future__ import annotations

import json
from pathlib import Path

from werkzeug.test import TestResponse

from svangre.catalogue import Answer
from svangre.fhir import systems
from svangre.fhir.response import questionnaire_response
from svangre.record.chart import Identity
from svangre.record.models import AnswerRow, AuditEntry, GroupRow, Import
from tests.builders import chart_with
from tests.clinic.conftest import CPR, World
from tests.fhir.bundles import allergy, bundle, concept, condition, medicine, observation
from tests.pages import CheckedClient, text_of

BUNDLE = bundle(
    CPR,
    condition("Lavt stofskifte", recordedDate="2019-05-20", onsetDateTime="2019-05"),
    medicine("Levothyroxin", dosage=[{"text": "1 tablet dagligt"}]),
    allergy(concept("x", "P1", "Penicillin")),
    observation(systems.LOINC, "8302-2", 171, "cm", "2024-02-03"),
    observation(systems.LOINC, "10331-7", concept(systems.SNOMED, "165746003"), on="2019-01-02"),
    observation(systems.LOINC, "72166-2", concept("x", "n", "Ryger ikke"), on="2026-01-02"),
)


def url(world: World, rest: str = "/journal") -> str:
    return f"/graviditet/{world.pregnancy_id}{rest}"


def send(client: CheckedClient, world: World, content: bytes) -> TestResponse:
    page = client.get(url(world)).text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    parts = ('name="csrf_token"', token.encode()), ('name="file"; filename="journal.json"', content)
    form = b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (a.encode(), b) for a, b in parts)
    kind = "multipart/form-data; boundary=x"
    return client.post(url(world), data=form + b"--x--\r\n", content_type=kind, follow_redirects=True)


def stored(world: World) -> list[int]:
    world.session.rollback()
    counts = [world.session.query(table).count() for table in (AnswerRow, GroupRow, Import)]
    world.session.rollback()
    return counts


def test_what_was_fetched_stands_beside_her_answer_with_date_and_source(staff: CheckedClient, world: World) -> None:
    assert "8 nye oplysninger er hentet" in text_of(send(staff, world, BUNDLE))
    page = text_of(staff.get(url(world, "/undersoegelser")))
    assert "171 cm Fra journalen, 3. februar 2024 (Lægerne Testgade)" in page
    assert "Brug journalens. Hendes »168 cm« bevares" in page
    assert "Negativ Fra journalen, 2. januar 2019" in page
    assert "Også i jeres journal 1 Rygning (72166-2): Ryger ikke (2. januar 2026)" in page
    assert world.chart().value("height_cm") == 168


def test_the_journal_s_value_is_taken_and_says_where_it_is_from(doctor: CheckedClient, world: World) -> None:
    send(doctor, world, BUNDLE)
    page = doctor.get(url(world, "/undersoegelser"))
    for item in ("height_cm", "rhd"):
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"csrf_token": token, "item": item, "act": "import", f"seen-{item}": ""}
        page = doctor.post(url(world, "/undersoegelser/felt"), data=data, follow_redirects=True)
    assert "171 cm Fra journalen, 3. februar 2024 (Lægerne Testgade). Accepteret af HO" in text_of(page)
    assert (world.chart().value("height_cm"), world.chart().value("rhd")) == (171, "negative")
    assert world.chart().field("height_cm").hers.answer == Answer("value", 168)  # type: ignore[union-attr]


def test_a_diagnosis_is_offered_as_a_row_though_she_said_no_and_taken_or_left(
    doctor: CheckedClient, world: World
) -> None:
    world.answer(world.pregnancy_id, {"other_diseases": "no"})
    send(doctor, world, BUNDLE)
    page = doctor.get(url(world, "/sygdomme"))
    assert "Lavt stofskifte" in text_of(page)
    assert "Hentes den, sættes »Andre sygdomme eller tidligere indlæggelser« til ja" in text_of(page)
    (row,) = world.chart().offered("diagnoses")
    taken = doctor.submit(page, form=f"/raekke/{row.id}/hent")
    assert "Rækken er hentet fra journalen. Fortryd" in text_of(taken)
    chart = world.chart()
    assert chart.value("diagnosis_name", row.id) == "Lavt stofskifte"
    assert chart.value("other_diseases") == "yes"
    assert chart.field("other_diseases").hers.answer == Answer("value", "no")  # type: ignore[union-attr]
    left = doctor.submit(doctor.get(url(world, "/medicin")), form=f"/raekke/{offered(world, 'medicines')}/fjern")
    assert "Ikke hentet fra journalen: Levothyroxin" in text_of(left)
    assert offered(world, "medicines") == ""


def offered(world: World, group: str) -> str:
    return next((row.id for row in world.chart().offered(group)), "")


def test_the_same_file_again_is_nothing_new(doctor: CheckedClient, world: World) -> None:
    send(doctor, world, BUNDLE)
    before = stored(world)
    assert "Intet nyt: alt i filen var her i forvejen" in text_of(send(doctor, world, BUNDLE))
    assert stored(world) == before


def test_somebody_else_s_file_is_refused_and_nothing_is_stored(doctor: CheckedClient, world: World) -> None:
    before = stored(world)
    response = send(doctor, world, Path("tests/fhir/conditionlist.json").read_bytes())
    assert response.status_code == 400
    assert "Filen er om en anden patient" in text_of(response)
    assert "stofskifte" not in response.text
    assert stored(world) == before


def test_files_that_cannot_be_used_are_refused_with_words(doctor: CheckedClient, world: World) -> None:
    before = stored(world)
    for content, words in (
        (b"", "Vælg den fil"),
        (b"{", "ikke gyldig JSON"),
        (b"<Bundle/>", "Filen er XML"),
        (bundle(CPR, condition("Astma", participant=[])), "er ikke FHIR R4"),
        (BUNDLE + b" " * 5_000_000, "Filen er for stor"),
    ):
        response = send(doctor, world, content)
        assert response.status_code == 400, words
        assert words in text_of(response)
    assert stored(world) == before


def test_50_megabytes_are_refused_before_they_are_read(doctor: CheckedClient, world: World) -> None:
    response = doctor.post(
        url(world), content_type="multipart/form-data; boundary=x", environ_overrides={"CONTENT_LENGTH": "50000000"}
    )
    assert response.status_code == 413
    assert "Det var for stort" in text_of(response)


def test_a_file_larger_than_a_form_is_taken(doctor: CheckedClient, world: World) -> None:
    many = [condition(f"Diagnose {number}", note=[{"text": "x" * 9000}]) for number in range(100)]
    assert "100 nye oplysninger er hentet" in text_of(send(doctor, world, bundle(CPR, *many)))


def test_fetching_stands_in_the_log_without_what_was_fetched(doctor: CheckedClient, world: World) -> None:
    send(doctor, world, BUNDLE)
    world.session.rollback()
    row = world.session.query(AuditEntry).filter_by(action="import").one()
    assert (row.pregnancy_id, json.loads(row.detail)) == (world.pregnancy_id, {"count": 8})
    world.session.rollback()


ELSEWHERE = "1405929994"
THERE = {
    "height_cm": 171, "smokes_now": "never", "last_period": Answer("unknown"), "given_birth_before": "yes",
    "births": [{"birth_year": "2019", "children": [{"child_sex": "girl"}]}],
}  # fmt: skip


def response(cpr: str = ELSEWHERE, **more: object) -> bytes:
    """What she answered to the same form in another place."""
    chart = chart_with({**THERE, **more}, identity=Identity(cpr, "Testperson Karla Demolind"))
    return questionnaire_response(chart, "https://example.org", "0123abcd")


def test_her_answers_from_elsewhere_fill_the_form_that_she_has_not_sent(staff: CheckedClient, world: World) -> None:
    world.pregnancy_id = world.new(ELSEWHERE, "Testperson Karla Demolind", {"height_cm": 170}, submit=False)
    assert "5 svar er lagt i hendes skema" in text_of(send(staff, world, response()))
    chart = world.chart()
    assert chart.field("height_cm").hers.answer == Answer("value", 170)  # type: ignore[union-attr]
    assert chart.field("last_period").hers.answer == Answer("unknown")  # type: ignore[union-attr]
    (birth,) = chart.rows("births")
    (child,) = chart.rows("births.children", birth.id)
    assert (chart.value("birth_year", birth.id), chart.value("child_sex", child.id)) == ("2019", "girl")
    smokes = chart.field("smokes_now").hers
    assert smokes and (smokes.giver, smokes.by, smokes.is_draft) == ("woman", "LO", True)
    before = stored(world)
    assert "0 svar er lagt" in text_of(send(staff, world, response()))
    assert stored(world) == before


def test_an_answer_that_the_form_would_not_take_is_named_and_left(staff: CheckedClient, world: World) -> None:
    world.pregnancy_id = world.new(ELSEWHERE, "Testperson Karla Demolind")
    assert "Ikke brugt: Højde." in text_of(send(staff, world, response(height_cm=17)))
    assert world.chart().field("height_cm").hers is None


def test_a_form_that_is_sent_and_somebody_else_s_answers_are_left_alone(staff: CheckedClient, world: World) -> None:
    before = stored(world)
    assert "Hun har sendt sit skema" in text_of(send(staff, world, response(CPR)))
    world_id, world.pregnancy_id = world.pregnancy_id, world.new("0903979996", "Testperson Hodan Prøve")
    assert "CPR-nummeret er hendes" in text_of(send(staff, world, response()))
    world.pregnancy_id = world_id
    assert stored(world) == before

"""The consultation: every decision about a field, by whom, and what is never lost or shown."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.clinic import presence
from svangre.policy import Viewer
from svangre.record import audit, told
from svangre.record.actions import answers, decisions
from tests.clinic.conftest import AT, HERS, World, her
from tests.pages import CheckedClient, text_of

SECTIONS = [section.id for section in CATALOGUE.sections if not section.later]
BIRTH, CHILD = "01939f00-0000-7000-8000-00000000b001", "01939f00-0000-7000-8000-00000000c001"
SignIn = Callable[[str], CheckedClient]


def url(world: World, rest: str = "") -> str:
    return f"/graviditet/{world.pregnancy_id}{rest}"


def decide(client: CheckedClient, world: World, section: str, item: str, act: str, **more: str) -> int:
    data = {"item": item, "act": act, **more}
    return client.post(url(world, f"/{section}/felt"), data={**data, "csrf_token": token(client, world)}).status_code


def token(client: CheckedClient, world: World) -> str:
    page = client.get(url(world, "/sprog")).text
    return page.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_for_doctor_and_staff(
    section: str, doctor: CheckedClient, staff: CheckedClient, world: World
) -> None:
    for client in (doctor, staff):
        assert client.get(url(world, f"/{section}")).status_code == 200


def test_the_record_opens_where_something_waits(doctor: CheckedClient, world: World) -> None:
    response = doctor.get(url(world))
    assert response.status_code == 303
    assert response.location.startswith(url(world, "/stamdata"))


def test_accepting_keeps_her_answer_and_says_who(doctor: CheckedClient, world: World) -> None:
    assert decide(doctor, world, "sprog", "interpreter_needed", "accept") == 303
    one = world.chart().field("interpreter_needed")
    assert one.status == "accepted"
    assert one.clinics.answer == one.hers.answer == Answer("value", "no")
    assert "Accepteret af HO" in text_of(doctor.get(url(world, "/sprog")))


def test_correcting_shows_both_values(doctor: CheckedClient, world: World) -> None:
    assert (
        decide(
            doctor,
            world,
            "undersoegelser",
            "height_cm",
            "correct",
            **{"height_cm-asked": "1", "height_cm": "170", "ret": "1"},
        )
        == 303
    )
    text = text_of(doctor.get(url(world, "/undersoegelser")))
    assert "170 cm Rettet af HO" in text
    assert "Hendes svar »168 cm« er bevaret" in text
    assert "22,3" in text  # BMI follows at once, everywhere on the page


def test_bad_input_keeps_what_was_typed_and_says_what_to_do(doctor: CheckedClient, world: World) -> None:
    response = doctor.post(
        url(world, "/undersoegelser/felt"),
        data={
            "csrf_token": token(doctor, world), "item": "height_cm", "act": "correct", "ret": "1",
            "height_cm-asked": "1", "height_cm": "en meter",
        },
    )  # fmt: skip
    assert response.status_code == 200
    assert "<title>Fejl:" in response.text
    assert 'value="en meter"' in response.text
    assert "Skriv et helt tal" in response.text
    assert world.chart().field("height_cm").clinics is None


def test_a_last_period_that_cannot_be_is_refused(doctor: CheckedClient, world: World) -> None:
    response = doctor.post(
        url(world, "/graviditet/felt"),
        data={
            "csrf_token": token(doctor, world), "item": "last_period", "act": "correct", "ret": "1",
            "last_period-asked": "1", "last_period": "1.1.2026",
        },
    )  # fmt: skip
    assert "over 43+6" in response.text
    assert world.chart().field("last_period").clinics is None


def test_later_counts_as_open(doctor: CheckedClient, world: World) -> None:
    decide(doctor, world, "sprog", "interpreter_needed", "later")
    assert world.chart().field("interpreter_needed").status == "later"
    assert "Udsat af HO" in text_of(doctor.get(url(world, "/sprog")))


def test_a_decision_can_be_taken_back(doctor: CheckedClient, world: World) -> None:
    decide(doctor, world, "sprog", "interpreter_needed", "accept")
    decide(doctor, world, "sprog", "interpreter_needed", "undo")
    assert world.chart().field("interpreter_needed").status == "open"


def test_own_fields_are_saved_together_and_alone(doctor: CheckedClient, world: World) -> None:
    """Without a script the whole run is sent: what is empty makes no row, what is typed is kept with initials."""
    data = {
        "csrf_token": token(doctor, world),
        "item": ["systolic", "diastolic", "weight_today_kg"],
        "systolic-asked": "1", "systolic": "122", "diastolic-asked": "1", "diastolic": "76",
        "weight_today_kg-asked": "1", "weight_today_kg": "",
    }  # fmt: skip
    assert doctor.post(url(world, "/undersoegelser/felt"), data=data).status_code == 303
    chart = world.chart()
    assert (chart.value("systolic"), chart.value("diastolic")) == (122, 76)
    assert chart.field("weight_today_kg").clinics is None


def test_without_a_script_one_button_saves_the_section(doctor: CheckedClient, world: World) -> None:
    """Its fields stand among others; what cannot be used and what somebody changed meanwhile hold back nothing else."""
    page = doctor.get(url(world, "/undersoegelser"))
    assert page.text.count("Gem afsnittets felter") == 1
    decisions.correct(
        world.session, viewer=world.viewer("rask"), at=AT, pregnancy_id=world.pregnancy_id, item_id="systolic",
        answer=Answer("value", 150),
    )  # fmt: skip
    typed = {"weight_today_kg": "tung", "systolic": "122", "diastolic": "76", "ferritin": "40", "smear": "up_to_date"}
    again = doctor.submit(page, typed, form="own", button="Gem afsnittets felter")
    assert again.status_code == 409
    assert "122 mmHg Din værdi, ikke gemt endnu" in text_of(again)
    assert 'value="tung"' in again.text
    chart = world.chart()
    assert [chart.value(item) for item in ("systolic", "diastolic", "ferritin", "smear")] == [
        150,
        76,
        "40",
        "up_to_date",
    ]
    saved = doctor.submit(
        doctor.get(url(world, "/undersoegelser")), {"weight_today_kg": "70"}, form="own", button="Gem"
    )
    assert "Afsnittets felter er gemt" in text_of(saved)
    assert world.chart().value("weight_today_kg") == "70"


def test_sections_are_numbered_as_they_are_read(doctor: CheckedClient, world: World) -> None:
    page = doctor.get(url(world, "/undersoegelser"))
    numbers = re.findall(r'cl-nav__n">(\d+)<', page.text)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    nav = page.text.split('id="nav"')[1]
    assert nav.index("Samtykke") < nav.index("Klinikkens del") < nav.index("Undersøgelser")


def test_what_was_typed_after_the_sign_in_ended_is_shown_again(doctor: CheckedClient, world: World) -> None:
    data = {"csrf_token": token(doctor, world), "item": "resume", "resume-asked": "1", "resume": "Rask gravid."}
    doctor.delete_cookie("svangre_user")
    page = doctor.post(url(world, "/vurdering/felt"), data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Rask gravid." in text_of(page)
    assert f"/log-ind?next={url(world, '/vurdering')}" in page.text


def test_two_in_one_field_see_both_values(doctor: CheckedClient, sign_in: SignIn, world: World) -> None:
    """Given that the other doctor decided after this page was loaded, nothing is overwritten, and both values stand."""
    decisions.correct(
        world.session, viewer=world.viewer("rask"), at=AT, pregnancy_id=world.pregnancy_id, item_id="weight_before_kg",
        answer=Answer("value", "86.5"),
    )  # fmt: skip
    response = doctor.post(
        url(world, "/undersoegelser/felt"),
        data={
            "csrf_token": token(doctor, world), "item": "weight_before_kg", "act": "correct", "ret": "1",
            "seen-weight_before_kg": "", "weight_before_kg-asked": "1", "weight_before_kg": "82",
        },
    )  # fmt: skip
    assert response.status_code == 409
    text = text_of(response)
    assert "82 kg Din værdi, ikke gemt endnu" in text
    assert "86,5 kg RA" in text
    assert world.chart().value("weight_before_kg") == "86.5"


def test_her_newer_answer_opens_the_field_again(doctor: CheckedClient, world: World) -> None:
    decide(doctor, world, "sprog", "interpreter_needed", "accept")
    world.answer(world.pregnancy_id, {"interpreter_needed": "yes"})
    page = text_of(doctor.get(url(world, "/sprog")))
    assert "Nyt svar fra hende" in page
    decide(doctor, world, "sprog", "interpreter_needed", "keep")
    one = world.chart().field("interpreter_needed")
    assert one.status == "corrected"
    assert one.clinics.answer.value == "no"


def test_bulk_accept_says_how_many_and_is_undone_as_one(doctor: CheckedClient, world: World) -> None:
    page = doctor.get(url(world, "/arv"))
    assert "Acceptér 3 upåfaldende" in text_of(page)
    after = doctor.submit(page, form="/arv/accepter")
    assert "3 svar accepteret." in text_of(after)
    assert world.chart().field("consanguinity").status == "accepted"
    doctor.submit(after, form="/arv/fortryd")
    assert world.chart().field("consanguinity").status == "open"


def test_rows_are_added_once_written_in_and_taken_out_with_a_reason(doctor: CheckedClient, world: World) -> None:
    world.answer(world.pregnancy_id, {"given_birth_before": "yes"})
    page = doctor.get(url(world, "/foedsler"))
    new_id = "01939f00-0000-7000-8000-00000000abcd"
    for _twice in range(2):
        opened = doctor.post(
            url(world, "/foedsler/raekke"),
            data={"csrf_token": token(doctor, world), "group": "births", "row_id": new_id}, follow_redirects=True,
        )  # fmt: skip
    assert page.status_code == opened.status_code == 200
    assert [row.id for row in world.chart().rows("births")] == [new_id]
    saved = doctor.submit(opened, {"birth_year": "2019", "birth_weeks": "33"}, form="row-form")
    assert "2019" in text_of(saved)
    assert "før uge 34+0" in text_of(saved)
    assert "G2 P1" in text_of(saved)
    refused = doctor.post(
        url(world, f"/foedsler/raekke/{new_id}/fjern"), data={"csrf_token": token(doctor, world)}, follow_redirects=True
    )
    assert "Skriv, hvorfor" in text_of(refused)
    doctor.post(
        url(world, f"/foedsler/raekke/{new_id}/fjern"),
        data={"csrf_token": token(doctor, world), "reason": "Tastet to gange"},
    )
    assert world.chart().rows("births") == []
    assert "Tastet to gange" in text_of(doctor.get(url(world, "/foedsler")))
    doctor.post(url(world, f"/foedsler/raekke/{new_id}/gendan"), data={"csrf_token": token(doctor, world)})
    assert len(world.chart().rows("births")) == 1


def test_a_birth_is_accepted_with_its_child_as_one(doctor: CheckedClient, world: World) -> None:
    world.answer(world.pregnancy_id, {"given_birth_before": "yes"})
    row, child = (
        answers.add_row(
            world.session, viewer=her(world.pregnancy_id), at=world.settings.now(), pregnancy_id=world.pregnancy_id,
            group=group, parent=parent, row_id=row_id,
        )
        for group, parent, row_id in (("births", None, BIRTH), ("births.children", BIRTH, CHILD))
    )  # fmt: skip
    world.answer(world.pregnancy_id, {("birth_year", row): "2019", ("child_sex", child): "girl"})
    page = doctor.get(url(world, "/foedsler"))
    accepted = doctor.submit(page, form=f"/raekke/{row}/accepter")
    assert "2 svar accepteret." in text_of(accepted)
    assert world.chart().field("child_sex", child).status == "accepted"
    doctor.submit(accepted, form="/foedsler/fortryd")
    assert world.chart().field("child_sex", child).status == "open"


def test_the_private_section_is_shut_on_opening(doctor: CheckedClient, world: World) -> None:
    shut = text_of(doctor.get(url(world, "/samtale_alene")))
    assert "Vi er alene. Åbn" in shut
    assert "Slået, truet" not in shut
    assert "Slået, truet" in text_of(doctor.get(url(world, "/samtale_alene?alene=1")))


def test_the_private_section_is_the_doctors(staff: CheckedClient, doctor: CheckedClient, world: World) -> None:
    decide(doctor, world, "samtale_alene", "violence_past_year", "correct",
           **{"violence_past_year-asked": "1", "violence_past_year": "yes", "alene": "1"})  # fmt: skip
    assert world.chart().value("violence_past_year") == "yes"
    page = text_of(staff.get(url(world, "/samtale_alene?alene=1")))
    assert "Slået, truet" not in page
    assert decide(staff, world, "samtale_alene", "violence_past_year", "undo") == 403


def test_what_she_narrowed_cannot_be_overwritten_by_staff(staff: CheckedClient, world: World) -> None:
    """The field is not on their page, and a made-up request is refused: it is never taken for empty."""
    decisions.set_visibility(
        world.session, viewer=world.viewer("holm"), at=AT, pregnancy_id=world.pregnancy_id, item_id="what_matters",
        visibility="gp_only",
    )  # fmt: skip
    assert "Vigtigt for hende, bekymringer" not in text_of(staff.get(url(world, "/oensker")))
    assert decide(staff, world, "oensker", "what_matters", "accept") == 403


def test_release_needs_a_doctor_and_a_reason(doctor: CheckedClient, staff: CheckedClient, world: World) -> None:
    decide(
        doctor, world, "samtale_alene", "safe_at_home", "correct", **{"safe_at_home-asked": "1", "safe_at_home": "no"}
    )
    data = {"item": "safe_at_home", "visibility": "shared", "reason": "Aftalt med hende"}
    refused = staff.post(url(world, "/synlighed"), data={**data, "csrf_token": token(staff, world)})
    assert refused.status_code == 403
    doctor.post(url(world, "/synlighed"), data={**data, "reason": "", "csrf_token": token(doctor, world)})
    item = CATALOGUE["safe_at_home"]
    assert not world.chart().may_leave(item)
    doctor.post(url(world, "/synlighed"), data={**data, "csrf_token": token(doctor, world)})
    assert world.chart().may_leave(item)


def test_findings_are_handled_with_a_reason_and_chosen_for_the_handover(doctor: CheckedClient, world: World) -> None:
    decide(doctor, world, "undersoegelser", "systolic", "correct", **{"systolic-asked": "1", "systolic": "150"})
    decide(doctor, world, "undersoegelser", "diastolic", "correct", **{"diastolic-asked": "1", "diastolic": "95"})
    page = doctor.get(url(world, "/undersoegelser"))
    key = page.text.split('name="finding" value="')[1].split('"')[0]
    data = {"finding": key, "section": "undersoegelser", "csrf_token": token(doctor, world)}
    refused = doctor.post(url(world, "/fund"), data={**data, "act": "not_relevant"}, follow_redirects=True)
    assert "Skriv, hvorfor det ikke er relevant" in text_of(refused)
    done = doctor.post(
        url(world, "/fund"), data={**data, "act": "not_relevant", "reason": "Målt om"}, follow_redirects=True
    )
    assert "Målt om" in text_of(done)
    chosen = doctor.post(url(world, "/fund"), data={**data, "act": "hand_over"}, follow_redirects=True)
    assert "med i overdragelsen" in text_of(chosen)


def test_what_she_reports_stands_first(doctor: CheckedClient, world: World) -> None:
    world.answer(world.pregnancy_id, {"current_symptoms": ["bleeding"]})
    page = text_of(doctor.get(url(world, "/stamdata")))
    assert "Hendes ord, først Gener lige nu: Jeg bløder fra skeden" in page
    assert "At vi tager os god tid" in page
    assert "Hun fik vist" not in page
    woman = Viewer("woman", "woman", pregnancy_id=world.pregnancy_id)
    audit.write(world.session, viewer=woman, at=AT, action=told.ACTION, pregnancy_id=world.pregnancy_id, boxes=1)
    world.session.commit()
    told_at = "Hun fik vist, hvem hun skal ringe til: 24. november 2026 kl. 09.00"
    again = text_of(doctor.get(url(world, "/stamdata")))
    assert told_at in again


def test_before_she_sends_only_progress_is_seen(doctor: CheckedClient, world: World) -> None:
    """Then her half-finished form is fetched in the visit, and that is recorded."""
    other = world.new("1405929994", "Testperson Karla", HERS, submit=False)
    page = doctor.get(f"/graviditet/{other}/oensker")
    assert "At vi tager os god tid" not in text_of(page)
    fetched = doctor.submit(page, form=f"/graviditet/{other}/hent")
    assert "hentet" in text_of(fetched)
    assert "At vi tager os god tid" in text_of(doctor.get(f"/graviditet/{other}/oensker"))


def test_the_page_tells_when_somebody_changed_something(doctor: CheckedClient, sign_in: SignIn, world: World) -> None:
    state = url(world, "/sprog/tilstand")
    before = doctor.get(state).json["version"]
    decide(sign_in("rask"), world, "sprog", "interpreter_needed", "accept")
    after = doctor.get(state).json
    assert after["version"] > before
    assert after["others"] == [{"who": "Testperson rask", "section": "sprog"}]


def test_colleagues_are_seen_across_processes_and_gone_within_seconds(tmp_path: Path, world: World) -> None:
    """Given a colleague whose browser is served by another process, which shares nothing but the data folder."""
    there = "from tests.clinic.test_consultation import look; look({!r}, {!r}, {!r})"
    command = there.format(str(tmp_path), world.pregnancy_id, AT.isoformat())
    subprocess.run([sys.executable, "-c", command], check=True, cwd=Path(__file__).parents[2])
    seen = [
        presence.others(tmp_path, world.pregnancy_id, world.viewer("holm"), "sprog", AT + timedelta(seconds=later))
        for later in (5, 30)
    ]
    assert [[(one.who, one.section) for one in now] for now in seen] == [[("Mette Rask", "familie")], []]


def look(folder: str, pregnancy_id: str, at: str) -> None:
    colleague = Viewer("rask", "doctor", "Mette Rask")
    presence.others(Path(folder), pregnancy_id, colleague, "familie", datetime.fromisoformat(at))


def test_queries_do_not_grow_with_the_answers(doctor: CheckedClient, world: World, app: object) -> None:
    from sqlalchemy import event

    def count(address: str) -> int:
        seen: list[str] = []
        engine = app.extensions["engine"]  # type: ignore[attr-defined]
        listener = lambda _c, _cu, statement, *_: seen.append(statement)  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        doctor.get(address)
        event.remove(engine, "before_cursor_execute", listener)
        return len(seen)

    few = count(f"/graviditet/{world.new('1405929994', 'Testperson Karla', {'phone': '20000000'})}/sygdomme")
    many = count(url(world, "/sygdomme"))
    assert many == few


def test_another_clinic_and_the_midwife_see_nothing(sign_in: SignIn, midwife: CheckedClient, world: World) -> None:
    assert sign_in("fremmed").get(url(world, "/sprog")).status_code == 404
    assert midwife.get(url(world, "/sprog")).status_code == 403

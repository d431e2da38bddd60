"""The clinic administrator's pages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from svangre.access import log as access_log
from svangre.access.accounts import SHORTEST_PASSWORD, create_user
from svangre.policy import Viewer
from svangre.record import audit, way
from svangre.record.models import Birthplace, Clinic, Pregnancy, User
from tests.access.conftest import PASSWORD, House
from tests.pages import CheckedClient, text_of
from tests.record.conftest import CPR, NAME, place


@pytest.fixture
def admin(house: House) -> CheckedClient:
    house.app.config["WTF_CSRF_ENABLED"] = True
    return house.client("admin")


def user(house: House, username: str) -> User:
    found = house.session.query(User).filter_by(username=username).populate_existing().one()
    house.session.commit()
    return found


def log(house: House) -> list[str]:
    found = house.world.log()
    house.session.commit()
    return found


def test_signing_in_leads_there(house: House) -> None:
    response = house.client("nobody").post("/log-ind", data={"username": "admin", "password": PASSWORD})
    assert response.headers["Location"] == "/administration"


def test_the_clinics_data(house: House, admin: CheckedClient) -> None:
    page = admin.submit(admin.get("/administration"), {"phone": "12 34 56 78", "hours": "8-12"}, form="clinic")
    assert "gemt" in text_of(page)
    clinic = house.session.get_one(Clinic, house.users["admin"].clinic_id, populate_existing=True)
    assert (clinic.phone, clinic.hours) == ("12 34 56 78", "8-12")
    assert log(house)[-1] == "clinic.change"


def test_the_clinics_own_way_is_set_and_logged(house: House, admin: CheckedClient) -> None:
    page = admin.get("/administration/arbejdsgang")
    typed = {
        "place-undersoegelser": "0", "who-undersoegelser": "staff", "name": ["Blodtryk", "", ""],
        "text": ["BT {blodtryk}.", "", ""], "birthplace": place(1), "on-tweak": [],
    }  # fmt: skip
    refused = admin.submit(page, {**typed, "text": ["BT {blod}.", "", ""]}, form="way")
    assert "ukendt felt: {blod}" in text_of(refused)
    assert log(house)[-1] != "clinic.way"
    saved = admin.submit(page, typed, form="way")
    assert "Den gælder for graviditeter, der oprettes fra nu af" in text_of(saved)
    assert log(house)[-1] == "clinic.way"
    clinic = house.session.get_one(Clinic, house.users["admin"].clinic_id, populate_existing=True)
    kept = way.newest(clinic)
    assert (kept.order[0], kept.done_by, kept.off) == ("undersoegelser", {"undersoegelser": "staff"}, ("tweak",))
    house.session.commit()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("name", "", "Skriv klinikkens navn."), ("sor", "12a", "Kun cifre."), ("phone", "ring", "Skriv 8 cifre."),
     ("address", "x" * 300, "Der er plads til 200 tegn."), ("name", "a\u202eb", "skjulte tegn")],
)  # fmt: skip
def test_what_cannot_be_used_is_said_at_the_field(
    house: House, admin: CheckedClient, field: str, value: str, message: str
) -> None:
    page = admin.submit(admin.get("/administration"), {field: value, "hours": "8-12"}, form="clinic")
    assert message in page.text
    assert 'value="8-12"' in page.text  # what was typed stays
    assert house.session.get_one(Clinic, house.users["admin"].clinic_id, populate_existing=True).hours == ""


def add(admin: CheckedClient, username: str = "ny") -> str:
    page = admin.submit(
        admin.get("/administration/personale"),
        {"name": "Nanna Ny", "initials": "NN", "role": "doctor", "username": username}, form="user",
    )  # fmt: skip
    found = re.search(r"adgangskode <strong>(\w+)</strong>", page.text)
    return found[1] if found else ""


def test_a_new_user_signs_in_with_the_password_that_was_shown_once(house: House, admin: CheckedClient) -> None:
    password = add(admin)
    assert len(password) >= SHORTEST_PASSWORD
    assert password not in admin.get("/administration/personale").text
    house.app.config["WTF_CSRF_ENABLED"] = False
    response = house.client("nobody").post("/log-ind", data={"username": "ny", "password": password})
    assert response.headers["Location"] == "/arbejdsliste"
    assert user(house, "ny").clinic_id == house.users["admin"].clinic_id


def test_a_name_that_is_taken(house: House, admin: CheckedClient) -> None:
    assert add(admin, "doctor") == ""
    assert house.session.query(User).filter_by(username="doctor").count() == 1


@pytest.mark.parametrize("role", ["operator", "midwife", "woman", "x"])
def test_no_other_role_is_given_out(house: House, role: str) -> None:
    data = {"name": "N", "initials": "N", "username": "ny", "role": role}
    house.client("admin").post("/administration/personale", data=data)
    assert house.session.query(User).filter_by(username="ny").count() == 0


def test_a_closed_account_is_signed_out_everywhere_and_can_be_opened_again(house: House) -> None:
    staff, admin = house.client("staff"), house.client("admin")
    path = f"/administration/personale/{house.users['staff'].id}"
    admin.post(f"{path}/luk")
    assert staff.get("/arbejdsliste").headers["Location"].startswith("/log-ind")
    admin.post(f"{path}/aabn")
    assert staff.get("/arbejdsliste").status_code == 302  # the old sign-in stays ended
    assert house.client("staff").get("/arbejdsliste").status_code == 200


def test_nobody_closes_their_own_door(house: House) -> None:
    admin = house.client("admin")
    page = admin.post(f"/administration/personale/{house.users['admin'].id}/luk", follow_redirects=True)
    assert "ikke lukke din egen adgang" in page.text
    assert user(house, "admin").disabled_at is None


def test_a_new_password_ends_what_was_opened_with_the_old(house: House) -> None:
    doctor, admin = house.client("doctor"), house.client("admin")
    page = admin.post(f"/administration/personale/{house.users['doctor'].id}/adgangskode")
    password = re.search(r"adgangskode <strong>(\w+)</strong>", page.text)
    assert password
    assert doctor.get("/arbejdsliste").status_code == 302
    for given, status in ((PASSWORD, 200), (password[1], 302)):
        response = house.client("nobody").post("/log-ind", data={"username": "doctor", "password": given})
        assert response.status_code == status


@pytest.mark.parametrize("what", ["luk", "aabn", "adgangskode"])
@pytest.mark.parametrize("whose", ["stranger", "midwife", "nobody"])
def test_another_clinics_people_are_not_there(house: House, what: str, whose: str) -> None:
    user_id = house.users[whose].id if whose in house.users else "x"
    before = house.stored()
    assert house.client("admin").post(f"/administration/personale/{user_id}/{what}").status_code == 404
    assert house.stored() == before


def test_a_birth_place_is_added_once(house: House, admin: CheckedClient) -> None:
    for _ in range(2):
        page = admin.submit(
            admin.get("/administration/foedesteder"), {"name": "Fødestedet Vest", "sor": "2009"}, form="birthplace"
        )
    assert "er på listen" in page.text
    assert house.session.query(Birthplace).filter_by(sor="2009").count() == 1


def test_a_birth_place_is_corrected_and_taken_off_the_list(house: House, admin: CheckedClient) -> None:
    address = f"/administration/foedesteder/{place(1)}"
    page = admin.submit(admin.get(address), {"email": "vagt@@example"}, form="birthplace")
    assert "Se efter, om adressen er rigtig." in text_of(page)
    admin.submit(page, {"name": "Fødestedet Nordpå", "email": "vagt@example.org", "is_active": []}, form="birthplace")
    changed = house.session.get_one(Birthplace, place(1), populate_existing=True)
    assert (changed.name, changed.email, changed.is_active) == ("Fødestedet Nordpå", "vagt@example.org", False)
    assert log(house)[-1] == "birthplace.change"


def test_a_birth_place_gets_its_inbox_with_its_first_midwife(house: House, admin: CheckedClient) -> None:
    admin.submit(admin.get("/administration/foedesteder"), {"name": "Vest", "sor": "2009"}, form="birthplace")
    west = house.session.query(Birthplace).filter_by(sor="2009").one()
    assert not west.has_inbox
    create_user(
        house.session, at=house.at, role="midwife", username="vest", name="Vera Vest", initials="VV",
        password=PASSWORD, birthplace_sor="2009",
    )  # fmt: skip
    assert house.session.get_one(Birthplace, west.id, populate_existing=True).has_inbox


def test_every_act_has_danish_words_in_the_log(house: House) -> None:
    written = "".join(path.read_text() for path in Path(access_log.__file__).parents[1].rglob("*.py"))
    acts = set(re.findall(r'action="([a-z_.]+)"', written)) | set(
        re.findall(r'log_access\([^,]+, "([a-z_.]+)"', written)
    )
    assert len(acts) > 40
    assert acts - set(access_log.WORDS) == set()


def test_a_doctor_who_leaves_gives_all_open_cases_to_another(house: House, admin: CheckedClient) -> None:
    add(admin)
    new, old = user(house, "ny"), house.users["doctor"]
    pregnancy = house.session.get_one(Pregnancy, house.world.id)
    pregnancy.doctor_id = old.id
    house.session.commit()
    page = admin.submit(admin.get("/administration/forloeb"), {"from_id": old.id, "to_id": new.id}, form="cases")
    assert "1 forløb er flyttet" in page.text
    assert house.session.get_one(Pregnancy, house.world.id, populate_existing=True).doctor_id == new.id
    assert log(house)[-1] == "pregnancy.hand_over_case"


def test_cases_stay_in_the_clinic(house: House) -> None:
    admin = house.client("admin")
    data = {"from_id": house.users["doctor"].id, "to_id": house.users["stranger"].id}
    before = house.stored()
    admin.post("/administration/forloeb", data=data)
    assert house.stored() == before


# The log


def test_a_look_into_a_record_stands_in_the_log_without_what_stands_in_the_record(house: House) -> None:
    house.client("doctor").get(f"/graviditet/{house.world.id}/arv")
    page = house.client("admin").get("/administration/log")
    text = text_of(page)
    assert "Navn doctor, læge" in text
    assert "åbnede journalen" in text or "læste journalen" in text
    assert NAME not in text
    assert CPR not in text.replace("-", "")


def test_one_womans_log_is_found_by_her_number_which_is_in_no_address(house: House) -> None:
    admin = house.client("admin")
    page = admin.post("/administration/log", data={"cpr": CPR})
    lines = re.findall(r"<tr><td>", page.text)
    assert lines
    assert text_of(page).count(house.world.id[-6:]) == len(lines)
    assert CPR not in page.text
    assert "ikke en dato" in admin.post("/administration/log", data={"cpr": "9999999999"}).text


def test_another_clinics_log_is_not_in_it(house: House) -> None:
    other = house.world.create(viewer=house.world.stranger, visit_on=date(2026, 12, 2))
    house.client("stranger").get(f"/graviditet/{other.id}/arv")
    text = text_of(house.client("admin").get("/administration/log"))
    assert "Navn stranger" not in text
    assert other.id[-6:] not in text


def test_what_the_birth_place_did_with_the_clinics_record_is_in_it(house: House) -> None:
    house.client("midwife").get(f"/indbakke/{house.ids['handover_id']}")
    assert "Navn midwife, Fødestedet Nord" in text_of(house.client("admin").get("/administration/log"))


def test_by_one_person_and_page_by_page(house: House) -> None:
    viewer = Viewer(house.users["admin"].id, "clinic_admin", clinic_id=house.users["admin"].clinic_id)
    for _ in range(access_log.PAGE + 20):
        audit.write(house.session, viewer=house.world.staff, at=house.at, action="worklist.read")
    house.session.commit()
    first, after = access_log.read(house.session, viewer, user_id=house.world.staff.id)
    assert after
    second, _ = access_log.read(house.session, viewer, user_id=house.world.staff.id, before=after)
    assert len(first) == access_log.PAGE
    assert not {one.seq for one in first} & {one.seq for one in second}
    assert {one.who for one in first + second} == {"Navn staff, klinikpersonale"}
    house.session.commit()


def test_reading_the_log_stands_in_the_log(house: House) -> None:
    house.client("admin").get("/administration/log")
    assert log(house)[-1] == "log.read"


@pytest.mark.parametrize("before", ["x", "-1", "9" * 50, "1 or 1=1"])
def test_a_made_up_place_in_the_log_is_no_fault(house: House, before: str) -> None:
    assert house.client("admin").get("/administration/log", query_string={"foer": before}).status_code == 200


# One's own password


def change(house: House, old: str, new: str) -> CheckedClient:
    client = house.client("doctor")
    client.post("/konto", data={"old": old, "new": new})
    return client


def test_ones_own_password_is_changed_and_all_sign_in_anew(house: House) -> None:
    elsewhere = house.client("doctor")
    client = change(house, PASSWORD, "en anden lang adgangskode")
    assert client.get("/arbejdsliste").status_code == 302
    assert elsewhere.get("/arbejdsliste").status_code == 302
    data = {"username": "doctor", "password": "en anden lang adgangskode"}
    assert house.client("nobody").post("/log-ind", data=data).status_code == 302
    assert "user.change_password" in log(house)


@pytest.mark.parametrize(("old", "new"), [("forkert", "en anden lang adgangskode"), (PASSWORD, "kort")])
def test_not_without_the_old_one_and_not_to_a_short_one(house: House, old: str, new: str) -> None:
    assert change(house, old, new).get("/arbejdsliste").status_code == 200
    data = {"username": "doctor", "password": PASSWORD}
    assert house.client("nobody").post("/log-ind", data=data).status_code == 302

"""Every route × every caller. The table is the policy as it is meant; a route without a line in it fails.

in        let in (also when the form that was sent is then found wanting)
no        signed in, and told that it is not for this role
404       looks like something that is not there
door      not signed in here: the sign-in page, her page that says how to go on, or the way to a token
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.routing import Rule

from svangre.record.models import AuditEntry
from tests.access.conftest import CALLERS, KEPT, OTHER_CPR, OTHER_NAME, PRIVATE, House
from tests.record.conftest import CPR, NAME

Line = dict[str, str]


def line(words: str) -> Line:
    """Outcomes in the order of CALLERS."""
    return dict(zip(CALLERS, words.split(), strict=True))


#                doctor staff stranger midwife other_midwife admin operator her other_woman nobody system other_system
EVERYONE = line("in     in    in       in      in            in    in       in  in          in   in     in")
CLINIC = line("  in     in    404      no      no            no    no       door door       door   door   door")
CLINIC_LIST = line("in  in    in       no      no            no    no       door door       door   door   door")
DOCTOR = line("  in     no    404      no      no            no    no       door door       door   door   door")
UNIT = line("    no     no    no       in      404           no    no       door door       door   door   door")
UNIT_LIST = line("no    no    no       in      in            no    no       door door       door   door   door")
HERS = line("    door   door  door     door    door          door  door     in  in          door   door   door")
HER_ROW = line(" door   door  door     door    door          door  door     in  404         door   door   door")
ADMIN = line("   no     no    no       no      no            in    no       door door       door   door   door")
USERS = line("   in     in    in       in      in            in    in       door door       door   door   door")
SYSTEM = line("  door   door  door     door    door          door  door     door door       door   in     404")
SYSTEM_LIST = line("door door door     door    door          door  door     door door       door   in     in")
METRICS = EVERYONE  # loopback or token, which tests/durability looks at

TABLE: dict[str, Line] = {
    "GET static": EVERYONE,
    "GET health.health": EVERYONE,
    "GET health.ready": EVERYONE,
    "GET metrics.metrics": METRICS,
    "GET access.start": EVERYONE,
    "GET access.sign_in": EVERYONE,
    "POST access.sign_in": EVERYONE,
    "POST access.sign_out": EVERYONE,
    # Her way in and her pages
    "GET citizen.prove": EVERYONE,
    "POST citizen.prove_now": EVERYONE,
    "GET citizen.accessibility": EVERYONE,
    "GET citizen.blank": EVERYONE,
    "GET citizen.closed": EVERYONE,
    "GET citizen.leave": EVERYONE,
    "POST citizen.leave": EVERYONE,
    "POST citizen.sign_out": EVERYONE,
    # Whoever she has shared her summary with: link and passcode instead of a sign-in
    "GET citizen.guest": EVERYONE,
    "POST citizen.guest_proves": EVERYONE,
    "POST citizen.manifest": EVERYONE,
    "GET citizen.shared_file": EVERYONE,
    **{
        f"GET citizen.{name}": HERS
        for name in (
            "home", "about_her_data", "ending", "help_now", "own_answers", "receipt", "record", "review", "step",
            "who_opened", "document", "emergency_sheet", "summary", "sharing", "in_english",
        )
    },
    **{
        f"POST citizen.{name}": HERS
        for name in ("has_read", "end", "end_by_mistake", "save_step", "submit", "write_questions", "share")
    },
    "POST citizen.stop_sharing": HER_ROW,
    "GET citizen.row": HER_ROW,
    "POST citizen.save_row": HER_ROW,
    # The clinic
    "GET clinic.worklist": CLINIC_LIST,
    "POST clinic.search": CLINIC_LIST,
    "GET clinic.new_pregnancy": CLINIC_LIST,
    "POST clinic.new_pregnancy": CLINIC_LIST,
    "GET clinic.deliveries": CLINIC_LIST,
    **{
        f"GET clinic.{name}": CLINIC
        for name in (
            "record", "consultation", "state", "journal", "appointment", "invitation",
            "letter", "code_letter", "qr_code",
            "record_deliveries", "merge_page", "compare", "results", "resume", "sign_page", "typing", "typing_page",
            "version_page", "versions_page",
            "document",
        )
    },
    **{
        f"POST clinic.{name}": CLINIC
        for name in (
            "import_file", "accept_imported_row",
            "decide", "accept_row", "accept_unremarkable", "undo_batch", "add_row", "remove_row", "restore_row",
            "handle_finding", "set_visibility", "seen", "save_results", "merge", "take_resume", "fetch_form",
            "save_typed", "move_appointment",
            "correct_identity", "invite", "revoke", "send_again", "give_up_delivery", "hand_over", "reply", "end",
            "reopen",
        )
    },
    "POST clinic.sign": DOCTOR,
    # One's own account and the administration
    "GET access.account": USERS,
    "POST access.account": USERS,
    **{
        f"{method} access.{name}": ADMIN
        for name in ("clinic", "way", "staff", "birthplaces", "birthplace", "cases", "access_log")
        for method in ("GET", "POST")
    },
    **{f"POST access.{name}": ADMIN for name in ("disable", "enable", "reset")},
    # A clinic's own system
    **{
        f"GET exchange.{name}": EVERYONE
        for name in (
            "metadata", "smart_configuration", "operation", "read_questionnaire", "search_questionnaire",
        )
    },
    "POST exchange.token": EVERYONE,
    "POST exchange.search_patient": SYSTEM_LIST,
    "POST exchange.import_bundle": SYSTEM_LIST,
    **{
        f"GET exchange.{name}": SYSTEM_LIST
        for name in ("search_patient_by_get", "search_documents", "search_responses")
    },
    **{
        f"GET exchange.{name}": SYSTEM
        for name in ("read_patient", "read_document_reference", "read_bundle", "read_binary", "read_response")
    },
    # The birth place
    "GET clinic.inbox": UNIT_LIST,
    "POST clinic.search_inbox": UNIT_LIST,
    "POST clinic.print_handovers": UNIT_LIST,
    **{f"GET clinic.{name}": UNIT for name in ("handover_page", "handover_document")},
    **{f"POST clinic.{name}": UNIT for name in ("open_handover", "acknowledge", "assign", "ask")},
}  # fmt: skip

# Read without a line in the log: nothing personal is in it, or it is her own page before she has proved herself.
UNLOGGED = {
    "static", "health.health", "health.ready", "metrics.metrics", "access.start", "access.sign_in", "citizen.prove",
    "citizen.guest", "citizen.shared_file",
    "citizen.blank", "citizen.closed", "citizen.leave", "citizen.help_now", "citizen.ending", "citizen.accessibility",
    "clinic.new_pregnancy", "exchange.metadata", "exchange.smart_configuration", "exchange.operation",
    "exchange.read_questionnaire", "exchange.search_questionnaire",
    "clinic.state", "access.account", "access.clinic", "access.way", "access.staff", "access.birthplaces",
    "access.birthplace", "access.cases",
}  # fmt: skip
LAST = ("revoke", "reopen", "end_by_mistake", "end", "leave", "sign_out")  # they change what the others find
FORM = {
    "citizen.save_step": {"x": "y"}, "clinic.end": {"kind": "birth"}, "clinic.set_visibility": {"item": "height_cm"},
    "clinic.remove_row": {"reason": "Fejl"}, "clinic.add_row": {"group": "births"}, "clinic.reply": {"text": "Hej"},
    "clinic.take_resume": {"text": "Hej"}, "clinic.ask": {"text": "Hej"},
    "clinic.decide": {"item": "height_cm", "act": "accept"}, "clinic.hand_over": {"birthplace": "x"},
}  # fmt: skip


def routes(house: House) -> list[tuple[str, Rule]]:
    found = [
        (f"{method} {rule.endpoint}", rule)
        for rule in house.app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]
    return sorted(found, key=lambda one: (one[0].startswith("POST"), _order(one[0]), one[0]))


def _order(name: str) -> int:
    end = name.rpartition(".")[2]
    return LAST.index(end) + 1 if end in LAST else 0


def call(house: House, client: Any, name: str, rule: Rule) -> Any:
    method, endpoint = name.split()
    values = {key: house.ids[key] for key in rule.arguments}
    with house.app.test_request_context():
        address = house.app.url_for(endpoint, **values)
    response = client.open(address, method=method, data=FORM.get(endpoint, {}) if method == "POST" else None)
    response.get_data()
    response.close()
    return response


def outcome(response: Any) -> str:
    status, to = response.status_code, response.headers.get("Location", "")
    assert status < 500, "a fault"
    if status == 401:
        return "door"
    if status == 403:
        return "no"
    if status == 404:
        return "404"
    if 300 <= status < 400 and to.startswith(("/log-ind", "/mit/lukket")):
        return "door"
    if status == 200 and response.request.method == "POST" and "<title>Siden er lukket" in response.text:
        return "door"
    return "in"


@pytest.fixture(autouse=True)
def _only_sqlite(request: pytest.FixtureRequest) -> None:
    """The same code answers on PostgreSQL; what differs there is looked at in tests/record."""
    if request.config.getoption("--database") == "postgres":
        pytest.skip("the sweep asks about routes, not about the database")


def test_the_table_has_every_route_and_no_other(house: House) -> None:
    assert {name for name, _ in routes(house)} == set(TABLE)


def test_every_route_says_who_may_come(house: House) -> None:
    for name, rule in routes(house):
        view = house.app.view_functions[rule.endpoint]
        mark = "everyone" if rule.endpoint == "static" else getattr(view, "access", None)
        expected = TABLE[name]
        assert mark, f"{name} has no mark"
        assert (mark == "everyone") == (expected is EVERYONE), name
        assert (mark == "woman") == (expected in (HERS, HER_ROW)), name


@pytest.mark.parametrize("caller", CALLERS)
def test_who_may_call_what(house: House, caller: str) -> None:
    client = house.client(caller)
    found, expected = {}, {}
    before = house.stored()
    refused = [one for one in routes(house) if TABLE[one[0]][caller] != "in"]
    for name, rule in refused:
        response = call(house, client, name, rule)
        found[name], expected[name] = outcome(response), TABLE[name][caller]
        for mark in (CPR, NAME, "Amalie", PRIVATE, KEPT):
            assert mark not in response.get_data(as_text=True), (name, mark)
    assert found == expected
    assert house.stored() == before


# What may stand in the answers of those who are let in. "out" is the other way round.
KNOWS: dict[str, set[str]] = {
    "doctor": {CPR, "Amalie", PRIVATE, KEPT, OTHER_NAME, OTHER_CPR},
    "staff": {CPR, "Amalie", KEPT, OTHER_NAME, OTHER_CPR},
    "midwife": {CPR, "Amalie"},
    "her": {CPR, "Amalie", KEPT},
    "other_woman": {OTHER_CPR, OTHER_NAME},
    "system": {CPR, "Amalie", KEPT},
}
MARKS = {CPR, "Amalie", PRIVATE, KEPT, OTHER_NAME, OTHER_CPR}


@pytest.mark.parametrize("caller", CALLERS)
def test_those_let_in_see_what_is_theirs_a_get_changes_nothing_and_reading_is_logged(house: House, caller: str) -> None:
    client = house.client(caller)
    allowed = [one for one in routes(house) if TABLE[one[0]][caller] == "in" and one[0] != "GET citizen.leave"]
    before, found = house.stored(), {}
    for name, rule in [one for one in allowed if one[0].startswith("GET")]:
        logged = _log_length(house)
        response = call(house, client, name, rule)
        found[name] = _outcome(name, response)
        _no_more_than_known(house, caller, name, response)
        if response.status_code == 200 and rule.endpoint not in UNLOGGED:
            assert _log_length(house) > logged, f"{name} was read without a line in the log"
    assert house.stored() == before, "a GET has changed something"
    for name, rule in [one for one in allowed if one[0].startswith("POST")]:
        response = call(house, client, name, rule)
        found[name] = _outcome(name, response)
        _no_more_than_known(house, caller, name, response)
    absent = {
        "GET citizen.own_answers",
        "GET citizen.document",
        "GET citizen.record",
        "GET citizen.emergency_sheet",
        "GET citizen.in_english",
        "GET citizen.sharing",
        "GET citizen.summary",
        "POST citizen.share",
    }  # before anything is signed
    allowed_to_miss = absent if caller == "other_woman" else set()
    assert {name: one for name, one in found.items() if one != "in" and name not in allowed_to_miss} == {}


def _outcome(name: str, response: Any) -> str:
    """Everyone may be sent on to the sign-in page from the start page and after signing out."""
    return "in" if TABLE[name] is EVERYONE and outcome(response) == "door" else outcome(response)


def _log_length(house: House) -> int:
    length = house.session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    house.session.rollback()
    return length


def _no_more_than_known(house: House, caller: str, name: str, response: Any) -> None:
    if response.mimetype == "application/pdf":
        return
    text = response.get_data(as_text=True).replace("-", "").replace("\u2011", "")
    for mark in MARKS - KNOWS.get(caller, set()):
        assert mark.replace("-", "") not in text, f"{caller} sees {mark} at {name}"

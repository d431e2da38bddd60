"""What is said beside the pages says nothing of anybody: the log at its most talkative, addresses, titles, headers,
faults and figures."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import BuildError
from werkzeug.test import TestResponse

from svangre import logs
from tests.access.conftest import KEPT, OTHER_CPR, OTHER_NAME, PRIVATE, House
from tests.access.test_sweep import routes
from tests.pages import parse
from tests.record.conftest import CPR, NAME

NEW = {
    "request_key": "00000000-0000-4000-8000-000000000000", "cpr_number": "0302913338", "name": "Cecilie Nybakke",
    "phone": "20999999", "language": "da",
}  # fmt: skip
ANSWER = "Jeg hedder Amalieansvar"
SECRETS = {
    form
    for number in (CPR, OTHER_CPR, NEW["cpr_number"])
    for form in (number, f"{number[:6]}-{number[6:]}")
} | {NAME, OTHER_NAME, NEW["name"], PRIVATE, KEPT, ANSWER, "20123456", NEW["phone"], "hun@example.org"}  # fmt: skip


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any library says, in the form that the service writes it."""
    root, output = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    logs.start()
    root.handlers[0].setStream(output)  # type: ignore[attr-defined]
    root.setLevel(logging.DEBUG)
    logging.getLogger(logs.OURS).setLevel(logging.DEBUG)
    yield output
    root.handlers[:], level = before
    root.setLevel(level)
    logging.getLogger(logs.OURS).setLevel(logging.NOTSET)
    logging.captureWarnings(False)


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def beside(page: TestResponse) -> str:
    """The address, the title and the headers."""
    title = parse(page).findtext("head/title") if page.mimetype == "text/html" else ""
    return f"{page.request.path}?{page.request.query_string!r} {title} {page.headers}"


def journey(house: House) -> Iterator[TestResponse]:
    """Each page that somebody may see, and what they send."""
    for caller in ("staff", "doctor", "midwife", "admin", "her"):
        client = house.client(caller)
        for name, rule in routes(house):
            if name.startswith("GET") and name != "GET citizen.leave":
                yield client.get(_address(client, rule.endpoint, house), buffered=True)
        yield client.get("/findes-ikke")
        yield from _sent(client, caller)


def _sent(client: FlaskClient, caller: str) -> Iterator[TestResponse]:
    if caller == "staff":
        yield client.post("/graviditet/ny", data=NEW)
        yield client.post("/graviditet/ny", data={**NEW, "cpr_number": f"{CPR}x"})
        yield client.post("/arbejdsliste", data={"q": CPR})
    if caller == "her":
        yield client.post("/mit/contact", data={"preferred_name": ANSWER, "preferred_name-asked": "1"})
        yield client.post("/mit/contact", data={"phone": ANSWER, "phone-asked": "1"})


def _address(client: FlaskClient, endpoint: str, house: House) -> str:
    with house.app.test_request_context():
        try:
            return str(house.app.url_for(endpoint, **house.ids))
        except BuildError:
            return "/findes-ikke"


def test_nothing_of_anybody_is_in_log_addresses_titles_or_headers(house: House, log: io.StringIO) -> None:
    seen = list(journey(house))
    assert {page.status_code for page in seen} >= {200, 303, 404, 410}
    assert [(page.request.path, found) for page in seen if (found := leaks(beside(page)))] == []
    assert log.getvalue().count('"request"') == len(seen)
    assert leaks(log.getvalue()) == []
    assert leaks(house.client("nobody").get("/metrics").text) == []


def test_a_fault_says_where_and_not_what(house: House, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object, **__: object) -> None:
        raise ValueError(f"{CPR} {NAME} {PRIVATE}")

    monkeypatch.setattr("svangre.citizen.home.log_access", fault)
    monkeypatch.setattr("svangre.clinic.worklist.log_access", fault)
    pages = [house.client("her").get("/mit/opslag"), house.client("doctor").get("/arbejdsliste")]
    assert [page.status_code for page in pages] == [500, 500]
    assert log.getvalue().count("ValueError") == 2
    assert leaks(log.getvalue()) == []
    assert [leaks(page.text) for page in pages] == [[], []]

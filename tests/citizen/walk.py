"""A woman who wanders about in the form: types sensible and senseless things, goes back, skips, adds and removes
rows, on two devices at once. Whatever she does, what she was told is saved is stored as she typed it, nothing else is
touched, and there is a way on to sending.

`make walks` takes a thousand of these walks, `make test` a few.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from forms import CATALOGUE
from svangre.catalogue import NOT_ANSWERED, Answer, Item
from svangre.catalogue.parse import parse as parse_typed
from svangre.catalogue.parse import write
from svangre.citizen.saving import mark_of
from svangre.config import DENMARK
from svangre.record import queries
from svangre.record.actions import invitations, pregnancies
from svangre.record.chart import Chart
from svangre.record.models import Pregnancy
from svangre.web.form_builder import PARTS
from tests.builders import Filler
from tests.citizen.conftest import Her
from tests.conftest import TODAY
from tests.pages import CheckedClient, fields_of, find_form, parse

SENSELESS = ("-1", "mange", "99999", "31", "\u202e", "<b>", "x" * 2100, "0", "28-30 dage", "okt")
PAGES = [page.id for page in CATALOGUE.her_pages]
seeds = st.integers(0, 10**6)


class Walk(RuleBasedStateMachine):
    world: ClassVar[Her]
    numbers: ClassVar[Any] = itertools.count(1)

    @initialize()
    def she_comes_in(self) -> None:
        world, at = self.world, datetime.combine(TODAY - timedelta(5), datetime.min.time(), DENMARK)
        made = pregnancies.create_pregnancy(
            world.session, viewer=world.staff, at=at, cpr_number=f"030293{next(self.numbers):04}", name="Testperson",
            visit_on=date(2026, 12, 1),
        )  # fmt: skip
        sent = invitations.invite(world.session, viewer=world.staff, at=at, pregnancy_id=made.id, base_url="")
        self.pregnancy_id = made.id
        self.devices: list[tuple[CheckedClient, TestResponse]] = []
        for _ in range(2):
            phone = world.phone()
            phone.submit(
                phone.get(sent.link), {"code": sent.code, "day": "3", "month": "2", "year": "1993"}, form=sent.link
            )
            if not self.devices:
                phone.submit(phone.get("/mit/dine-data"), form="/mit/dine-data")
            self.devices.append((phone, phone.get("/mit/contact")))

    @rule(seed=seeds, device=st.integers(0, 1), quietly=st.booleans())
    def she_types(self, seed: int, device: int, quietly: bool) -> None:
        phone, page = self.devices[device]
        shown, _ = fields_of(find_form(parse(page), "answers"))
        sent, before = self._typed(shown, Random(seed)), self._chart()
        headers = {"X-Autosave": "1"} if quietly else {}
        after = phone.post(page.request.path, data=sent, headers=headers, follow_redirects=not quietly)
        assert after.status_code in (200, 422), after.status_code
        if quietly:
            assert after.json and after.json["state"] == "saved"
            refused = set(after.json["unusable"])
        else:
            refused = {name[:-6] for name in sent if f'id="{name[:-6]}-error"' in after.text}
            self._stay_or_move(device, phone, after)
        self._compare(before, sent, refused, _row_of(page))

    @rule(seed=seeds, device=st.integers(0, 1))
    def she_presses_a_row(self, seed: int, device: int) -> None:
        """Add, edit, remove or bring back, with whatever stands on the page."""
        phone, page = self.devices[device]
        buttons = [one.get("value", "") for one in parse(page).iter("button") if one.get("name") == "do"]
        if not buttons:
            return
        sent, _ = fields_of(find_form(parse(page), "answers"))
        before = _hers_in(self._chart())
        pressed = Random(seed).choice(buttons)
        after = phone.post(page.request.path, data={**sent.to_dict(flat=False), "do": pressed}, follow_redirects=True)
        assert after.status_code == 200
        self._stay_or_move(device, phone, after)
        stored = _hers_in(self._chart())
        assert {key: stored.get(key) for key in before} == before, "nothing else is touched"

    @rule(seed=seeds, device=st.integers(0, 1))
    def she_goes_elsewhere(self, seed: int, device: int) -> None:
        """By a link of the page, or straight to a page of the form."""
        phone, page = self.devices[device]
        navs = [nav for nav in parse(page).iter("nav") if "me-nav" in nav.get("class", "")]
        onward = [link.get("href", "") for nav in navs for link in nav.iter("a")]
        after = phone.get(Random(seed).choice([*onward, *(f"/mit/{one}" for one in PAGES)]), follow_redirects=True)
        assert after.status_code == 200
        self._stay_or_move(device, phone, after)

    def teardown(self) -> None:
        """From wherever she is she can read it all through and send it."""
        if not hasattr(self, "devices"):
            return
        phone, _ = self.devices[0]
        receipt = phone.submit(phone.get("/mit/gennemse"), form="/mit/gennemse")
        assert "Dine svar er sendt" in receipt.text
        self.world.session.rollback()

    def _stay_or_move(self, device: int, phone: CheckedClient, after: TestResponse) -> None:
        """Where there is nothing to fill in she goes back to a question."""
        page = after if 'id="answers"' in after.text else phone.get("/mit/symptoms_now")
        self.devices[device] = (phone, page)

    def _typed(self, shown: MultiDict[str, str], rng: Random) -> MultiDict[str, str]:
        """The form as she sends it, some of it changed."""
        sent = shown.copy()
        filler = Filler(rng.randrange(10**6), CATALOGUE, only_values=True)
        asked = [CATALOGUE[name[:-6]] for name in sent if name.endswith("-asked")]
        for item in asked:
            if item.kind_name == "group" or rng.random() < 0.4:
                continue
            for part in PARTS:
                sent.poplist(_name(item, part))
            if rng.random() < 0.2:
                sent[_name(item, rng.choice(("", "low") if item.kind_name == "interval" else ("", "year")))] = (
                    rng.choice(SENSELESS)
                )
            elif rng.random() < 0.9:
                for part, texts in write(item, Answer("value", _hers(item, filler)), in_parts=True).items():
                    sent.setlist(_name(item, part), texts)
        return sent

    def _compare(self, before: Chart, sent: MultiDict[str, str], refused: set[str], row_id: str | None) -> None:
        """What differed from what the page was made with is stored as typed; all else is as it was."""
        after = self._chart()
        stored, was = _hers_in(after), _hers_in(before)
        for key in stored.keys() | was.keys():
            item, old, new = CATALOGUE[key[0]], was.get(key, NOT_ANSWERED), stored.get(key, NOT_ANSWERED)
            if key[1] != row_id or f"{item.id}-asked" not in sent or item.id in refused or item.kind_name == "group":
                assert new == old, f"{key} was not touched"
                continue
            typed = _read(item, sent)
            is_new = mark_of(typed, before.visibility(item, row_id)) != sent[f"{item.id}-asked"]
            expected = typed if is_new and after.is_shown(item, row_id, to_her=True) else old
            assert new == expected, f"{key}: typed {typed}, stored {new}, before {old}"

    def _chart(self) -> Chart:
        session = self.world.session
        session.rollback()
        pregnancy = session.get_one(Pregnancy, self.pregnancy_id, populate_existing=True)
        chart = queries.whole_chart(session, pregnancy, drafts=True)
        session.rollback()
        return chart


def _hers_in(chart: Chart) -> dict[tuple[str, str | None], Answer]:
    return {key: one.hers.answer for key, one in chart.fields.items() if one.hers}


def _name(item: Item, part: str) -> str:
    return f"{item.id}-{part}" if part else item.id


def _read(item: Item, data: MultiDict[str, str]) -> Answer:
    return parse_typed(item, {part: data.getlist(_name(item, part)) for part in PARTS}, today=TODAY, to_her=True)


def _row_of(page: TestResponse) -> str | None:
    """The row that a page is about: /mit/<page>/<group>/<row>."""
    parts = page.request.path.split("/")
    return parts[4] if len(parts) > 4 else None


def _hers(item: Item, filler: Filler) -> Any:
    """A value that she can give: never one of the clinic's options."""
    keys = {option.key for option in item.options if option.clinic_only}
    while True:
        value = filler.value_of(item)
        if value not in keys if isinstance(value, str) else not keys & set(value if isinstance(value, list) else ()):
            return value

"""One ordinary, prefilled first consultation from worklist to handover: by keyboard alone, then by pointer.

Counts key presses, clicks and the service's time, and sets a keystroke-level estimate (KLM, Card, Moran and Newell
1983) beside them: K 0.28 s a key (an average typist), P 1.1 s to point, B 0.2 s to click, H 0.4 s to move a hand
between mouse and keys, M 1.35 s to think before each decision. What is accepted in bulk counts one M for every answer
in it, since each is to be seen. The talk itself is not in the figure.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, Request, expect, sync_playwright

from bench.place import say
from tests.browser.conftest import CHROMIUM, serve

WOMAN = "Testperson Mie Skovdemo"  # nothing out of the ordinary
KEY, POINT, CLICK, HAND, THINK = 0.28, 1.1, 0.2, 0.4, 1.35
# What the doctor enters: item id → what is typed, or the number of the choice (from 0).
ENTERED: dict[str, str | int] = {
    "weight_today_kg": "68,4", "systolic": "118", "diastolic": "74", "blood_group_sample": 1, "dating_certain": 0,
    "omsorgsniveau": 0, "obstetric_referral": 1, "social_referral": 1, "consent_to_send": 0, "social_vulnerability": 1,
    "resume": "Rask gravid. Ingen bemærkninger.",
}  # fmt: skip
STEPS = 400  # more than any consultation takes
WAITING = """known => [...document.querySelectorAll('[data-line][data-open]')]
  .some((line) => line.offsetParent && !known.includes(line.id))"""


@dataclass
class Tally:
    keys: int = 0
    clicks: int = 0
    turns: int = 0  # of the hand, between mouse and keys
    decisions: int = 0
    requests: int = 0
    waited: float = 0.0  # seconds for the service
    entered: set[str] = field(default_factory=set)

    def heard(self, request: Request) -> None:
        if "/static/" not in request.url and not request.url.endswith("/tilstand"):
            self.requests += 1
            self.waited += max(0.0, request.timing["responseStart"] - request.timing["requestStart"]) / 1000

    @property
    def estimate(self) -> float:
        """Seconds."""
        by_hand = KEY * self.keys + (POINT + CLICK) * self.clicks + HAND * self.turns
        return by_hand + THINK * self.decisions + self.waited


class Hand:
    """What both ways of working share: where one is, what is open, and what is entered in it."""

    def __init__(self, page: Page, tally: Tally) -> None:
        self.page, self.tally = page, tally

    def settle(self) -> None:
        expect(self.page.locator("#saved")).not_to_have_class(re.compile("is-saving"))
        self.page.wait_for_timeout(60)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.tally.keys += times + ("+" in key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.tally.keys += len(text)

    def think(self, times: int = 1) -> None:
        self.tally.decisions += times

    def number(self, button: Locator) -> int:
        found = re.search(r"\d+", button.inner_text())
        return int(found[0]) if found else 1


class Keyboard(Hand):
    """Arrows, letters and what is typed: as the list of keys says."""

    def open(self, name: str) -> None:
        self.think()
        for _ in range(STEPS):
            self.press("ArrowDown")
            if name in (self.page.evaluate("document.activeElement.textContent") or ""):
                return self.press("Enter")
        raise AssertionError(f"{name} is not on the worklist")

    def section(self) -> None:
        bulk = self.page.locator("[data-bulk] button")
        if bulk.count():
            self.think(self.number(bulk))
            self.press("Shift+A")
            self.settle()
        for _ in range(STEPS):
            line = self.page.evaluate(
                "(({id, dataset}) => ({id, open: 'open' in dataset, own: 'own' in dataset}))"
                "(document.activeElement.closest('[data-line]') ?? document.body)"
            )
            if line["open"] and line["id"] not in self.tally.entered:
                self._decide(line)
            elif self.page.evaluate(WAITING, sorted(self.tally.entered)):
                self.press("n")
            else:
                return
            self.settle()

    def _decide(self, line: dict[str, str]) -> None:
        self.think()
        if not line["own"]:
            self.press("a")
            self.tally.entered.add(line["id"]) if line["id"].startswith("r-") else None
            return
        self.tally.entered.add(line["id"])
        for at, (item, value) in enumerate(self._values(line["id"])):
            if at == 0:
                self.press("Enter")
            if isinstance(value, int):
                self.press("ArrowRight", value) if value else self.press("Space")
            else:
                self.type(value)
                self.press("Tab" if item in ("systolic", "resume") else "Enter")
        self.settle()
        self.press("Escape")

    def _values(self, line_id: str) -> Iterator[tuple[str, str | int]]:
        item = line_id.removeprefix("f-")
        for one in (item, "diastolic") if item == "systolic" else (item,):
            if one in ENTERED:
                yield one, ENTERED[one]

    def next_section(self) -> bool:
        if not self.page.locator("#to-next").count():
            return False
        heading = self.page.locator("h1").inner_text()
        self.press("Control+ArrowRight")
        expect(self.page.locator("h1")).not_to_have_text(heading)
        self.page.wait_for_selector(".cl-script")
        return True

    def sign(self) -> None:
        self.press("Control+Enter")
        self.page.wait_for_url("**/skriv-under")
        self.page.wait_for_selector("#sign")
        self.think(2)  # what is missing, who gets it
        if self.page.locator("#without_prf").count():
            raise AssertionError(f"missing: {self.page.locator('.cl-panel--stop').inner_text()}")
        self.press("Control+Enter", 2)


class Pointer(Hand):
    """Every action by its button; text is typed where it must be."""

    def click(self, target: Locator) -> None:
        target.click()
        self.tally.clicks += 1

    def open(self, name: str) -> None:
        self.think()
        self.click(self.page.get_by_role("link", name=name))

    def section(self) -> None:
        bulk = self.page.locator("[data-bulk] button")
        if bulk.count():
            self.think(self.number(bulk))
            self.click(bulk)
            self.settle()
        for _ in range(STEPS):
            accept = self.page.locator("[data-line][data-open]:not([data-own]) button[data-act=A]")
            if not accept.count():
                break
            self.think()
            self.click(accept.first)
            self.settle()
        for item, value in ENTERED.items():
            place = self.page.locator(f"[data-own][data-open] [name={item}]")
            if place.count():
                self._enter(place, value)

    def _enter(self, place: Locator, value: str | int) -> None:
        self.think()
        if isinstance(value, int):
            self.click(place.nth(value))
        else:
            self.click(place)
            self.tally.turns += 2
            self.type(value)
            place.blur()
        self.settle()

    def next_section(self) -> bool:
        following = self.page.locator("#to-next")
        if not following.count():
            return False
        heading = self.page.locator("h1").inner_text()
        self.click(following)
        expect(self.page.locator("h1")).not_to_have_text(heading)
        self.page.wait_for_selector(".cl-script")
        return True

    def sign(self) -> None:
        self.click(self.page.locator("#to-sign"))
        self.page.wait_for_selector("#sign")
        self.think(2)
        self.click(self.page.locator("#sign"))


@contextmanager
def doctors_page() -> Iterator[Page]:
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder) / "data") as service, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        page = browser.new_page(base_url=service.url, viewport={"width": 1440, "height": 900}, locale="da-DK")
        page.goto("/log-ind")
        page.get_by_label("Brugernavn").fill("holm")
        page.get_by_label("Adgangskode").fill("demo")
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_url("**/arbejdsliste")
        yield page
        browser.close()


def consult(page: Page, hand: Keyboard | Pointer) -> Tally:
    """From the worklist to the handover."""
    page.goto("/arbejdsliste")
    page.on("requestfinished", hand.tally.heard)
    hand.open(WOMAN)
    page.wait_for_selector(".cl-script #ident")
    hand.section()
    while hand.next_section():
        hand.section()
    hand.sign()
    page.get_by_text(re.compile("er skrevet under")).wait_for()
    page.remove_listener("requestfinished", hand.tally.heard)
    return hand.tally


def main() -> None:
    for way, kind in (("keyboard", Keyboard), ("pointer", Pointer)):
        with doctors_page() as page:
            tally = consult(page, kind(page, Tally()))
            told = page.get_by_text(re.compile("er skrevet under")).first.inner_text()
            say(way, "key presses, clicks, hand turns", f"{tally.keys}, {tally.clicks}, {tally.turns}")
            say(way, "decisions, each thought of for 1.35 s", str(tally.decisions))
            say(way, "requests, waiting for the service", f"{tally.requests}, {tally.waited:.1f} s")
            minutes, seconds = divmod(round(tally.estimate), 60)
            say(way, "keystroke-level estimate", f"{minutes} min {seconds} s")
            sys.stdout.write(f"{'':<10} {told}\n")


if __name__ == "__main__":
    main()

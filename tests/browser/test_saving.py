"""The consultation while it saves: nothing typed is lost, the focus goes on, and what happened is said by name."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.test_clinic import doctor, open_record, saved, settle, sign_in

__all__ = ["doctor"]
OPEN = "document.activeElement.closest('[data-line]')?.hasAttribute('data-open')"
UNDER_THE_HEAD = """() => {
  const boxes = [document.activeElement, document.getElementById('ident')].map((one) => one.getBoundingClientRect())
  const [line, head] = boxes
  return line.top >= head.bottom && line.bottom <= innerHeight
}"""


def test_what_is_typed_after_the_sign_in_ended_is_saved_after_a_new_one(doctor: Page) -> None:
    open_record(doctor, "Testperson Nanna Berggreen", "Undersøgelser")
    doctor.context.clear_cookies(name="svangre_user")
    field = doctor.get_by_role("textbox", name="Vægt i dag")
    field.fill("83,4")
    field.press("Tab")
    way = doctor.get_by_role("link", name="Log ind i et nyt vindue")
    expect(way).to_be_visible()
    expect(field).to_have_value("83,4")
    sign_in(doctor.context.new_page(), "holm")
    expect(way).to_be_hidden(timeout=20_000)
    saved(doctor)
    doctor.reload()
    expect(field).to_have_value("83,4")


def test_a_wrong_value_tells_at_its_row_while_the_next_is_written(doctor: Page) -> None:
    """Both stand in one line: the focus is in the second when the first turns out wrong."""
    open_record(doctor, "Testperson Nanna Berggreen", "Undersøgelser")
    systolic = doctor.get_by_role("textbox", name="Blodtryk, systolisk")
    diastolic = doctor.get_by_role("textbox", name="Blodtryk, diastolisk")
    systolic.fill("1200")
    systolic.press("Tab")
    expect(doctor.locator("#f-systolic .sv-error")).to_be_visible()
    expect(diastolic).to_be_focused()
    diastolic.fill("80")
    diastolic.press("Tab")
    expect(doctor.locator("#f-diastolic .cl-by")).to_contain_text("ØH")
    expect(systolic).to_have_value("1200")
    expect(doctor.locator("#f-systolic .sv-error")).to_be_visible()
    systolic.fill("120")
    systolic.press("Tab")
    expect(doctor.locator("#f-systolic .sv-error")).to_have_count(0)


def test_the_focus_goes_on_and_the_field_is_named(doctor: Page) -> None:
    open_record(doctor, "Testperson Karla Demolind", "Livsstil")
    spoken = doctor.locator("#spoken")
    doctor.keyboard.press("a")
    expect(spoken).to_contain_text(re.compile(r"^\w.+: Gemt kl"))
    assert doctor.evaluate(OPEN)
    doctor.mouse.wheel(0, 600)
    doctor.keyboard.press("Shift+A")
    expect(spoken).to_contain_text("svar accepteret")
    settle(doctor)
    assert doctor.evaluate(OPEN), "the focus is on the first field that is still open"
    assert doctor.evaluate(UNDER_THE_HEAD), "and that field is in sight"

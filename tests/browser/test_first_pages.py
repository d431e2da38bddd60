"""The service that `make run` starts, in a real browser: it answers, and its front page can be used by anyone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SIZES, assert_accessible


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_the_front_page_can_be_used(open_page: Callable[..., Page], size: str, javascript: bool) -> None:
    page = open_page(size, javascript=javascript)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(page)


def test_the_front_page_can_be_used_at_night(open_page: Callable[..., Page]) -> None:
    page = open_page("phone", color_scheme="dark")
    page.goto("/")
    assert_accessible(page)


def test_an_unknown_address_is_a_kind_page(phone: Page) -> None:
    answer = phone.goto("/findes-ikke")
    assert answer and answer.status == 404
    assert_accessible(phone)

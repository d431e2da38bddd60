"""Telephone numbers and e-mail addresses as people write them."""

from __future__ import annotations

import pytest

from svangre.web.checks import email_problem, phone_problem


@pytest.mark.parametrize("text", ["20000000", "20 00 00 00", "+45 20 00 00 00", "+46 70 123 45 67"])
def test_a_number_that_can_be_called_is_taken(text: str) -> None:
    assert phone_problem(text) is None


@pytest.mark.parametrize("text", ["tolv 34", "1234", "+999 1", "20 00 00 00 00 00 00 00 00"])
def test_a_number_that_cannot_be_called_gets_a_message(text: str) -> None:
    assert phone_problem(text) == "Skriv nummeret med 8 cifre. Har det landekode, så begynd med +."


@pytest.mark.parametrize(("text", "is_good"), [("kvinde@example.org", True), ("anna@@foo", False), ("anna", False)])
def test_an_address_is_looked_at_and_nobody_is_asked(text: str, is_good: bool) -> None:
    assert (email_problem(text) is None) is is_good

"""The house rules find what they are for."""

from __future__ import annotations

import pytest

from tests.house_rules import check_page, find_faults

GOOD = """<!doctype html>
<html lang="da"><head><title>Spørgsmål 2 af 5</title></head><body>
<p class="sv-demo">Demo</p>
<main id="main"><h1>Ryger du nu?</h1>
<form method="post" action="/svar"><label for="a">Antal</label><input id="a" name="a"></form></main>
</body></html>"""


def test_a_good_page_passes() -> None:
    check_page(GOOD, address="/spoergsmaal/2", is_demo=True)


@pytest.mark.parametrize(
    ("instead_of", "write", "fault"),
    [
        ("</main>", "</div>", "not valid HTML"),
        (' lang="da"', "", "no lang"),
        ("Spørgsmål 2 af 5", " ", "no title"),
        ("<h1>", "<h1>To</h1><h1>", "2 h1"),
        ('id="main"', 'id="other"', "one <main"),
        ("sv-demo", "sv-note", "does not say that it is a demo"),
        ('<p class="sv-demo">', '<p class="sv-demo" id="a">', "stands 2 times"),
        ('for="a"', 'for="b"', "points to #b"),
        ("<h1>", '<h1 style="color: red">', "style= on <h1>"),
        ("<h1>", '<h1 onclick="go()">', "onclick= on <h1>"),
        ("</main>", "<script>go()</script></main>", "inline <script>"),
        ('<label for="a">Antal</label>', "", "has no label"),
        ("/svar", "/svar/0101909996", "CPR number"),
        ("Spørgsmål 2 af 5", "010190-9996", "CPR number"),
    ],
)
def test_a_bad_page_is_found(instead_of: str, write: str, fault: str) -> None:
    page = GOOD.replace(instead_of, write, 1)
    assert page != GOOD
    assert fault in "\n".join(find_faults(page, address="/", is_demo=True))


def test_a_cpr_number_in_the_address_itself_is_found() -> None:
    assert list(find_faults(GOOD, address="/graviditet/010190-9996", is_demo=True))

"""A browser for tests: each HTML page it gets must keep the house rules; forms are sent as a browser sends them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.house_rules import check_page, read

NOT_SENT = ("submit", "button", "image", "reset", "file")


def parse(response: TestResponse) -> Element:
    """The tree of a page that was checked; of anything else what a browser would make of it."""
    try:
        return read(response.text)
    except html5lib.html5parser.ParseError:
        page: Element = html5lib.HTMLParser(namespaceHTMLElements=False).parse(response.text)
        return page


def words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def text_of(response: TestResponse) -> str:
    """What a reader sees in the page, in one line."""
    return words(parse(response).find("body"))


def find_form(page: Element, form: str) -> Element:
    """The form whose id is `form`, or whose address ends in it; without a name the only one that posts."""
    forms = list(page.iter("form"))
    if form:
        fitting = [one for one in forms if one.get("id") == form or one.get("action", "").endswith(form)]
    else:
        fitting = [one for one in forms if one.get("method", "get").lower() == "post"]
    assert len(fitting) == 1, f"{len(fitting)} forms {form!r} among {[(f.get('id'), f.get('action')) for f in forms]}"
    return fitting[0]


def controls_of(form: Element, page: Element | None) -> Iterator[Element]:
    """What stands in the form, and what names it from elsewhere on the page."""
    for control in page.iter() if page is not None else ():
        if control.get("form") and control.get("form") == form.get("id"):
            yield control
    yield from (control for control in form.iter() if control.get("form") is None)


def fields_of(form: Element, page: Element | None = None) -> tuple[MultiDict[str, str], dict[str, set[str]]]:
    """What the form would send untouched, and the values that each of its choices offers (empty: anything)."""
    sent: MultiDict[str, str] = MultiDict()
    offered: dict[str, set[str]] = {}
    closed = {one for part in form.iter("fieldset") if part.get("disabled") is not None for one in part.iter()}
    for control in controls_of(form, page):
        name = control.get("name", "")
        if not name or control.get("disabled") is not None or control in closed:
            continue
        kind, value = control.get("type", "text"), control.get("value", "")
        if control.tag == "input" and kind in ("radio", "checkbox"):
            offered.setdefault(name, set()).add(control.get("value", "on"))
            if control.get("checked") is not None:
                sent.add(name, control.get("value", "on"))
        elif control.tag == "input" and kind not in NOT_SENT:
            offered.setdefault(name, set())
            sent.add(name, value)
        elif control.tag == "textarea":
            offered.setdefault(name, set())
            sent.add(name, "".join(control.itertext()))
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = [one for one in options if one.get("selected") is not None] or options[:1]
            offered[name] = {one.get("value", words(one)) for one in options}
            for one in chosen:
                sent.add(name, one.get("value", words(one)))
    return sent, offered


class CheckedClient(FlaskClient):
    """Gets pages, checks each of them, and sends the forms that stand in them."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            policy = response.headers.get("Content-Security-Policy", "")
            assert "default-src 'none'" in policy, f"CSP is {policy!r}"
            assert "unsafe" not in policy, f"CSP is {policy!r}"
            settings = self.application.extensions["settings"]
            check_page(response.text, address=response.request.url, is_demo=settings.demo)
        return response

    def submit(
        self,
        page: TestResponse,
        values: Mapping[str, str | list[str]] | None = None,
        *,
        form: str = "",
        button: str = "",
        follow: bool = True,
    ) -> TestResponse:
        """Fills in a form of the page and sends it, hidden fields and all.

        Only fields and options that the form has can be filled in: for tampered input use `post`. `button` is the
        words on the button pressed; it is needed only where buttons carry a value.
        """
        whole = parse(page)
        element = find_form(whole, form)
        data, offered = fields_of(element, whole)
        for name, value in (values or {}).items():
            given = [value] if isinstance(value, str) else value
            assert name in offered, f"the form has no field {name!r}, only {sorted(offered)}"
            assert not offered[name] or set(given) <= offered[name], f"{name} does not offer {value!r}: {offered[name]}"
            data.setlist(name, given)
        address = element.get("action") or page.request.path
        if button:
            pressed = [one for one in element.iter("button") if words(one).startswith(button)]
            assert len(pressed) == 1, f"{len(pressed)} buttons {button!r}: {[words(b) for b in element.iter('button')]}"
            address = pressed[0].get("formaction") or address
            if pressed[0].get("name"):
                data.add(pressed[0].get("name", ""), pressed[0].get("value", ""))
        if element.get("method", "get").lower() == "get":
            return self.get(address, query_string=data, follow_redirects=follow)
        return self.post(address, data=data, follow_redirects=follow)

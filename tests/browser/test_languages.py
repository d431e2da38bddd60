"""Her pages in languages that nobody speaks: nothing is cut off when words grow, and the page mirrors when they run to
the left.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.serving import make_server

from svangre.config import DENMARK, Settings
from svangre.factory import create_app
from svangre.record import sealing
from svangre.record.database import make_sessions
from svangre.record.models import Pregnancy, SignIn
from svangre.translations import offers, reader
from tests.browser.conftest import assert_accessible
from tests.conftest import TODAY
from tests.translations.pseudo import LEFTWARDS, LONGER, write_both

# Who of the demo, and which of her pages.
PAGES = {
    "half_way": (
        "/mit", "/mit/dine-data", "/mit/contact", "/mit/symptoms_now", "/mit/dates", "/mit/language_and_origin",
        "/mit/earlier_births", "/mit/gennemse", "/mit/hjaelp", "/mit/slut",
    ),
    "bariatric": ("/mit", "/mit/journal"),
    "ordinary": ("/mit/kvittering",),
}  # fmt: skip
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(one => {
  if (!one.innerText?.trim() || one.closest(".sv-vh, .sv-skip, [hidden], .me-first, select")) return false;
  const box = one.getBoundingClientRect();
  if (!box.width) return false;
  const hides = getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return hides || box.left < -1 || box.right > innerWidth + 1;
}).map(one => one.outerHTML.slice(0, 160))"""


class Pages:
    """The demo, served from this process in the languages of a folder."""

    def __init__(self, browser: Browser, sessions: sessionmaker[Session], url: str) -> None:
        self.browser, self.sessions, self.url = browser, sessions, url

    @contextmanager
    def of(self, demo_key: str, language: str) -> Iterator[Page]:
        """A telephone on which she is signed in and reads this language."""
        token = secrets.token_urlsafe(32)
        with self.sessions() as session:
            her = session.scalars(select(Pregnancy).where(Pregnancy.demo_key == demo_key)).one()
            at = datetime.combine(TODAY, datetime.now(DENMARK).time(), DENMARK)
            hashed = sealing.keyring().digest("sign_in", token)
            session.add(SignIn(token_hash=hashed, pregnancy_id=her.id, created_at=at, seen_at=at))
            session.commit()
        context = self.browser.new_context(base_url=self.url, viewport={"width": 390, "height": 844})
        context.set_default_timeout(10_000)
        context.add_cookies([{"name": "svangre_woman", "value": token, "url": self.url}])
        page = context.new_page()
        page.goto(f"/pause?sprog={language}")
        yield page
        context.close()


@pytest.fixture(scope="module")
def pages(chromium: Browser, demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = tmp_path_factory.mktemp("languages")
    shutil.copytree(demo_data, folder / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offers, "folder", write_both(folder / "languages"))
        reader.forget()
        app = create_app(Settings(data_dir=folder / "data", demo=True, fixed_today=TODAY))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        sessions = make_sessions(app.extensions["engine"])
        yield Pages(chromium, sessions, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["engine"].dispose()
    reader.forget()


@pytest.mark.parametrize("language", [LONGER, LEFTWARDS])
def test_nothing_is_cut_off_when_words_grow(pages: Pages, language: str) -> None:
    found = []
    for who, paths in PAGES.items():
        with pages.of(who, language) as page:
            for path in paths:
                page.goto(path)
                assert page.locator("html").get_attribute("lang") == language
                page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
                for width in (390, 320):
                    page.set_viewport_size({"width": width, "height": 844})
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    found += [f"{path}: {wide} px wide in {width}"] if wide > width else []
                    found += [f"{path}, {width} px: {one}" for one in page.evaluate(CUT_OFF)]
    assert found == []


def test_a_page_that_runs_to_the_left_mirrors(pages: Pages) -> None:
    def left_of(locator: str) -> float:
        return float(page.locator(locator).first.evaluate("one => one.getBoundingClientRect().left"))

    with pages.of("half_way", LEFTWARDS) as page:
        page.goto("/mit/symptoms_now")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert left_of(".sv-bar__name") > left_of("[data-exit]"), "the way out stands where a line ends"
        assert left_of(".sv-choice input") > left_of(".sv-choice span"), "the tick stands where a line begins"
        step = page.locator(".sv-steps li")
        assert step.first.bounding_box()["x"] > step.last.bounding_box()["x"], "the first part stands to the right"  # type: ignore[index]
        assert_accessible(page)
        page.goto("/mit/hjaelp")
        borders = page.locator(".sv-note--stop").evaluate(
            "one => [getComputedStyle(one).borderRightWidth, getComputedStyle(one).borderLeftWidth]"
        )
        assert borders == ["4px", "0px"]
        assert "\N{LEFT-TO-RIGHT ISOLATE}70 00 00 01\N{POP DIRECTIONAL ISOLATE}" in page.inner_text("main")

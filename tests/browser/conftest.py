"""A running demo service and a real Chromium for the journeys.

`open_page(size="phone"|"desktop", javascript=True)` gives a page of a new, empty browser; `server.url` is where the
service listens. A script error, a broken CSP or a failed answer on any page fails the test.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from tests.conftest import TODAY, cannot_run

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SIZES = {"phone": (390, 844), "narrow": (320, 640), "desktop": (1440, 900)}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# As root in a container there is no sandbox; the rest keeps Chromium from calling home.
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Chromium fills both cores by itself: these come first, since they take longest, and all in one process."""
    mine = [item for item in items if item.path.is_relative_to(HERE)]
    for item in mine:
        item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item not in mine)


@dataclass
class Service:
    url: str
    data_dir: Path

    def outbox(self) -> list[str]:
        """The messages that the demo's sender wrote, oldest first."""
        return [path.read_text() for path in sorted((self.data_dir / "outbox").glob("*.txt"))]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


FLASK = [sys.executable, "-m", "flask", "--app", "app"]


def _environment(data_dir: Path, port: int) -> dict[str, str]:
    environment = {**os.environ, "DATA_DIR": str(data_dir), "DEMO": "1", "PORT": str(port), "TODAY": TODAY.isoformat()}
    environment.pop("DATABASE_URL", None)
    return environment


@contextmanager
def serve(data_dir: Path) -> Iterator[Service]:
    """The program as `make run` starts it, on a free port, until the block ends."""
    port = _free_port()
    service = Service(f"http://127.0.0.1:{port}", data_dir)
    data_dir.mkdir(exist_ok=True)
    log = data_dir / "server.log"
    with log.open("w") as output:
        environment = _environment(data_dir, port)
        process = subprocess.Popen([*FLASK, "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _wait(process, service.url, log)
            yield service
        finally:
            process.terminate()
            process.wait(20)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """The first start loads the demo, which takes its time on a busy machine."""
    deadline = time.monotonic() + 240
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The service did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A loaded demo at rest, its messages sent and its documents made, to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    subprocess.run([*FLASK, "work", "--once"], cwd=ROOT, env=_environment(folder, 0), check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def server(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service on a fresh copy of the demo, shared by the tests of one module."""
    folder = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demo_data, folder)
    with serve(folder) as service:
        yield service


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        installed = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if not installed and not Path(playwright.chromium.executable_path).exists():
            cannot_run("no Chromium on this machine")
        browser = playwright.chromium.launch(executable_path=installed, args=CHROMIUM)
        yield browser
        browser.close()


@dataclass
class Faults:
    """What went wrong on the pages of one test, without anybody clicking on it."""

    seen: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.seen.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium also logs each 4xx answer; kind error pages are pages too.
        # A test that takes the network away sees that too.
        expected = "status of 4" in message.text or "ERR_INTERNET_DISCONNECTED" in message.text
        if message.type == "error" and not expected:
            self.seen.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document"
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.seen.append(f"{response.status} {response.url}")


@pytest.fixture
def open_page(chromium: Browser, server: Service) -> Iterator[Callable[..., Page]]:
    contexts, faults = [], Faults()

    def open_page(size: str = "phone", *, javascript: bool = True, **options: Any) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        faults.watch(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults.seen, "\n".join(faults.seen)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page("phone")


@pytest.fixture
def phone_without_js(open_page: Callable[..., Page]) -> Page:
    return open_page("phone", javascript=False)


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    return open_page("desktop")


@cache
def _axe() -> str:
    return (HERE / "axe.min.js").read_text()


def assert_accessible(page: Page) -> None:
    """No finding of axe for WCAG 2.2 A and AA and its best practices, and nothing to scroll sideways.

    axe is a script: on a page opened without JavaScript only the width is checked.
    """
    if not page.evaluate("matchMedia('(scripting: none)').matches"):
        page.evaluate(_axe())
        found = page.evaluate("rules => axe.run({runOnly: rules})", AXE_RULES)["violations"]
        lines = [f"{rule['id']}: {rule['help']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
        assert not lines, f"{page.url}\n" + "\n".join(lines)
    width, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= seen, f"{page.url} is {width} px wide in a window of {seen} px"

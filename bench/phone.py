"""Her pages on an old phone: bytes and requests of each page, and the time until its first question can be answered, on
a slow 4G line (150 ms, 1.6 Mbit/s) with a processor four times slower, beside a bare static page of the same bytes.

The service is asked directly: a proxy in front that compresses (deploy/nginx.conf) sends less.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from waitress.server import create_server

from bench.pages import installation, signed_in
from bench.place import say
from svangre.record.models import Pregnancy
from tests.service import free_port, running

ROUNDS = 5
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
PAGES = {
    "sign-in by her link": "/skema/x",
    "what happens with her data": "/mit/dine-data",
    "a step": "/mit/smoking",
    "symptoms": "/mit/symptoms_now",
    "her review": "/mit/gennemse",
}


@dataclass
class Visit:
    """One opening of a page: what went over the wire, and ms until its main part can be used."""

    kilobytes: float
    requests: int
    milliseconds: float


def visit(page: Page, address: str) -> Visit:
    sizes: list[float] = []
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_4G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="load")
    ready = float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    line.detach()
    return Visit(sum(sizes) / 1000, len(sizes), ready)


def median(visits: list[Visit]) -> Visit:
    columns = zip(*((one.kilobytes, one.requests, one.milliseconds) for one in visits), strict=True)
    return Visit(*(statistics.median(column) for column in columns))  # type: ignore[arg-type]


def static_page(size: int) -> tuple[Any, str]:
    """A server of one page of so many bytes: a sentence, a field, and nothing that has to be worked out."""
    body = b"<!doctype html><title>x</title><p>Skriv<input><!--" + b"x" * size + b"-->"

    def app(_environment: Any, start: Any) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body]

    server = create_server(app, host="127.0.0.1", port=free_port())
    Thread(target=server.run, daemon=True).start()
    return server, f"http://127.0.0.1:{server.effective_port}/"


def opened(browser: Browser, url: str, cookie: str, path: str, *, is_first: bool) -> Visit:
    """A page with an empty cache (`is_first`), or as it is after the one before."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "svangre_woman", "value": cookie, "url": url}])
    page = context.new_page()
    if not is_first:
        page.goto(url + "/mit/contact")
    found = visit(page, url + path)
    context.close()
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary) / "data"
        folder.mkdir()
        app = installation(folder)
        with app.extensions["read"]() as session:
            woman = session.scalar(select(Pregnancy.id).where(Pregnancy.stage == "answering"))
        client = signed_in(app, pregnancy_id=woman)
        cookie = client.get_cookie("svangre_woman")
        assert cookie
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with running(folder, DEMO="1") as service:
            for name, path in PAGES.items():
                is_first = path.startswith("/skema")
                rounds = [opened(browser, service.url, cookie.value, path, is_first=is_first) for _ in range(ROUNDS)]
                ours = median(rounds)
                server, address = static_page(int(ours.kilobytes * 1000))
                context = browser.new_context(viewport={"width": 390, "height": 844})
                bare = median([visit(context.new_page(), address) for _ in range(ROUNDS)])
                context.close()
                server.close()
                ratio = ours.milliseconds / bare.milliseconds
                figure = f"{ours.kilobytes:.0f} kB, {ours.requests} requests, {ours.milliseconds:.0f} ms"
                say("phone", name, f"{figure}; bare {bare.milliseconds:.0f} ms: {ratio:.1f} times")
        browser.close()


if __name__ == "__main__":
    main()

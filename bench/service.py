"""The service as it runs: start-up, memory, and Denmark's peak hour times a hundred from real HTTP clients.

Assumptions: 60,000 pregnancies a year, so 240 first visits a working day; a quarter of a day's forms is filled in
within one hour of the evening, 60 women; each sends 60 autosaves and opens 40 pages. That is 6,000 requests in the
hour, 1.7 a second; times a hundred 170 a second. Clients keep to the arrival rate whatever the answers take (open
loop): what cannot be served shows as waiting. One process serves a share of it.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.place import say
from svangre.config import Settings
from tests.durability.torture import ITEM, PAGE, Browser, install
from tests.service import Service, running

PEAK_HUNDREDFOLD = 170.0  # requests a second
SAVES = 0.6  # of the requests


def memory(pid: int) -> float:
    """MB of resident memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def start_up(folder: Path) -> None:
    walls, processors = [], []
    for _ in range(3):
        start = time.monotonic()
        with running(folder, DEMO="1") as service:
            walls.append(time.monotonic() - start)
            processors.append(service.cpu_seconds())
    say("start", "until ready", f"{min(walls):.1f} s, {statistics.median(processors):.1f} s of processor")


class Clients:
    """Requests at a fixed rate, each by whoever is free of the installation's women."""

    def __init__(self, service: Service, tokens: dict[str, str], rate: float, seconds: float) -> None:
        self.port = int(service.url.rpartition(":")[2])
        self.times: list[float] = []
        self.errors = 0
        self.begin, self.rate, self.total = time.monotonic() + 1, rate, int(rate * seconds)
        self.next, self.lock = 0, threading.Lock()
        self.browsers = [Browser([self.port], "svangre_woman", token, 1) for token in tokens.values()]

    def _one(self, number: int) -> None:
        browser = self.browsers[number % len(self.browsers)]
        browser.open(f"/mit/{PAGE}")
        while True:
            with self.lock:
                mine, self.next = self.next, self.next + 1
            if mine >= self.total:
                return
            due = self.begin + mine / self.rate
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                if mine % 10 < SAVES * 10:
                    sent = {ITEM: f"tekst {mine}", f"{ITEM}-asked": "1"}
                    status, _ = browser.ask("POST", f"/mit/{PAGE}", sent, **{"X-Autosave": "1"})
                else:
                    status, _ = browser.ask("GET", f"/mit/{PAGE}")
                self.errors += status != 200
            except (OSError, http.client.HTTPException):
                self.errors += 1
            self.times.append(time.monotonic() - due)

    def run(self, threads: int) -> None:
        crowd = [threading.Thread(target=self._one, args=(number,)) for number in range(threads)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()


def peak(service: Service, tokens: dict[str, str], rate: float, seconds: float) -> None:
    before, start = service.cpu_seconds(), time.monotonic()
    clients = Clients(service, tokens, rate, seconds)
    clients.run(16)
    spent, worked = time.monotonic() - start, service.cpu_seconds() - before
    times = sorted(clients.times)
    say(
        "peak",
        f"{rate:.0f} requests/s, 60 % saves, one process",
        f"p50 {times[len(times) // 2] * 1000:.0f} ms, p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms, "
        f"{clients.errors} errors of {len(times)}",
    )
    each = worked / len(times)
    say(
        "peak",
        "processor a request",
        f"{each * 1000:.0f} ms: the peak hour takes {PEAK_HUNDREDFOLD / 100 * each:.2f} processors, a hundred of them "
        f"{PEAK_HUNDREDFOLD * each:.0f}; {len(times) / spent:.0f} answers/s here",
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rate", type=float, default=10.0, help="requests a second")
    parser.add_argument("--seconds", type=float, default=20.0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        installed = install(Settings(data_dir=Path(folder) / "data", demo=True))
        data = installed.settings.data_dir
        start_up(data)
        with running(data, DEMO="1") as service:
            peak(service, installed.savers, chosen.rate, chosen.seconds)
            (worker,) = service.children()
            say("memory", "pages", f"{memory(service.process.pid):.0f} MB")
            say("memory", "worker, before its first PDF", f"{memory(worker):.0f} MB")
        installed.engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())

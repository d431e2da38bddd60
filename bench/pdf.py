"""The handover of a typical record: how long, beside Chromium's print of the same HTML, and how much memory.

    python bench/pdf.py [renders]

Cold is a new process with everything it imports. Chromium's file is neither PDF/A nor PDF/UA, has no data inside and
differs each time: the figure is for scale only.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from svangre.pdf import handover, render  # noqa: E402
from tests.pdf import charts  # noqa: E402

COLD = """
from svangre.pdf.handover import handover_pdf
from tests.pdf import charts
handover_pdf(charts.typical().chart(), birthplace="X")
"""
GROWTH_ALLOWED = 50  # MB over the renders


def seconds(what: Callable[[], Any], times: int) -> float:
    """The median."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        what()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def megabytes() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def html_of(chart: Any) -> str:
    """The same HTML that is printed, for a browser, with its style."""

    def instead(template: str, *, at: Any, attachments: Any, **context: Any) -> bytes:
        return render.page(template, at=at, **context).encode()

    original, handover.render = handover.render, instead
    try:
        page = handover.handover_pdf(chart, birthplace="X").decode()
    finally:
        handover.render = original
    return page.replace("</head>", f'<link rel="stylesheet" href="{(ROOT / "static/css/print.css").as_uri()}"></head>')


def chromium(html: str) -> None:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if not executable:
        print("chromium                     skipped: there is none")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        start = time.perf_counter()
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--allow-file-access-from-files"],
        )
        page = browser.new_page()

        def print_it() -> bytes:
            page.goto(file.as_uri())
            return page.pdf(prefer_css_page_size=True)

        size = len(print_it())
        cold = time.perf_counter() - start
        warm = seconds(print_it, 10)
        browser.close()
    print(f"chromium, cold               {cold * 1000:7.0f} ms   {size / 1000:.0f} kB")
    print(f"chromium, warm p50           {warm * 1000:7.0f} ms")


def main(renders: int) -> int:
    chart = charts.typical().chart()

    def make() -> bytes:
        return handover.handover_pdf(chart, birthplace="X", attachments={"prf.json": b"{}"})

    cold = seconds(lambda: subprocess.run([sys.executable, "-c", COLD], check=True, cwd=ROOT), 3)
    size = len(make())
    warm = seconds(make, 10)
    print(f"handover, cold process p50   {cold * 1000:7.0f} ms   {size / 1000:.0f} kB")
    print(f"handover, warm p50           {warm * 1000:7.0f} ms")
    chromium(html_of(chart))
    before = megabytes()
    for _ in range(renders):
        make()
    growth = megabytes() - before
    print(f"memory over {renders} renders       {growth:+7.1f} MB   {megabytes():.0f} MB in all")
    return 1 if growth > GROWTH_ALLOWED else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200))

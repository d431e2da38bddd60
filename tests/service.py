"""The program as a process of its own: started, asked, stopped, killed. For tests of what only a process can show."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FLASK = (sys.executable, "-m", "flask", "--app", "app")
PATIENCE = 120.0  # seconds; a machine may be busy
OURS = re.compile("DATA_DIR|DATABASE_URL|DEMO|TODAY|HOST|PORT|BASE_URL|KEY_FILE|SMTP_URL|PROXY_HOPS|MHD_.*|METRICS_.*")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The caller's environment without settings of the program, and these instead."""
    kept = {name: value for name, value in os.environ.items() if not OURS.fullmatch(name)}
    return {**kept, "DATA_DIR": str(data_dir), **settings}


def command(data_dir: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`flask …`, to its end."""
    return subprocess.run(
        [*FLASK, *arguments],
        cwd=ROOT,
        env=environment(data_dir, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@dataclass
class Service:
    """One running `flask serve` or `flask work`."""

    process: subprocess.Popen[str]
    url: str
    log: Path
    killed: bool = field(default=False, init=False)

    @property
    def said(self) -> str:
        return self.log.read_text()

    def lines(self) -> list[dict[str, Any]]:
        """What it logged."""
        return [json.loads(line) for line in self.said.splitlines() if line.startswith("{")]

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url + path, headers=headers), timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait_until(self, path: str = "/ready") -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get(path)[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"it did not come up:\n{self.said}")

    def cpu_seconds(self) -> float:
        """Time on a processor so far, its own and not that of the worker beside it."""
        times = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")

    def children(self) -> list[int]:
        """The worker beside it. Each thread has its own list."""
        lists = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(one) for children in lists for one in children.read_text().split()]

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """As a power cut would, for the process: nothing of it runs on."""
        self.killed = True
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)


@contextmanager
def running(
    data_dir: Path, *arguments: str, port: int | None = None, wait: bool = True, **settings: str
) -> Iterator[Service]:
    """`flask serve` (or another command that stays) until the block ends."""
    port = port or free_port()
    log = data_dir.parent / f"{data_dir.name}-{port}.log"
    with log.open("a") as output:
        process = subprocess.Popen(
            [*FLASK, *(arguments or ("serve",))],
            cwd=ROOT,
            env=environment(data_dir, PORT=str(port), **settings),
            stdout=output,
            stderr=output,
            text=True,
        )
    service = Service(process, f"http://127.0.0.1:{port}", log)
    try:
        if wait:
            service.wait_until()
        yield service
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

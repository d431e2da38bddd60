"""Makes processes of the program that can be killed and made again many times: everything is imported once, then each
is a fork that sets the program up from its settings as `flask serve` and `flask work` do.

Reads lines `web PORT` or `work` and answers each with the new process's id. The lease is short, so that what a dead
worker held is taken up within the campaign; the PDF is a stand-in that takes as long as a quick one.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from svangre import serve, worker
from svangre.config import Settings, from_environment
from svangre.factory import create_app
from svangre.fhir.resources import check
from svangre.record import leasing

LEASE = timedelta(seconds=4)


def _pdf(*_arguments: Any, **_more: Any) -> bytes:
    time.sleep(0.1)
    return b"%PDF-1.7 stand-in"


def _be(kind: str, port: int, settings: Settings, log: Path) -> None:
    """The life of one process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    app = create_app(replace(settings, port=port))
    if kind == "web":
        serve.run(app, with_worker=False)
    else:
        serve.work(app)


def main() -> None:
    settings, log = from_environment(), Path(sys.argv[1])
    leasing.LEASE, leasing.FIRST_WAIT, leasing.LONGEST_WAIT = LEASE, timedelta(seconds=1), timedelta(seconds=5)
    leasing.TRIES = 300  # blows to a worker are tries too
    worker.handover_pdf = _pdf  # type: ignore[assignment]
    worker.POLL = 0.2
    check({"resourceType": "Bundle", "type": "document"})  # loads the classes of fhir.resources
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    print("ready", flush=True)  # noqa: T201  # to the campaign
    for line in sys.stdin:
        kind, _, port = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            try:
                _be(kind, int(port or 0), settings, log)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)
        print(child, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

"""`flask serve` and `flask work`: start, say hello, and stop so that nothing in hand is lost.

The worker is a process of its own beside the pages, so that no page waits while a PDF is made and a crash of one leaves
the other alone. It lives as long as the process that started it.
"""

from __future__ import annotations

import logging
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, cast

import click
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from svangre import logs, startup
from svangre.access.views import DEMO_USERS
from svangre.config import Settings

THREADS = 8
BODY_IN_MEMORY = 6_000_000  # bytes: a file with health data is not laid on disk in clear while it arrives
BODY_MOST = 64_000_000  # what is larger than a page takes is refused by the page, with words; above this without any
REQUESTS_END = 15  # seconds that running requests are given when the service stops
DELIVERY_ENDS = 10  # and the delivery in hand, before it is handed back
WAITS = (1, 2, 5, 15, 30)  # seconds before a worker that ended by itself is started again
log = logging.getLogger(__name__)


def prepare(app: Flask) -> None:
    """What `startup.prepare` does, as a command says it, and the demo into an empty demo."""
    try:
        startup.prepare(app)
    except startup.CannotStart as error:
        raise click.ClickException(str(error)) from error
    settings = cast(Settings, app.extensions["settings"])
    if settings.demo:
        from svangre import demo

        with cast("sessionmaker[Session]", app.extensions["write"])() as session:
            demo.load(session, settings)


def run(app: Flask, *, with_worker: bool = True) -> None:
    """Serves until SIGTERM or Ctrl-C. Running requests finish first; new ones go unanswered."""
    import waitress

    settings = cast(Settings, app.extensions["settings"])
    listener = _listen(settings)  # before the demo is loaded: a taken port is told at once
    prepare(app)
    logs.start()
    app.extensions["stopping"] = stopping = threading.Event()
    server = waitress.create_server(
        app,
        sockets=[listener],
        threads=THREADS,
        ident=None,
        max_request_body_size=BODY_MOST,
        inbuf_overflow=BODY_IN_MEMORY,
    )

    def stop(*_: object) -> None:
        stopping.set()
        server.pull_trigger()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    beside = Beside() if with_worker else None
    _say_hello(settings)
    log.info("serving")
    _loop(server, stopping)
    if beside:
        beside.stop()
    cast(Engine, app.extensions["engine"]).dispose()
    log.info("stopped")


def _listen(settings: Settings) -> socket.socket:
    try:
        family, kind, _proto, _name, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        raise click.ClickException(
            f"Port {settings.port} på {settings.host} kan ikke bruges: {error.strerror}. Stop det andet program, eller "
            f"vælg en anden, for eksempel PORT={settings.port + 1 if settings.port < 65535 else 8000}."
        ) from error
    return listener


def _loop(server: Any, stopping: threading.Event) -> None:
    """waitress's own loop, except that it ends when every request in hand is answered. Its `run` drops the rest of a
    long answer."""
    while not stopping.is_set():
        server.asyncore.loop(timeout=1, map=server._map, count=1)
    server.del_channel()
    server.socket.close()
    deadline = time.monotonic() + REQUESTS_END
    while server.active_channels and time.monotonic() < deadline:
        for channel in list(server.active_channels.values()):
            if not (channel.requests or channel.request or channel.total_outbufs_len):
                channel.handle_close()
        server.asyncore.loop(timeout=0.1, map=server._map, count=1)
    server.task_dispatcher.shutdown(timeout=1)


class Beside:
    """The worker process beside this one, started again when it ends by itself."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process = self._start()
        self.watcher = threading.Thread(target=self._watch, name="worker-watch", daemon=True)
        self.watcher.start()

    def _start(self) -> subprocess.Popen[bytes]:
        app = Path(__file__).parent.parent / "app.py"
        command = [sys.executable, "-m", "flask", "--app", str(app), "work", "--beside"]
        return subprocess.Popen(command, stdin=subprocess.PIPE)

    def _watch(self) -> None:
        ended = 0
        while True:
            started = time.monotonic()
            code = self.process.wait()
            if self.stopping.is_set():
                return
            ended = 0 if time.monotonic() - started > WAITS[-1] else ended + 1
            log.error("the worker ended and is started again", extra={logs.FIELDS: {"exit": code}})
            if self.stopping.wait(WAITS[min(ended, len(WAITS) - 1)]):
                return
            self.process = self._start()

    def stop(self) -> None:
        self.stopping.set()
        self.process.terminate()
        try:
            self.process.wait(DELIVERY_ENDS + 5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()


def work(app: Flask, *, is_beside: bool = False, once: bool = False) -> None:
    """The worker alone, until SIGTERM or Ctrl-C: the delivery in hand is finished, or handed back after a while.

    `is_beside`: also until the process that started it is gone. `once`: until nothing is due.
    """
    from svangre.worker import Worker

    prepare(app)
    worker = Worker(cast(Settings, app.extensions["settings"]), app.extensions["write"])
    if once:
        click.echo(f"{worker.drain()} leveringer.")
        return
    logs.start()

    def stop(*_: object) -> None:
        worker.stopped.set()
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, worker.give_up)
            signal.alarm(DELIVERY_ENDS)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if is_beside:
        threading.Thread(target=_until_orphaned, args=(worker.stopped,), daemon=True).start()
    worker.run()


def _until_orphaned(stopped: threading.Event) -> None:
    """The pipe from the starting process ends with it, however it ends."""
    sys.stdin.buffer.read()
    stopped.set()


def _say_hello(settings: Settings) -> None:
    click.echo(f"\nDigital Svangrejournal: {settings.address}")
    if settings.demo:
        click.echo("Demo. Log ind med adgangskoden »demo« som en af disse:")
        for username, name in DEMO_USERS:
            click.echo(f"  {username:<12} {name}")
        click.echo(f"Beskeder til de gravide skrives i {settings.data_dir / 'outbox'}.")
        click.echo("Dokumenterne til de underskrevne journaler laves i løbet af det første minut.\n")
    sys.stdout.flush()

"""`flask serve`: keys, migrations, demo data into an empty demo, the worker, and waitress; stops gracefully."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType
from typing import cast

import click
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from svangre.access.views import DEMO_USERS
from svangre.config import BadSetting, Settings
from svangre.record import migrate, sealing
from svangre.record.sealing import KeyProblem

THREADS = 8


def prepare(app: Flask) -> None:
    """Keys, folder, schema and demo data: everything before the first request.

    Raises:
        click.ClickException: with what is wrong and what to do.
    """
    settings = cast(Settings, app.extensions["settings"])
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        sealing.keyring()
        engine = cast(Engine, app.extensions["engine"])
        if not migrate.is_current(engine):
            migrate.upgrade(engine)
    except (KeyProblem, BadSetting) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"Der kan ikke skrives i {settings.data_dir}: {error.strerror}.") from error
    except OperationalError as error:
        raise click.ClickException("Databasen svarer ikke. Se DATABASE_URL, og om serveren kører.") from error
    if settings.demo:
        from svangre import demo, worker

        sessions = cast("sessionmaker[Session]", app.extensions["write"])
        with sessions() as session:
            loaded = demo.load(session, settings)
        if loaded:
            worker.Worker(settings, sessions).drain()


def run(app: Flask, *, with_worker: bool = True) -> None:
    """Serves until SIGTERM or Ctrl-C; running requests finish, and the delivery in hand ends or is leased again."""
    import waitress

    from svangre.worker import Worker

    prepare(app)
    settings = cast(Settings, app.extensions["settings"])
    worker = Worker(settings, app.extensions["write"])
    thread = threading.Thread(target=worker.run, name="outbox")
    try:
        server = waitress.create_server(app, host=settings.host, port=settings.port, threads=THREADS, ident=None)
    except OSError as error:
        raise click.ClickException(f"Port {settings.port} kan ikke bruges: {error.strerror}. Sæt PORT.") from error
    if with_worker:
        thread.start()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    _say_hello(settings)
    try:
        server.run()
    finally:
        worker.stopped.set()
        if with_worker:
            thread.join(timeout=20)


def work(app: Flask) -> None:
    """The worker alone, until SIGTERM or Ctrl-C: the delivery in hand is finished first."""
    from svangre.worker import Worker

    prepare(app)
    worker = Worker(cast(Settings, app.extensions["settings"]), app.extensions["write"])
    signal.signal(signal.SIGTERM, lambda *_: worker.stopped.set())
    worker.run()


def _say_hello(settings: Settings) -> None:
    click.echo(f"\nDigital Svangrejournal: {settings.address}")
    if settings.demo:
        click.echo("Demo. Log ind med adgangskoden »demo« som en af disse:")
        for username, name in DEMO_USERS:
            click.echo(f"  {username:<12} {name}")
        click.echo(f"Beskeder til de gravide skrives i {settings.data_dir / 'outbox'}.\n")
    sys.stdout.flush()

"""Everything before the first request: folder, keys, schema, room on the disk. What is wrong is said in Danish, with
what to do about it."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from alembic.util import CommandError
from flask import Flask
from sqlalchemy import Engine, literal, select, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from svangre.config import BadSetting, Settings
from svangre.record import audit, migrate, sealing
from svangre.record.models import Clinic, Woman
from svangre.record.sealing import KeyProblem

log = logging.getLogger(__name__)
LEAST_FREE = 50_000_000  # bytes; below this nobody is promised that something is saved
ONE_AT_A_TIME = 8_230_917  # PostgreSQL's advisory lock while one process migrates


class CannotStart(Exception):
    """The message says what is wrong and what to do."""


def prepare(app: Flask) -> None:
    """Makes the installation ready to serve.

    Raises:
        CannotStart: something must be mended first; nothing was changed that would have to be undone.
    """
    settings = cast(Settings, app.extensions["settings"])
    engine = cast(Engine, app.extensions["engine"])
    _folder(settings.data_dir)
    try:
        keys = sealing.keyring()
    except OSError as error:
        raise CannotStart(f"Nøglefilen kan ikke læses: {error.strerror}. Se KEY_FILE og filens rettigheder.") from error
    except (KeyProblem, BadSetting) as error:
        raise CannotStart(str(error)) from error
    if settings.demo and not keys.is_demo:
        raise CannotStart(f"{settings.data_dir} hører til en rigtig installation. DEMO=1 må kun bruges i en tom mappe.")
    with _database_errors(settings):
        _migrate(engine)
        with cast("sessionmaker[Session]", app.extensions["write"])() as session:
            session.execute(text("update alembic_version set version_num = version_num"))  # may it be written?
            session.rollback()
            _sorts_plainly(session)
            _keys_fit(session)
            _same_kind(session, settings)
            for fault in audit.verify_new(session):  # said, and no reason to leave the clinic without its records
                log.error("the access log is not whole: %s", fault)


def _folder(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=data_dir) as probe:
            probe.write(b"x")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise CannotStart(
            f"Der kan ikke skrives i DATA_DIR, {data_dir}: {error.strerror}. Vælg en anden mappe, eller "
            "giv adgang til den."
        ) from error
    free = shutil.disk_usage(data_dir).free
    if free < LEAST_FREE:
        raise CannotStart(
            f"Der er kun {free // 1_000_000} MB ledig på disken med {data_dir}; der skal være mindst "
            f"{LEAST_FREE // 1_000_000} MB. Ryd op, eller flyt DATA_DIR."
        )


@contextmanager
def _database_errors(settings: Settings) -> Iterator[None]:
    try:
        yield
    except CommandError as error:
        raise CannotStart(
            "Databasen er lavet af en nyere udgave af programmet end denne. Brug den nyere udgave, eller indlæs en "
            "sikkerhedskopi fra før opgraderingen (docs/upgrade.md)."
        ) from error
    except OperationalError as error:
        raise CannotStart(_what_is_wrong(str(error.orig), settings)) from error
    except DatabaseError as error:
        raise CannotStart(
            f"Databasen kan ikke læses: {type(error.orig).__name__}. Er filen eller adressen den rigtige? "
            "Ellers indlæs den nyeste sikkerhedskopi (flask restore)."
        ) from error


def _what_is_wrong(said: str, settings: Settings) -> str:
    if settings.database_url and not settings.database_url.startswith("sqlite"):
        return "Databasen svarer ikke. Se DATABASE_URL, og om PostgreSQL kører og kan nås herfra."
    place = settings.data_dir
    if "readonly" in said or "unable to open" in said:
        return f"Databasen i {place} kan ikke skrives. Ejes filen af den bruger, som programmet kører som?"
    if "locked" in said:
        return f"Databasen i {place} er optaget af et andet program. Vent, til det er færdigt, eller stop det."
    if "full" in said:
        return f"Disken med {place} er fuld. Ryd op, eller flyt DATA_DIR."
    return f"Databasen i {place} kan ikke bruges. Kør: flask doctor"


def _migrate(engine: Engine) -> None:
    """Brings the database to the present schema; of several processes that start at once, one does it."""
    if migrate.is_current(engine):
        return
    if engine.dialect.name != "postgresql":
        migrate.upgrade(engine)
        return
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:key)"), {"key": ONE_AT_A_TIME})
        try:
            migrate.upgrade(engine)
        finally:
            connection.execute(text("select pg_advisory_unlock(:key)"), {"key": ONE_AT_A_TIME})


def _sorts_plainly(session: Session) -> None:
    """Rows are read in the order of their ids. A Danish collation puts »aa« after »z«, newer rows before older ones."""
    if not session.scalar(select(literal("aa") < literal("b"))):
        raise CannotStart(
            "Databasen sorterer efter danske regler. Lav den med: createdb --template=template0 --locale=C.UTF-8"
        )


def _keys_fit(session: Session) -> None:
    """Whether what is stored opens with these keys: one value is enough to tell another installation's key file."""
    woman = session.scalar(select(Woman).limit(1))
    if woman is None:
        return
    try:
        fits = sealing.keyring().blind_index("cpr", woman.cpr) == woman.cpr_index
    except KeyProblem:
        fits = False
    if not fits:
        raise CannotStart(
            "Nøglefilen passer ikke til databasen: det gemte kan ikke læses med den. Sæt KEY_FILE til den "
            "rigtige, eller hent kopien af den."
        )


def _same_kind(session: Session, settings: Settings) -> None:
    is_demo = session.scalar(select(Clinic.is_demo).limit(1))
    if is_demo and not settings.demo:
        raise CannotStart(
            f"{settings.data_dir} indeholder demoens data. En rigtig installation begynder i en tom mappe."
        )

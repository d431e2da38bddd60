"""`flask doctor`: looks at a set-up and says what to mend, a line each. Changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import cast

from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from svangre.config import BadSetting, Settings
from svangre.factory import key_path
from svangre.pdf import render
from svangre.record import audit, leasing, migrate, sealing
from svangre.startup import LEAST_FREE

LATE = timedelta(minutes=15)  # a delivery that has been due so long: no worker runs


def examine(app: Flask) -> list[str]:
    """What is wrong, in Danish, with what to do."""
    settings = cast(Settings, app.extensions["settings"])
    found = [*_folder(settings), *_keys(settings), *_address(settings), *_pdf()]
    engine = cast(Engine, app.extensions["engine"])
    database = list(_database(engine, settings))
    if not database and not found:
        sessions = cast("sessionmaker[Session]", app.extensions["read"])
        with sessions() as session:
            database = [*_log(session), *_outbox(session, settings)]
    return found + database


def _folder(settings: Settings) -> Iterator[str]:
    folder = settings.data_dir
    if not folder.is_dir():
        yield f"DATA_DIR: {folder} findes ikke. Start programmet én gang, eller sæt DATA_DIR."
        return
    if folder.stat().st_mode & 0o077:
        yield f"DATA_DIR: andre brugere kan se ind i {folder}. Kør: chmod 700 {folder}"
    if shutil.disk_usage(folder).free < LEAST_FREE:
        yield f"DATA_DIR: disken med {folder} er næsten fuld. Ryd op, eller flyt DATA_DIR."


def _keys(settings: Settings) -> Iterator[str]:
    path = key_path(settings)
    try:
        ring = sealing.keyring()
    except (sealing.KeyProblem, BadSetting) as error:
        yield f"Nøgler: {error}"
        return
    except OSError as error:
        yield f"Nøgler: {path} kan ikke læses: {error.strerror}."
        return
    if path.stat().st_mode & 0o077:
        yield f"Nøgler: andre brugere kan læse {path}. Kør: chmod 600 {path}"
    if settings.demo and not ring.is_demo:
        yield "DEMO=1 med en rigtig nøglefil. Sæt DEMO=0, eller brug en anden DATA_DIR til demoen."


def _address(settings: Settings) -> Iterator[str]:
    if settings.demo:
        return
    if settings.is_local:
        yield "BASE_URL: begynder ikke med https://. Linket i invitationen virker kun på denne maskine."
    elif not settings.proxy_hops:
        yield "PROXY_HOPS: er 0. Bag en proxy ser alle brugere ud til at komme fra samme adresse."
    if not settings.smtp_url:
        yield f"SMTP_URL: er tom. E-mail bliver liggende i {settings.data_dir / 'outbox'} og når ingen."


def _pdf() -> Iterator[str]:
    try:
        render.load()
    except OSError as error:
        yield f"PDF: et systembibliotek mangler ({str(error).splitlines()[0][:80]}). Kør: make setup"


def _database(engine: Engine, settings: Settings) -> Iterator[str]:
    path = settings.data_dir / "svangre.db"
    if not settings.database_url and not path.exists():
        yield f"Database: der er ingen i {settings.data_dir}. Start programmet én gang."
        return
    try:
        if not migrate.is_current(engine):
            yield "Database: den er ikke af denne udgave. Kør: flask migrate"
        elif engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                if connection.execute(text("pragma quick_check")).scalar() != "ok":
                    yield "Database: filen er beskadiget. Hent den nyeste sikkerhedskopi (flask restore)."
    except SQLAlchemyError as error:
        yield f"Database: den svarer ikke ({type(error).__name__}). Se DATABASE_URL, og om serveren kører."


def _log(session: Session) -> Iterator[str]:
    faults = audit.verify_lines(session)
    if faults:
        yield f"Adgangslog: {faults[0]}{f' og {len(faults) - 1} mere' if faults[1:] else ''}. Kør: flask audit verify"


def _outbox(session: Session, settings: Settings) -> Iterator[str]:
    dead = sum(number for (_, state), number in leasing.counts(session).items() if state == "dead")
    if dead:
        yield f"Udbakke: {dead} forsendelser er opgivet. Se siden Leveringer i klinikken."
    since = leasing.oldest_due(session, settings.now())
    if since and settings.now() - since > LATE:
        yield f"Udbakke: noget har ventet siden {since:%d.%m. kl. %H.%M}. Kører flask work?"

"""How fast the outbox runs empty: deliveries that do nothing, by 1, 2 and 4 worker processes, on both databases.

Beside each figure the same number of bare durable inserts by one connection, since a delivery costs two commits.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bench.place import FAKE_CLINIC, durable_postgres, say
from svangre.config import Settings
from svangre.record import leasing, migrate, outbox, sealing
from svangre.record.database import make_engine, make_sessions
from svangre.record.models import Clinic, Delivery, Pregnancy, Woman

JOBS = 300


def fill(session: Session, settings: Settings) -> None:
    """Every job of a pregnancy of its own, so that none waits for another."""
    at = settings.now()
    clinic = session.scalar(select(Clinic)) or Clinic(**FAKE_CLINIC)
    session.add(clinic)
    session.flush()
    for number in range(JOBS):
        key = f"{time.time_ns()}-{number}"
        woman = Woman(clinic_id=clinic.id, cpr_index=key, cpr="0102933334", name="Testperson")
        session.add(woman)
        session.flush()
        one = Pregnancy(woman_id=woman.id, clinic_id=clinic.id, created_at=at, changed_at=at)
        session.add(one)
        session.flush()
        outbox.enqueue(session, kind="email", purpose="code", key=key, at=at, pregnancy_id=one.id, content={"to": ""})
    session.commit()


def work(settings: Settings, begin: float) -> None:
    sealing.install(sealing.load_keys(settings.data_dir / "keys.json"))
    engine = make_engine(settings.database)
    with make_sessions(engine)() as session:
        session.execute(text("select 1"))
        session.rollback()
        time.sleep(max(0.0, begin - time.time()))
        while delivery := leasing.take(session, settings.now()):
            leasing.finish(session, delivery.id, settings.now(), sent=True, receipt={})
    engine.dispose()


def measure(settings: Settings, workers: int) -> float:
    """Jobs a second."""
    engine = make_engine(settings.database)
    with make_sessions(engine)() as session:
        fill(session, settings)
    begin = time.time() + 2 + workers
    processes = [multiprocessing.Process(target=work, args=(settings, begin)) for _ in range(workers)]
    for one in processes:
        one.start()
    for one in processes:
        one.join()
    spent = time.time() - begin
    with make_sessions(engine)() as session:
        done = session.scalar(select(func.count()).select_from(Delivery).where(Delivery.state == "done")) or 0
        assert done % JOBS == 0, f"{done} done"
    engine.dispose()
    return JOBS / spent


def inserts(settings: Settings) -> float:
    engine = make_engine(settings.database)
    with engine.connect() as connection:
        connection.execute(text("create table bare (id integer, value text)"))
        connection.commit()
        start = time.perf_counter()
        for number in range(JOBS):
            connection.execute(text("insert into bare values (:id, 'x')"), {"id": number})
            connection.commit()
        spent = time.perf_counter() - start
    engine.dispose()
    return JOBS / spent


def main() -> int:
    multiprocessing.set_start_method("spawn")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sealing.install(sealing.create_keys(folder / "keys.json", demo=True))
        server = durable_postgres(stack)
        for name, url in (("SQLite", ""), ("PostgreSQL", server.create("jobs") if server else None)):
            if url is None:
                say("jobs", name, "skipped: no PostgreSQL server")
                continue
            settings = Settings(data_dir=folder, database_url=url, demo=True)
            engine = make_engine(settings.database)
            migrate.upgrade(engine)
            engine.dispose()
            bare = inserts(settings)
            say("jobs", name, f"bare durable insert {bare:.0f}/s")
            for workers in (1, 2, 4):
                rate = measure(settings, workers)
                say("jobs", f"{name}, {workers} workers", f"{rate:.0f} jobs/s, {rate / bare:.2f} of the bare insert")
    return 0


if __name__ == "__main__":
    sys.exit(main())

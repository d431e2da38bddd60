"""Kills web and worker processes at random moments while women answer, doctors sign and documents leave; then counts.

`python -m tests.durability.torture --kills 1000 --database sqlite|postgres`. What must hold afterwards:
every answer whose saving was acknowledged is there; every acknowledged signature is a version with its documents; the
registry has each version once by its key, and the newest counts; every notice by e-mail went at least once; the access
log's chain is whole and the database sound.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session, sessionmaker

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.config import Settings
from svangre.policy import Viewer
from svangre.record import audit, documents, migrate, sealing
from svangre.record.actions import answers, decisions, pregnancies
from svangre.record.database import make_engine, make_sessions
from svangre.record.models import AnswerRow, Birthplace, Clinic, Delivery, Pregnancy, SignIn, User, Version
from svangre.record.sealing import keyring
from tests.builders import PRF_COMPLETE
from tests.delivery.receiver import Receiver, receiving
from tests.postgres import Server, binaries
from tests.service import ROOT, environment, free_port

CPRS = ("1504909996", "1504909988", "1504909961", "1504909953", "1504909945", "1504909937")
SAVERS, SIGNERS = 4, 2
PAGE, ITEM = "what_matters_to_you", "what_matters"
SETTLED = 180.0  # seconds for the last deliveries to leave
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Tally:
    """What was asked for and what was acknowledged, by pregnancy."""

    tried: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    signed: dict[str, list[str]] = field(default_factory=dict)
    unanswered: int = 0
    refused: dict[int, int] = field(default_factory=dict)

    def refuse(self, status: int) -> None:
        self.refused[status] = self.refused.get(status, 0) + 1


class Mailbox:
    """A mail server that keeps the Message-ID of all that it accepts."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        box = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 ready\r\n")
                while line := self.rfile.readline():
                    word = line[:4].upper()
                    if word == b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        body = b""
                        while (part := self.rfile.readline()) not in (b".\r\n", b""):
                            body += part
                        if part and (found := re.search(rb"(?im)^message-id: <([^>]+)>", body)):
                            box.taken.append(found.group(1).decode())
                    self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
                    if word == b"QUIT":
                        return

        class Quiet(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads = True, True

            def handle_error(self, request: object, client_address: object) -> None:
                """The sender was killed in the middle."""

        self.server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"

    @contextmanager
    def open(self) -> Iterator[Mailbox]:
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            thread.join()
            self.server.server_close()


@dataclass
class Installation:
    settings: Settings
    engine: Engine
    savers: dict[str, str]  # pregnancy id → her sign-in token
    signers: list[str]  # pregnancy ids of the doctor
    doctor_token: str
    birthplace_id: str

    @property
    def sessions(self) -> sessionmaker[Session]:
        return make_sessions(self.engine)

    @property
    def reading(self) -> sessionmaker[Session]:
        return make_sessions(self.engine.execution_options(read_only=True))


def install(settings: Settings) -> Installation:
    """A clinic, a doctor, women who have sent their forms (and may add), and women ready to be signed."""
    sealing.install(sealing.create_keys(settings.data_dir / "keys" / "keys.json", demo=True))
    engine = make_engine(settings.database)
    migrate.upgrade(engine)
    at = settings.now()
    with make_sessions(engine)() as session:
        clinic = Clinic(
            name="Lægehuset Testvænget", sor="123451000016001", ydernummer="000000", region="midtjylland",
            phone="70000001", address="Testvænget 1", is_demo=True,
        )  # fmt: skip
        place = Birthplace(name="Demo Nord", sor="1", email="nord@example.org", has_inbox=True, is_demo=True)
        session.add_all([clinic, place])
        session.flush()
        user = User(
            username="holm",
            role="doctor",
            name="Testperson Holm",
            initials="HO",
            password_hash="-",
            clinic_id=clinic.id,
        )
        session.add(user)
        session.commit()
        doctor = Viewer(user.id, "doctor", user.name, user.initials, clinic.id)
        ids = [_woman(session, settings, doctor, cpr) for cpr in CPRS[: SAVERS + SIGNERS]]
        tokens = {one: _sign_in(session, settings, pregnancy_id=one) for one in ids[:SAVERS]}
        token = _sign_in(session, settings, user_id=user.id)
        for one in ids:
            session.get_one(Pregnancy, one).changed_at = at
        session.commit()
        return Installation(settings, engine, tokens, ids[SAVERS:], token, place.id)


def _woman(session: Session, settings: Settings, doctor: Viewer, cpr: str) -> str:
    at = settings.now()
    made = pregnancies.create_pregnancy(
        session, viewer=doctor, at=at, cpr_number=cpr, name="Testperson Nanna", visit_on=settings.today()
    )
    her = Viewer(made.id, "woman", pregnancy_id=made.id)
    given = {**PRF_COMPLETE, "consent_to_send": "yes", "last_period": "2026-09-26"}
    hers = {(key, None): Answer("value", value) for key, value in given.items() if "woman" in CATALOGUE[key].who}
    answers.save_answers(session, viewer=her, at=at, pregnancy_id=made.id, answers=hers)
    answers.submit(session, viewer=her, at=at, pregnancy_id=made.id)
    for key in given.keys() - {key for key, _row in hers}:
        decisions.correct(
            session, viewer=doctor, at=at, pregnancy_id=made.id, item_id=key, answer=Answer("value", given[key])
        )
    return made.id


def _sign_in(session: Session, settings: Settings, **who: str) -> str:
    token = os.urandom(16).hex()
    at = settings.now()
    session.add(SignIn(token_hash=keyring().digest("sign_in", token), created_at=at, seen_at=at, **who))
    session.commit()
    return token


class Program:
    """The web and worker processes of the installation: killed, cut off, and made again."""

    def __init__(self, settings: Settings, webs: int, workers: int) -> None:
        self.log = settings.data_dir.parent / "program.log"
        self.ports = [free_port() for _ in range(webs)]
        variables = environment(
            settings.data_dir, DEMO="1", SMTP_URL=settings.smtp_url, MHD_URL=settings.mhd_url,
            DATABASE_URL=settings.database_url,
        )  # fmt: skip
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.durability.nursery", str(self.log)],
            cwd=ROOT, env=variables, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._read() == "ready"
        self.order = [f"web {port}" for port in self.ports] + ["work"] * workers
        self.pids = [self._make(one) for one in self.order]

    def _read(self) -> str:
        assert self.nursery.stdout
        return self.nursery.stdout.readline().strip()

    def _make(self, what: str) -> int:
        assert self.nursery.stdin
        self.nursery.stdin.write(f"{what}\n")
        self.nursery.stdin.flush()
        return int(self._read())

    def kill(self, index: int) -> None:
        """kill -9, and a new one in its place."""
        os.kill(self.pids[index], signal.SIGKILL)
        while _lives(self.pids[index]):
            time.sleep(0.005)
        self.pids[index] = self._make(self.order[index])

    def cut_off(self, index: int, seconds: float) -> None:
        """It stands still, as a machine that is cut off does, while the others go on; then it comes back."""
        os.kill(self.pids[index], signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(self.pids[index], signal.SIGCONT)

    def stop(self) -> None:
        for pid in self.pids:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 30
        while any(map(_lives, self.pids)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert self.nursery.stdin
        assert self.nursery.stdout
        self.nursery.stdin.close()
        self.nursery.wait(10)
        self.nursery.stdout.close()


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


class Browser:
    """One person's requests, to any of the web processes: nothing is tied to one of them."""

    def __init__(self, ports: list[int], cookie: str, token: str, seed: int) -> None:
        self.ports, self.random = ports, random.Random(seed)
        self.cookies = {cookie: token}
        self.csrf = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.random.choice(self.ports), timeout=15)
        try:
            body = urlencode({"csrf_token": self.csrf, **fields}) if fields is not None else None
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, path, body, {"Cookie": cookies, **kind, **headers})
            answer = connection.getresponse()
            content = answer.read().decode()
            for header in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = header.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, content
        finally:
            connection.close()

    def open(self, path: str) -> None:
        """Until a page with a form has come."""
        while not self.csrf:
            try:
                status, content = self.ask("GET", path)
                found = CSRF.search(content)
                self.csrf = found.group(1) if status == 200 and found else ""
            except (OSError, http.client.HTTPException):
                pass
            if not self.csrf:
                time.sleep(0.1)


class Campaign:
    def __init__(self, installed: Installation, program: Program, seed: int) -> None:
        self.installed, self.program, self.seed = installed, program, seed
        self.tally, self.over = Tally(), threading.Event()

    def _until_over(self, act: Callable[[Browser, str, int], None], browser: Browser, path: str, one: str) -> None:
        browser.open(path)
        number = 0
        while not self.over.is_set():
            number += 1
            try:
                act(browser, one, number)
            except (OSError, http.client.HTTPException):
                self.tally.unanswered += 1
                time.sleep(0.05)

    def save(self, browser: Browser, pregnancy_id: str, number: int) -> None:
        """She adds to her answers; acknowledged when the page says "saved"."""
        value = f"tekst {number}"
        self.tally.tried.setdefault(pregnancy_id, []).append(value)
        sent = {ITEM: value, f"{ITEM}-asked": "1"}
        status, content = browser.ask("POST", f"/mit/{PAGE}", sent, **{"X-Autosave": "1"})
        if status == 200 and '"saved"' in content:
            self.tally.acknowledged.setdefault(pregnancy_id, []).append(value)
        else:
            self.tally.refuse(status)

    def sign(self, browser: Browser, pregnancy_id: str, number: int) -> None:
        """The doctor signs the next version and hands it over; acknowledged when she is sent on to the versions."""
        time.sleep(browser.random.random())
        with self.installed.reading() as session:
            counter = session.scalar(select(Pregnancy.version).where(Pregnancy.id == pregnancy_id))
        reason = f"grund {number}"
        fields = {"version": str(counter), "reason": reason, "birthplace": self.installed.birthplace_id}
        status, _content = browser.ask("POST", f"/graviditet/{pregnancy_id}/skriv-under", fields)
        if status == 303:
            self.tally.signed.setdefault(pregnancy_id, []).append(reason)
        else:
            self.tally.refuse(status)

    def run(self, kills: int, pause: float) -> None:
        """Everybody at work, and `kills` blows at random moments and to random processes."""
        installed, chance = self.installed, random.Random(self.seed)
        people = [
            (self.save, Browser(self.program.ports, "svangre_woman", token, number), f"/mit/{PAGE}", one)
            for number, (one, token) in enumerate(installed.savers.items())
        ] + [
            (
                self.sign,
                Browser(self.program.ports, "svangre_user", installed.doctor_token, number),
                "/arbejdsliste",
                one,
            )
            for number, one in enumerate(installed.signers)
        ]
        threads = [threading.Thread(target=self._until_over, args=one) for one in people]
        for thread in threads:
            thread.start()
        while not all(one.csrf for _act, one, _path, _id in people):
            time.sleep(0.1)
        for number in range(kills):
            time.sleep(chance.random() * pause)
            victim = chance.randrange(len(self.program.pids))
            if number % 20 == 19:
                self.program.cut_off(victim, chance.random() * 6)
            else:
                self.program.kill(victim)
        time.sleep(1)
        self.over.set()
        for thread in threads:
            thread.join()

    def settle(self) -> None:
        """The outbox runs empty."""
        deadline = time.monotonic() + SETTLED
        waiting = 1
        while waiting and time.monotonic() < deadline:
            with self.installed.reading() as session:
                state = select(func.count()).select_from(Delivery).where(Delivery.state == "waiting")
                waiting = session.scalar(state) or 0
            time.sleep(0.3)

    def faults(self, receiver: Receiver, mailbox: Mailbox) -> Iterator[str]:
        """What does not hold, a line each."""
        with self.installed.reading() as session:
            yield from self._answers(session)
            yield from self._versions(session)
            yield from self._sent(session, receiver, mailbox)
            yield from audit.verify(session)
            if self.installed.engine.dialect.name == "sqlite":
                sound = session.scalar(text("pragma integrity_check"))
                if sound != "ok":
                    yield f"SQLite: {sound}"

    def _answers(self, session: Session) -> Iterator[str]:
        for pregnancy_id, acknowledged in self.tally.acknowledged.items():
            rows = session.scalars(
                select(AnswerRow)
                .where(AnswerRow.pregnancy_id == pregnancy_id, AnswerRow.item_id == ITEM)
                .order_by(AnswerRow.id)
            ).all()
            stored = [row.content["value"] for row in rows if row.content["state"] == "value"]
            lost = set(acknowledged) - set(stored)
            if lost:
                yield f"{len(lost)} of {len(acknowledged)} acknowledged answers are lost"
            if not set(stored) <= set(self.tally.tried[pregnancy_id]) or len(set(stored)) != len(stored):
                yield "an answer that nobody gave, or one given once and stored twice"

    def _versions(self, session: Session) -> Iterator[str]:
        for version in session.scalars(select(Version)):
            kinds = documents.kinds(session, version.id)
            if kinds != {"prf", "pscr", "pmr", "handover", "emergency", "ips"}:
                yield f"a version has only the documents {sorted(kinds)}"
        for pregnancy_id, reasons in self.tally.signed.items():
            versions = session.scalars(select(Version).where(Version.pregnancy_id == pregnancy_id)).all()
            lost = set(reasons) - {one.reason for one in versions}
            if lost:
                yield f"{len(lost)} acknowledged signatures are lost"
            if sorted(one.number for one in versions) != list(range(1, len(versions) + 1)):
                yield "version numbers with a gap"

    def _sent(self, session: Session, receiver: Receiver, mailbox: Mailbox) -> Iterator[str]:
        states = dict(session.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all())
        if set(states) - {"done"}:
            yield f"deliveries are left: {states}"
        versions = session.scalar(select(func.count()).select_from(Version)) or 0
        if len(receiver.submissions) != versions:
            yield f"{len(receiver.submissions)} submissions in the registry for {versions} versions"
        if len(receiver.references) != 3 * versions:
            yield f"{len(receiver.references)} documents in the registry for {versions} versions"
        current = [one for one in receiver.references.values() if one["status"] == "current"]
        signed = session.scalar(select(func.count(Version.pregnancy_id.distinct()))) or 0
        if len(current) != 3 * signed:
            yield f"{len(current)} documents count in the registry, and not {3 * signed}"
        keys = session.scalars(select(Delivery.key).where(Delivery.kind == "email")).all()
        missed = {f"{key.replace(':', '.')}@svangrejournal" for key in keys} - set(mailbox.taken)
        if missed:
            yield f"{len(missed)} e-mails never came"

    def summary(self, receiver: Receiver, mailbox: Mailbox) -> str:
        saved = sum(map(len, self.tally.acknowledged.values()))
        signed = sum(map(len, self.tally.signed.values()))
        again = receiver.requests - len(receiver.submissions)
        twice = len(mailbox.taken) - len(set(mailbox.taken))
        return (
            f"{saved} answers and {signed} signatures acknowledged, {self.tally.unanswered} requests unanswered, "
            f"refused {dict(sorted(self.tally.refused.items()))}; registry: {len(receiver.submissions)} submissions, "
            f"{again} sent again; mail: {len(set(mailbox.taken))}, {twice} twice"
        )


def campaign(
    folder: Path, database_url: str, *, kills: int, seed: int, webs: int, workers: int, pause: float
) -> tuple[list[str], str]:
    """Returns the faults and a summary in a line."""
    with ExitStack() as stack:
        mailbox = stack.enter_context(Mailbox().open())
        receiver = stack.enter_context(receiving(None))
        settings = Settings(
            data_dir=folder / "data", database_url=database_url, demo=True, smtp_url=mailbox.url, mhd_url=receiver.url
        )
        installed = install(settings)
        stack.callback(installed.engine.dispose)
        program = Program(settings, webs, workers)
        try:
            run = Campaign(installed, program, seed)
            run.run(kills, pause)
            run.settle()
        finally:
            program.stop()
        return list(run.faults(receiver, mailbox)), run.summary(receiver, mailbox)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--webs", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pause", type=float, default=0.8, help="longest pause between two blows, in seconds")
    chosen = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = ""
        if chosen.database == "postgres":
            found = binaries()
            if found is None:
                print("skipped: no PostgreSQL server on this machine")  # noqa: T201
                return 0
            url = stack.enter_context(Server(found, is_durable=True)).create("torture")
        start = time.monotonic()
        faults, summary = campaign(
            folder,
            url,
            kills=chosen.kills,
            seed=chosen.seed,
            webs=chosen.webs,
            workers=chosen.workers,
            pause=chosen.pause,
        )
        spent = timedelta(seconds=round(time.monotonic() - start))
        print(f"{chosen.database}, {chosen.kills} blows in {spent}, seed {chosen.seed}: {summary}")  # noqa: T201
        for fault in faults:
            print(f"  FAULT: {fault}")  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

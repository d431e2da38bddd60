"""Six main pages beside a bare Flask page that runs the same queries and sends the same bytes; a save beside a bare
durable insert; and the time line of the slowest three with `--profile`.

Processor time of the process (a busy machine lengthens no figure), page and bare page in turn, median of ROUNDS. The
bare page runs the captured SQL on a plain DB-API connection: no ORM, no decryption, no template.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from bench.place import say
from svangre import demo
from svangre.config import Settings
from svangre.factory import create_app
from svangre.record import migrate
from svangre.record.models import Handover, Pregnancy, SignIn, User
from svangre.record.sealing import keyring

ROUNDS = 25
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
Statement = tuple[str, Any]


@dataclass
class Page:
    name: str
    client: FlaskClient
    address: str


def installation(folder: Path) -> Flask:
    """The demo of fourteen women, without its documents."""
    app = create_app(Settings(data_dir=folder, demo=True))
    migrate.upgrade(app.extensions["engine"])
    with app.extensions["write"]() as session:
        demo.load(session, app.extensions["settings"])
    return app


def signed_in(app: Flask, **who: str) -> FlaskClient:
    at, token = app.extensions["settings"].now(), "a-token-of-" + "-".join(who.values())
    with app.extensions["write"]() as session:
        session.add(SignIn(token_hash=keyring().digest("sign_in", token), created_at=at, seen_at=at, **who))
        session.commit()
    client = app.test_client()
    client.set_cookie("svangre_woman" if "pregnancy_id" in who else "svangre_user", token)
    return client


def pages(app: Flask) -> list[Page]:
    with app.extensions["read"]() as session:
        users = dict(session.execute(select(User.username, User.id)).all())
        women = dict(session.execute(select(Pregnancy.demo_key, Pregnancy.id)).all())
        handover = session.scalar(
            select(Handover)
            .join(User, User.birthplace_id == Handover.birthplace_id)
            .where(User.username == "jordemoder")
        )
    assert handover
    ready = next(one for key, one in women.items() if key == "twins")
    doctor, midwife = signed_in(app, user_id=users["holm"]), signed_in(app, user_id=users["jordemoder"])
    with app.extensions["read"]() as session:
        answering = session.scalar(select(Pregnancy.id).where(Pregnancy.stage.in_(("answering", "invited"))))
    assert answering
    her = signed_in(app, pregnancy_id=answering)
    return [
        Page("her step", her, "/mit/what_matters_to_you"),
        Page("her review", her, "/mit/gennemse"),
        Page("worklist", doctor, "/arbejdsliste"),
        Page("consultation", doctor, f"/graviditet/{ready}/stamdata"),
        Page("before signing", doctor, f"/graviditet/{ready}/skriv-under"),
        Page("handover", midwife, f"/indbakke/{handover.id}"),
    ]


def captured(app: Flask, ask: Callable[[], TestResponse]) -> tuple[TestResponse, list[Statement]]:
    """The answer, and every statement that was run for it."""
    statements: list[Statement] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        statements.append((statement, parameters))

    event.listen(app.extensions["engine"], "before_cursor_execute", keep)
    answer = ask()
    event.remove(app.extensions["engine"], "before_cursor_execute", keep)
    return answer, statements


def bare(app: Flask, body: bytes, statements: list[Statement]) -> FlaskClient:
    """A Flask page with the same reading queries and bytes."""
    plain = Flask("bare")
    reading = [one for one in statements if one[0].lstrip().lower().startswith("select")]

    @plain.get("/")
    def page() -> Response:
        connection = app.extensions["engine"].raw_connection()
        try:
            for statement, parameters in reading:
                connection.cursor().execute(statement, parameters).fetchall()
        finally:
            connection.close()
        return Response(body, mimetype="text/html")

    return plain.test_client()


def medians(*asks: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each, in turn."""
    times: list[list[float]] = [[] for _ in asks]
    for number in range(ROUNDS + 3):
        for kept, ask in zip(times, asks, strict=True):
            start = time.process_time()
            ask()
            if number >= 3:
                kept.append((time.process_time() - start) * 1000)
    return [statistics.median(kept) for kept in times]


def profile(page: Page) -> None:
    tracer = cProfile.Profile()
    tracer.enable()
    for _ in range(10):
        page.client.get(page.address)
    tracer.disable()
    stats = pstats.Stats(tracer, stream=sys.stdout)
    stats.sort_stats("cumulative").print_stats(r"svangre|jinja2/environment|html|orm/(query|loading|context)", 25)


def saving(app: Flask, page: Page) -> None:
    """Her autosave beside one bare durable insert, wall clock too: a save waits for the disk."""
    found = CSRF.search(page.client.get(page.address).text)
    assert found
    numbers = iter(range(10_000))

    def save() -> None:
        sent = {"csrf_token": found.group(1), "what_matters": f"tekst {next(numbers)}", "what_matters-asked": "1"}
        answer = page.client.post(page.address, data=sent, headers={"X-Autosave": "1"})
        assert answer.status_code == 200, answer.status

    connection = app.extensions["engine"].raw_connection()
    connection.cursor().execute("create table bare (value text)")

    def insert() -> None:
        cursor = connection.cursor()
        cursor.execute("begin immediate")
        cursor.execute("insert into bare values ('tekst')")
        cursor.execute("commit")

    ours, theirs = medians(save, insert)
    say("save", "autosave", f"{ours:.1f} ms of processor; a bare durable insert {theirs:.2f} ms")
    waits = []
    for work in (save, insert):
        start = time.perf_counter()
        for _ in range(ROUNDS):
            work()
        waits.append((time.perf_counter() - start) / ROUNDS * 1000)
    say("save", "wall clock", f"{waits[0]:.1f} ms; a bare durable insert {waits[1]:.2f} ms")
    connection.close()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--profile", action="store_true", help="where the time of the slowest three goes")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = installation(Path(folder))
        measured = []
        for page in pages(app):
            answer, statements = captured(app, lambda page=page: page.client.get(page.address))  # type: ignore[misc]
            if answer.status_code != 200:
                say("page", page.name, f"answered {answer.status_code}")
                continue
            plain = bare(app, answer.data, statements)
            ours, theirs = medians(lambda page=page: page.client.get(page.address), lambda plain=plain: plain.get("/"))  # type: ignore[misc]
            measured.append((ours, page))
            reads = sum(1 for one in statements if one[0].lstrip().lower().startswith("select"))
            say(
                "page",
                page.name,
                f"{ours:6.1f} ms, bare {theirs:5.2f} ms, {ours / theirs:4.0f} times; "
                f"{reads} reads, {len(answer.data) // 1000} kB",
            )
        saving(app, pages_of_her(measured))
        if chosen.profile:
            for _ours, page in sorted(measured, key=lambda one: -one[0])[:3]:
                say("profile", page.name, "")
                profile(page)
        app.extensions["engine"].dispose()
    return 0


def pages_of_her(measured: list[tuple[float, Page]]) -> Page:
    return next(page for _ours, page in measured if page.name == "her step")


if __name__ == "__main__":
    sys.exit(main())

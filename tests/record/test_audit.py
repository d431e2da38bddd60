"""The access log: every change of it is found and named."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from svangre.record import audit
from svangre.record.database import make_engine, make_sessions
from svangre.record.models import AuditEntry
from tests.record.conftest import START, World

COLUMNS = [column.key for column in inspect(AuditEntry).columns]


@pytest.fixture
def head(tmp_path: Path) -> Iterator[Path]:
    """The head file of an installation that was started once while its log was empty."""
    path = tmp_path / "audit.head"
    audit.keep_head(path)
    yield path
    audit.keep_head(None)


@pytest.fixture
def logged(session: object, head: Path, world: World) -> World:
    """A log with rows, and its head."""
    audit.anchor(world.session, at=world.at)
    for number in range(10):
        audit.write(
            world.session, viewer=world.doctor, at=world.at, action="chart.read", pregnancy_id=world.id, number=number
        )
        world.session.commit()
    assert audit.verify_lines(world.session) == []
    return world


def run(world: World, sql: str, **values: object) -> None:
    world.session.execute(text(sql), values)
    world.session.flush()
    world.session.expire_all()


def faults(world: World) -> list[str]:
    return audit.verify_lines(world.session)


def test_a_row_says_who_did_what_to_which_record_when_why_and_from_where(world: World) -> None:
    world.save(height_cm=168)
    entry = world.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (entry.actor, entry.role, entry.action, entry.why, entry.pregnancy_id, entry.address) == (
        "woman", "woman", "answers.save", "own", world.id, "192.0.2.1",
    )  # fmt: skip
    assert entry.at == START + timedelta(minutes=world.minutes)
    world.accept("consent_to_send") if world.submit() else None
    entry = world.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (entry.actor, entry.organisation, entry.why) == (world.doctor.id, world.doctor.clinic_id, "care")


def test_no_answer_stands_in_the_log(world: World) -> None:
    world.save(what_matters="Hemmelighed", height_cm=168)
    world.submit()
    world.correct("height_cm", 171)
    written = " ".join(str(row) for row in world.session.execute(select(AuditEntry.__table__)))
    assert "Hemmelighed" not in written
    assert "171" not in written.replace(world.id, "")


@pytest.mark.parametrize("column", COLUMNS)
def test_any_change_of_a_row_is_found(logged: World, column: str) -> None:
    """Each column, at its first, middle and last letter, by one bit."""
    seq = 7
    stored = logged.session.scalar(select(AuditEntry.__table__.c[column]).where(AuditEntry.seq == seq))
    if column == "seq":
        run(logged, "update audit set seq = 1007 where seq = 7")
        assert any("row 7" in fault for fault in faults(logged))
        return
    if column == "at":
        run(logged, "update audit set at = :at where seq = 7", at=_moved(logged))
        assert [fault for fault in faults(logged) if fault.startswith("row 7:")]
        return
    if stored in ("", None):
        changes = ["x"]
    else:
        places = {0, len(stored) // 2, len(stored) - 1}
        changes = [stored[:at] + chr(ord(stored[at]) ^ 1) + stored[at + 1 :] for at in places]
    for changed in changes:
        run(logged, f"update audit set {column} = :value where seq = {seq}", value=changed)
        assert [fault for fault in faults(logged) if fault.startswith("row 7:")], (column, changed)
        logged.session.rollback()
        logged.session.expire_all()


def _moved(world: World) -> object:
    if world.session.get_bind().dialect.name == "sqlite":
        at = world.session.scalar(text("select at from audit where seq = 7"))
        return str(at).replace(" ", "T")  # the same moment, written otherwise
    return START + timedelta(seconds=1)


@pytest.mark.parametrize("value", [None, "", "{}x"])
def test_a_cleared_field_is_found(logged: World, value: str | None) -> None:
    if value is None:
        run(logged, "update audit set pregnancy_id = null where seq = 7")
    else:
        run(logged, "update audit set detail = :value where seq = 7", value=value)
    assert [fault for fault in faults(logged) if fault.startswith("row 7:")]


def test_bytes_that_are_no_text_are_named_and_the_rest_is_read(logged: World) -> None:
    if logged.session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL refuses them itself")
    run(logged, "update audit set action = cast(x'ff00fe' as text) where seq = 7")
    assert faults(logged) == ["row 7: changed"]


@pytest.mark.parametrize("seq", [1, 2, 7])
def test_a_deleted_row_is_named(logged: World, seq: int) -> None:
    run(logged, f"delete from audit where seq = {seq}")
    assert f"row {seq}: missing" in faults(logged)


def test_rows_cut_off_at_the_end_are_missed(logged: World) -> None:
    newest = logged.session.scalar(text("select max(seq) from audit"))
    run(logged, f"delete from audit where seq > {newest - 3}")
    assert faults(logged) == [f"row {newest - 2} to {newest}: missing at the end"]


def test_a_cut_and_written_on_log_is_found(logged: World) -> None:
    """The chain itself would be whole again."""
    newest = logged.session.scalar(text("select max(seq) from audit"))
    run(logged, f"delete from audit where seq = {newest}")
    logged.session.commit()
    audit.keep_head(None)  # by somebody who cannot note the new row
    audit.write(logged.session, viewer=logged.doctor, at=logged.at, action="chart.read", pregnancy_id="other")
    logged.session.commit()
    assert list(audit.verify(logged.session)) == []
    audit.keep_head(Path(logged.session.info["head"]))
    assert faults(logged) == [f"row {newest}: is another than was written"]


@pytest.fixture(autouse=True)
def _remember_head(request: pytest.FixtureRequest, session: object) -> None:
    if "head" in request.fixturenames:
        session.info["head"] = str(request.getfixturevalue("head"))  # type: ignore[attr-defined]


def test_an_emptied_log_is_found(logged: World) -> None:
    run(logged, "delete from audit")
    assert len(faults(logged)) == 1


def test_two_rows_that_changed_places_are_found(logged: World) -> None:
    for sql in ("update audit set seq = 0 where seq = 6", "update audit set seq = 6 where seq = 7",
                "update audit set seq = 7 where seq = 0"):  # fmt: skip
        run(logged, sql)
    assert {fault.split(":")[0] for fault in faults(logged)} >= {"row 6", "row 7"}


def test_an_inserted_row_is_found(logged: World) -> None:
    newest = logged.session.scalar(text("select max(seq) from audit"))
    run(
        logged,
        "insert into audit select :seq, at, actor, role, organisation, pregnancy_id, action, why, address, detail, "
        "hash, hash from audit where seq = :newest",
        seq=newest + 1, newest=newest,
    )  # fmt: skip
    assert faults(logged) == [f"row {newest + 1}: changed"]


def test_another_key_makes_nothing_whole(logged: World, tmp_path: Path) -> None:
    from svangre.record import sealing

    mine = sealing.keyring()
    sealing.install(sealing.create_keys(tmp_path / "other" / "keys.json", demo=True))
    assert faults(logged)
    sealing.install(mine)


# The head


def test_every_commit_moves_the_head(logged: World, head: Path) -> None:
    newest = logged.session.scalar(text("select max(seq) from audit"))
    assert json.loads(head.read_text())["head"][0] == newest


def test_what_was_rolled_back_is_not_the_head(logged: World, head: Path) -> None:
    before = head.read_text()
    for end in (logged.session.rollback, logged.session.close):
        audit.write(logged.session, viewer=logged.doctor, at=logged.at, action="chart.read")
        end()
        logged.session.execute(text("select 1"))
        logged.session.commit()
        assert head.read_text() == before


def test_a_missing_or_changed_head_is_a_fault_and_is_made_anew_only_knowingly(logged: World, head: Path) -> None:
    kept = head.read_text()
    head.write_text(kept.replace('"head": [', '"head": [1'))
    assert faults(logged) == ["audit.head: changed"]
    head.unlink()
    audit.write(logged.session, viewer=logged.doctor, at=logged.at, action="chart.read")
    logged.session.commit()
    assert faults(logged)[0].startswith("audit.head: missing")
    assert audit.verify_new(logged.session)
    audit.anchor(logged.session, at=logged.at)
    assert faults(logged) == []
    assert logged.log()[-1] == "audit.anchor"


def test_the_start_up_reads_only_what_is_new_and_the_whole_finds_the_old(logged: World) -> None:
    assert audit.verify_new(logged.session) == []
    run(logged, "update audit set action = 'nothing' where seq = 3")
    logged.session.commit()
    assert audit.verify_new(logged.session) == []
    assert faults(logged) == ["row 3: changed"]
    audit.write(logged.session, viewer=logged.doctor, at=logged.at, action="chart.read")
    logged.session.commit()
    newest = logged.session.scalar(text("select max(seq) from audit"))
    run(logged, f"update audit set action = 'nothing' where seq = {newest}")
    assert audit.verify_new(logged.session) == [f"row {newest}: changed"]


def test_an_empty_log_gets_its_head_at_the_first_start(session: object, head: Path) -> None:
    assert audit.verify_new(session) == []  # type: ignore[arg-type]
    assert head.exists()
    assert audit.verify_lines(session) == []  # type: ignore[arg-type]


def test_writers_at_once_make_one_chain(world: World) -> None:
    where = world.session.get_bind().url.render_as_string(hide_password=False)  # type: ignore[union-attr]
    world.session.commit()

    def write() -> None:
        engine = make_engine(where)
        with make_sessions(engine)() as session:
            for _ in range(15):
                audit.write(session, viewer=world.doctor, at=START, action="chart.read")
                session.commit()
        engine.dispose()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(audit.verify(world.session)) == []
    assert world.log().count("chart.read") == 45


def test_columns_of_the_log_are_all_in_its_hash() -> None:
    """A new column must be hashed too."""
    assert COLUMNS == [
        "seq", "at", "actor", "role", "organisation", "pregnancy_id", "action", "why", "address", "detail", "previous",
        "hash",
    ]  # fmt: skip

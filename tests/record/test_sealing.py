"""What is personal is sealed, each value to its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, create_engine, text

from svangre.record import sealing
from svangre.record.base import Base
from svangre.record.models import AnswerRow, Woman
from svangre.record.sealing import KeyProblem, Keyring, Sealed, create_keys, load_keys
from tests.record.conftest import CPR, NAME, World


def ring(number: int, tmp_path: Path) -> Keyring:
    return create_keys(tmp_path / str(number) / "keys.json", demo=True)


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return ring(1, tmp_path)


def test_what_is_sealed_opens_in_its_place_alone(keys: Keyring) -> None:
    sealed = keys.seal(b"svar", "answer|content|1")
    assert keys.open(sealed, "answer|content|1") == b"svar"
    for elsewhere in ("answer|content|2", "answer|reason|1", "woman|content|1", ""):
        with pytest.raises(KeyProblem):
            keys.open(sealed, elsewhere)


def test_every_bit_counts(keys: Keyring) -> None:
    sealed = keys.seal("æøå".encode(), "a")
    for at in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(KeyProblem):
            keys.open(bytes(changed), "a")


def test_a_cut_value_is_refused(keys: Keyring) -> None:
    sealed = keys.seal(b"svar", "a")
    for length in range(len(sealed)):
        with pytest.raises(KeyProblem):
            keys.open(sealed[:length], "a")


def test_the_same_value_is_never_sealed_alike(keys: Keyring) -> None:
    assert len({keys.seal(b"ja", "a") for _ in range(1000)}) == 1000


def test_an_old_key_opens_and_a_foreign_one_does_not(keys: Keyring, tmp_path: Path) -> None:
    sealed = keys.seal(b"svar", "a")
    newer = Keyring(2, {**keys.keys, 2: b"n" * 32}, keys.index_key, keys.audit_key, True)
    assert newer.open(sealed, "a") == b"svar"
    assert newer.seal(b"svar", "a")[1:3] == b"\x00\x02"
    with pytest.raises(KeyProblem):
        keys.open(newer.seal(b"svar", "a"), "a")
    with pytest.raises(KeyProblem):
        ring(2, tmp_path).open(sealed, "a")


def test_an_index_tells_nothing_without_its_key_and_differs_by_domain(keys: Keyring, tmp_path: Path) -> None:
    assert keys.blind_index("cpr", CPR) == keys.blind_index("cpr", CPR)
    assert keys.blind_index("cpr", CPR) != keys.blind_index("phone", CPR)
    assert keys.blind_index("cpr", CPR) != ring(2, tmp_path).blind_index("cpr", CPR)


# The key file


def test_the_key_file_is_the_owners_and_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "keys.json"
    create_keys(path, demo=False)
    before = path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        create_keys(path, demo=False)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"current": 1, "keys": []}', "\x00"])
def test_what_is_no_key_file_is_said_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(KeyProblem, match="ikke en nøglefil"):
        load_keys(path)


def test_a_missing_or_shortened_key_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="flask keys create"):
        load_keys(tmp_path / "keys.json")
    path = tmp_path / "k" / "keys.json"
    create_keys(path, demo=False)
    stored = json.loads(path.read_text())
    for change in ({"index": stored["index"][:8]}, {"current": 9}, {"keys": {}}):
        path.write_text(json.dumps({**stored, **change}))
        with pytest.raises(KeyProblem, match="ikke en nøglefil"):
            load_keys(path)


# In the tables


def test_nothing_personal_stands_in_the_database_in_clear(world: World) -> None:
    secrets = {"what_matters": "Hemmelighed-A", "family_and_household": "Hemmelighed-B"}
    world.save(height_cm=168, phone="20123456", **secrets)
    world.submit()
    world.correct("safe_at_home_remarks", "Hemmelighed-C")
    world.sign(reason=None)
    world.session.commit()
    raw = create_engine(world.session.get_bind().url)  # type: ignore[union-attr]
    with raw.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name == "form_version":
                continue
            for row in connection.execute(table.select().with_only_columns(*table.c)):
                shown = repr(tuple(row))
                for clear in (CPR, NAME, "Amalie", "20123456", "Hemmelighed", '"168"'):
                    assert clear not in shown, (table.name, clear)
                for value in row:
                    assert not (isinstance(value, bytes) and (b"Hemmelighed" in value or NAME.encode() in value))
    raw.dispose()


def test_two_values_that_changed_places_are_found(world: World) -> None:
    world.save(height_cm=168, weight_before_kg="64.5")
    one, two = world.rows("height_cm")[0].id, world.rows("weight_before_kg")[0].id
    raw = "select content from answer where id = :id"
    contents = [world.session.scalar(text(raw), {"id": id_}) for id_ in (one, two)]
    for id_, content in zip((two, one), contents, strict=True):
        world.session.execute(
            text("update answer set content = :content where id = :id"), {"content": content, "id": id_}
        )
    world.session.expire_all()
    with pytest.raises(KeyProblem):
        world.chart(world.her)
    world.session.rollback()
    world.session.execute(text("update woman set name = cpr"))
    world.session.expire_all()
    with pytest.raises(KeyProblem):
        _ = world.session.get_one(Woman, world.pregnancy.woman_id).name


def test_setting_the_same_value_is_no_change(world: World) -> None:
    woman = world.session.get_one(Woman, world.pregnancy.woman_id)
    woman.name = NAME
    assert woman not in world.session.dirty
    woman.name = "Ny"
    assert woman in world.session.dirty


def test_every_bytes_column_is_a_sealed_one() -> None:
    for mapper in Base.registry.mappers:
        sealed = {name for name, value in vars(mapper.class_).items() if isinstance(value, Sealed)}
        stored = {column.name for column in mapper.local_table.c if isinstance(column.type, LargeBinary)}  # type: ignore[attr-defined]
        assert sealed == stored, mapper.class_


def test_without_keys_nothing_is_read(world: World, tmp_path: Path) -> None:
    world.save(height_cm=168)
    mine = sealing.keyring()
    sealing.install(ring(2, tmp_path))
    world.session.expire_all()
    with pytest.raises(KeyProblem):
        _ = world.session.query(AnswerRow).first().content  # type: ignore[union-attr]
    sealing.install(mine)

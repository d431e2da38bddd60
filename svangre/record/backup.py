"""Backup of one installation on SQLite into one encrypted file, and back. PostgreSQL has its own tools.

File: magic, key id, random backup id, then pieces of at most 1 MiB, each sealed with AES-GCM and bound to backup,
place and whether it is the last: a piece that was changed, moved or cut off is found before anything is put in place.
The keys are not in it. Inside: a tar of the database and of what else lies in DATA_DIR.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import secrets
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from svangre.config import Settings
from svangre.record.sealing import Keyring

MAGIC = b"SVBACK1\n"
PIECE = 1 << 20
DATABASE = "svangre.db"
HEAD = "audit.head"
APART = {"keys", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", HEAD}  # not copied as they lie there


class BackupProblem(Exception):
    """The message says in Danish what is wrong and what to do."""


def backup(settings: Settings, ring: Keyring, file: Path) -> str:
    """Writes everything but the keys into `file`, while the service runs; returns the SHA-256 of the file, which also
    stands beside it as `<file>.sha256`.

    Raises:
        BackupProblem: the file is there already; PostgreSQL; the copy is damaged.
    """
    _only_sqlite(settings)
    if file.exists():
        raise BackupProblem(f"{file} findes allerede og overskrives ikke.")
    part = file.with_name(file.name + ".part")
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=".backup-") as folder:
        head = settings.data_dir / HEAD
        # First the head of the access log, then the log: so the copy never lacks a row that its head knows.
        kept = head.read_bytes() if head.exists() else None
        copy = Path(folder) / DATABASE
        _copy(settings.data_dir / DATABASE, copy)
        with _removed_on_failure(part), part.open("wb") as target:
            part.chmod(0o600)
            pieces = _Sealing(target, ring)
            with tarfile.open(fileobj=pieces, mode="w|", format=tarfile.PAX_FORMAT) as tar:
                tar.add(copy, DATABASE)
                if kept is not None:
                    info = tarfile.TarInfo(HEAD)
                    info.size = len(kept)
                    tar.addfile(info, io.BytesIO(kept))
                for path in sorted(settings.data_dir.iterdir()):
                    if path.name not in APART and not path.name.startswith("."):
                        tar.add(path, path.name)
            pieces.finish()
            target.flush()
            os.fsync(target.fileno())
    part.replace(file)
    digest = _sha256(file)
    file.with_name(file.name + ".sha256").write_text(f"{digest}  {file.name}\n")
    return digest


def restore(settings: Settings, ring: Keyring, file: Path) -> None:
    """Puts a backup into DATA_DIR, which may hold nothing but `keys/`. Nothing is put in place before all is checked.

    Raises:
        BackupProblem: DATA_DIR is not empty; the file is no backup, is damaged, or belongs to other keys.
    """
    _only_sqlite(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    there = sorted(path.name for path in settings.data_dir.iterdir() if path.name != "keys")
    if there:
        raise BackupProblem(
            f"{settings.data_dir} er ikke tom ({', '.join(there[:3])}). Brug en mappe, der kun indeholder keys/."
        )
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix=".restore-") as folder:
        try:
            with file.open("rb") as source:
                pieces = _Opening(source, ring)
                with tarfile.open(fileobj=pieces, mode="r|") as tar:
                    tar.extractall(folder, filter="data")
                pieces.finish()
        except OSError as error:
            raise BackupProblem(f"{file} kan ikke læses: {error.strerror}.") from error
        except tarfile.TarError as error:
            raise BackupProblem(f"{file} er ikke en hel sikkerhedskopi.") from error
        _check(Path(folder) / DATABASE)
        for path in Path(folder).iterdir():
            shutil.move(path, settings.data_dir / path.name)


@contextmanager
def _removed_on_failure(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _only_sqlite(settings: Settings) -> None:
    if settings.database_url and not settings.database_url.startswith("sqlite"):
        raise BackupProblem("Databasen er PostgreSQL: brug pg_dump og pg_restore (README, Backup).")


def _copy(live: Path, copy: Path) -> None:
    """One step of SQLite's own backup: a copied file alone would lack what stands in the WAL beside it."""
    if not live.exists():
        raise BackupProblem(f"Der er ingen database i {live.parent}.")
    with closing(sqlite3.connect(f"file:{live}?mode=ro", uri=True)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    _check(copy)


def _check(database: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("pragma integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        verdict = type(error).__name__
    if verdict != "ok":
        raise BackupProblem("Kopien af databasen er beskadiget. Tag en ny, eller brug en ældre.")


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _cipher(ring: Keyring, key_id: int) -> AESGCM:
    key = ring.keys.get(key_id)
    if key is None:
        raise BackupProblem("Sikkerhedskopien er lavet med en nøgle, der ikke er i nøglefilen.")
    return AESGCM(hmac.new(key, b"backup", hashlib.sha256).digest())  # of its own, apart from the columns' key


class _Sealing(io.RawIOBase):
    """What is written is sealed piece by piece into the file below."""

    def __init__(self, target: IO[bytes], ring: Keyring) -> None:
        self.target, self.cipher, self.id = target, _cipher(ring, ring.current), secrets.token_bytes(16)
        self.number, self.held = 0, bytearray()
        target.write(MAGIC + ring.current.to_bytes(2, "big") + self.id)

    def writable(self) -> bool:
        return True

    def write(self, clear: bytes) -> int:  # type: ignore[override]
        self.held += clear
        while len(self.held) > PIECE:  # one piece is always held back: only the end knows that it is the last
            self._piece(bytes(self.held[:PIECE]), is_last=False)
            del self.held[:PIECE]
        return len(clear)

    def finish(self) -> None:
        self._piece(bytes(self.held), is_last=True)

    def _piece(self, clear: bytes, *, is_last: bool) -> None:
        nonce = secrets.token_bytes(12)
        sealed = nonce + self.cipher.encrypt(nonce, clear, _bound(self.id, self.number, is_last))
        self.target.write(len(sealed).to_bytes(4, "big") + sealed)
        self.number += 1


class _Opening(io.RawIOBase):
    """Reads the clear content; every piece is checked before it is given out."""

    def __init__(self, source: IO[bytes], ring: Keyring) -> None:
        head = source.read(len(MAGIC) + 18)
        if len(head) < len(MAGIC) + 18 or not head.startswith(MAGIC):
            raise BackupProblem("Filen er ikke en sikkerhedskopi herfra.")
        key_id, self.id = int.from_bytes(head[len(MAGIC) :][:2], "big"), head[len(MAGIC) + 2 :]
        self.source, self.cipher = source, _cipher(ring, key_id)
        self.number, self.held, self.is_over = 0, b"", False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self.is_over and (size < 0 or len(self.held) < size):
            self.held += self._piece()
        taken, self.held = (self.held, b"") if size < 0 else (self.held[:size], self.held[size:])
        return taken

    def finish(self) -> None:
        while self.read(PIECE):
            pass

    def _piece(self) -> bytes:
        length = int.from_bytes(self.source.read(4), "big")
        sealed = self.source.read(min(length, PIECE + 64))
        for is_last in (False, True):
            try:
                clear = self.cipher.decrypt(sealed[:12], sealed[12:], _bound(self.id, self.number, is_last))
            except (InvalidTag, ValueError):
                continue
            self.is_over, self.number = is_last, self.number + 1
            if is_last and self.source.read(1):
                break
            return clear
        raise BackupProblem("Sikkerhedskopien er ændret eller afkortet, eller nøglefilen er en anden.")


def _bound(backup_id: bytes, number: int, is_last: bool) -> bytes:
    return backup_id + number.to_bytes(8, "big") + bytes([is_last])

"""Sealed (encrypted) columns: AES-GCM under a key ring, each value bound to its table, column and row.

Envelope: 1 byte format, 2 bytes key id, 12 bytes nonce, ciphertext with tag. A value moved to another row or column
does not open. CPR and phone are found by a keyed blind index.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
SHORTEST = 3 + 12 + 16  # head, nonce and tag of an empty value


class KeyProblem(Exception):
    """The keys are missing or wrong; the message says what to do."""


@dataclass(frozen=True)
class Keyring:
    """Sealing keys by id (the current one seals, the others only open), the index key and the audit key."""

    current: int
    keys: dict[int, bytes]
    index_key: bytes
    audit_key: bytes
    is_demo: bool

    def seal(self, clear: bytes, context: str) -> bytes:
        nonce = secrets.token_bytes(12)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, clear, context.encode())
        return bytes([FORMAT]) + self.current.to_bytes(2, "big") + nonce + sealed

    def open(self, sealed: bytes, context: str) -> bytes:
        """Clear bytes.

        Raises:
            KeyProblem: unknown key, or a value that was changed or moved.
        """
        key = self.keys.get(int.from_bytes(sealed[1:3], "big"))
        if len(sealed) < SHORTEST or sealed[0] != FORMAT or key is None:
            raise KeyProblem("En krypteret værdi kan ikke læses: nøglen mangler i nøglefilen.")
        try:
            return AESGCM(key).decrypt(sealed[3:15], sealed[15:], context.encode())
        except InvalidTag:
            raise KeyProblem("En krypteret værdi er ændret, flyttet eller lavet med en anden nøgle.") from None

    def blind_index(self, domain: str, text: str) -> str:
        return hmac.new(self.index_key, f"{domain}\0{text}".encode(), hashlib.sha256).hexdigest()

    def digest(self, domain: str, text: str) -> str:
        """Keyed hash of a token or code: useless without the key file."""
        return hmac.new(self.audit_key, f"{domain}\0{text}".encode(), hashlib.sha256).hexdigest()


def load_keys(path: Path) -> Keyring:
    """The key ring of a key file.

    Raises:
        KeyProblem: no such file, or not a key file.
    """
    try:
        stored = json.loads(path.read_text())
        ring = Keyring(
            stored["current"],
            {int(number): b64decode(key) for number, key in stored["keys"].items()},
            b64decode(stored["index"]),
            b64decode(stored["audit"]),
            bool(stored["demo"]),
        )
        if ring.current not in ring.keys or {
            len(key) for key in (*ring.keys.values(), ring.index_key, ring.audit_key)
        } != {32}:
            raise ValueError("a key of the wrong length")
        return ring
    except FileNotFoundError:
        raise KeyProblem(f"Nøglefilen {path} findes ikke. Lav en med: flask keys create") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyProblem(f"{path} er ikke en nøglefil.") from None


def create_keys(path: Path, *, demo: bool) -> Keyring:
    """Writes a new key file, readable by its owner alone; never over an old one."""
    new = {name: b64encode(secrets.token_bytes(32)).decode() for name in ("1", "index", "audit")}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(
        {"current": 1, "keys": {"1": new["1"]}, "index": new["index"], "audit": new["audit"], "demo": demo}
    )
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    return load_keys(path)


_loader: list[Callable[[], Keyring]] = []
_installed: list[Keyring] = []


def install(keyring: Keyring) -> None:
    """The process's key ring. One process serves one installation, so it is not carried through every call."""
    _installed[:] = [keyring]


def install_later(loader: Callable[[], Keyring]) -> None:
    """Reads the keys at their first use: printing the catalogue needs none."""
    _loader[:] = [loader]
    _installed.clear()


def keyring() -> Keyring:
    """The installed key ring.

    Raises:
        KeyProblem: there is none.
    """
    if not _installed:
        if not _loader:
            raise KeyProblem("Ingen nøgler er læst.")
        _installed[:] = [_loader[0]()]
    return _installed[0]


class Sealed:
    """Attribute whose JSON value is kept sealed in the column attribute `_<name>`; needs the row's id first."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.column = name, f"_{name}"

    def _context(self, row: Any) -> str:
        return f"{row.__tablename__}|{self.name}|{row.id}"

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        raw = getattr(row, self.column)
        return None if raw is None else json.loads(keyring().open(raw, self._context(row)))

    def __set__(self, row: Any, value: Any) -> None:
        # A fresh nonce makes every sealing differ: an unchanged value must not look changed to the ORM.
        if self.__get__(row) == value:
            return
        clear = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        setattr(row, self.column, None if value is None else keyring().seal(clear, self._context(row)))

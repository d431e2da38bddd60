"""SMART Health Links (HL7 "SMART Health Cards and Links", 1.0.0): the link she shows, and the encrypted summary.

Who has the link has the key in it; the passcode is asked for where the summary is fetched. JWE (RFC 7516) in compact
form, with the key itself (`dir`) and AES-256-GCM.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CONTENT_TYPE = "application/fhir+json;fhirVersion=4.0.1"
FLAGS = "LP"  # what it leads to may change; a passcode is needed
LABEL = "Pregnancy summary"  # at most 80 characters, and nothing that tells whose


def new_key() -> str:
    return _text(secrets.token_bytes(32))


def link(*, manifest: str, key: str, expires_at: datetime) -> str:
    """shlink:/… : the address of the manifest (at most 128 characters), the key and the end."""
    payload = {
        "url": manifest,
        "key": key,
        "exp": int(expires_at.timestamp()),
        "flag": FLAGS,
        "label": LABEL,
        "v": 1,
    }
    return f"shlink:/{_text(_json(payload))}"


def encrypted(content: bytes, key: str) -> str:
    """The content as compact JWE; each time with a nonce of its own."""
    header = _text(_json({"alg": "dir", "enc": "A256GCM", "cty": "application/fhir+json"}))
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(urlsafe_b64decode(key + "=")).encrypt(nonce, content, header.encode())
    return ".".join((header, "", _text(nonce), _text(sealed[:-16]), _text(sealed[-16:])))


def manifest(file: dict[str, str], changed_at: datetime) -> dict[str, Any]:
    """The answer to a manifest request: one file, embedded or at a `location`."""
    moment = changed_at.isoformat(timespec="seconds")
    return {"status": "can-change", "files": [{"contentType": CONTENT_TYPE, **file, "lastUpdated": moment}]}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()

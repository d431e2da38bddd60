"""What she sent after her sign-in had ended: sealed in the page she gets, opened when she has proved herself again.

Bound to her link, so that nobody else who signs in on the same device gets it (docs/adr/0008).
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from svangre.record.sealing import KeyProblem, keyring

LEFT_OUT = ("csrf_token",)


@dataclass(frozen=True)
class Carried:
    path: str
    sent: MultiDict[str, str]


def pack(link: str, path: str, sent: MultiDict[str, str]) -> str:
    fields = [pair for pair in sent.items(multi=True) if pair[0] not in LEFT_OUT]
    clear = json.dumps([path, fields]).encode()
    return urlsafe_b64encode(keyring().seal(clear, f"carried|{link}")).decode()


def unpack(link: str, packed: str) -> Carried | None:
    """None when it was changed or belongs to another link."""
    try:
        path, fields = json.loads(keyring().open(urlsafe_b64decode(packed), f"carried|{link}"))
    except (KeyProblem, ValueError, IndexError):
        return None
    return Carried(path, MultiDict([(name, value) for name, value in fields]))

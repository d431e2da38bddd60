"""Proof of a system: a JWT signed with the private half of the key that it is registered with (RFC 7523)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey, import_key

ALGORITHMS = ["ES256", "ES384", "RS256", "RS384", "PS256", "PS384"]
LONGEST = 300  # seconds that an assertion may be good for
LEEWAY = 30  # seconds that clocks may differ by
SMALLEST_RSA = 2048  # bits
CURVES = ("P-256", "P-384")
LARGEST = 8000  # signs


class BadKey(ValueError):
    """The public key cannot be used; the text (Danish) says why."""


class BadAssertion(ValueError):
    """No proof: malformed, of another key, run out, or meant for somebody else."""


@dataclass(frozen=True)
class Assertion:
    id: str
    expires_at: datetime


def read_public_key(text: str) -> str:
    """The key as it is stored.

    Raises:
        BadKey.
    """
    try:
        key = import_key(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, JoseError):
        raise BadKey("Det er ikke en nøgle i JSON-format (JWK).") from None
    if not isinstance(key, ECKey | RSAKey):
        raise BadKey("Nøglen skal være af typen EC (P-256 eller P-384) eller RSA.")
    if key.is_private:
        raise BadKey(
            "Det er den private nøgle. Den må aldrig forlade systemet: brug den offentlige, og lav et nyt par."
        )
    if isinstance(key, RSAKey) and key.raw_value.key_size < SMALLEST_RSA:
        raise BadKey(f"RSA-nøglen skal have mindst {SMALLEST_RSA} bit.")
    if isinstance(key, ECKey) and key.curve_name not in CURVES:
        raise BadKey("Nøglen skal være af typen EC (P-256 eller P-384) eller RSA.")
    return json.dumps(key.as_dict(private=False), sort_keys=True)


def claimed_client(assertion: str) -> str:
    """Who the assertion says that it is from: to be believed only once `prove` has looked at it.

    Raises:
        BadAssertion.
    """
    try:
        claims = json.loads(jws.extract_compact(assertion.encode()).payload)
        client_id = claims["sub"]
    except (ValueError, TypeError, KeyError, JoseError, RecursionError):
        raise BadAssertion from None
    if not isinstance(client_id, str):
        raise BadAssertion
    return client_id


def prove(assertion: str, *, public_key: str, client_id: str, audience: str) -> Assertion:
    """
    Raises:
        BadAssertion.
    """
    registry = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": client_id},
        sub={"essential": True, "value": client_id},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        jti={"essential": True},
    )
    try:
        claims = jwt.decode(assertion, import_key(json.loads(public_key)), algorithms=ALGORITHMS).claims
        registry.validate(claims)
    except (JoseError, ValueError, TypeError):
        raise BadAssertion from None
    expires_at, jti = claims["exp"], claims["jti"]
    if not isinstance(jti, str) or not 8 <= len(jti) <= 200 or expires_at > registry.now + LONGEST + LEEWAY:
        raise BadAssertion
    return Assertion(jti, datetime.fromtimestamp(expires_at, UTC))

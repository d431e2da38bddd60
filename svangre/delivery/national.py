"""National delivery: the documents of a signed version, provided to a document registry over HTTPS.

`Registry` is the seam: MHD (ITI-65) here; a registry that takes XDS (ITI-41) would be another class. Off until
MHD_URL is set.
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.config import Settings
from svangre.fhir import mhd
from svangre.fhir.resources import MIME
from svangre.record import documents, queries
from svangre.record.chart import Chart
from svangre.record.models import Delivery, Version
from svangre.senders import NotWanted, Refused

KINDS = ("prf", "pscr", "pmr")
TIMEOUT = 30  # seconds
REFUSALS = {400, 413, 422}  # about the documents themselves: sending them again changes nothing
ANSWER_LIMIT = 1_000_000  # bytes


class NotTaken(Exception):
    """The registry did not take it this time."""


class NotWhole(Exception):
    """The registry's answer does not say of every entry that it is stored."""


@dataclass(frozen=True)
class Offer:
    """What is provided: the frozen chart, the documents as they are stored, and what each replaces there."""

    chart: Chart
    documents: Mapping[str, bytes]  # PRF, PSCR, PMR
    replaces: Mapping[str, str]  # the registry's own ids


class Registry(Protocol):
    def provide(self, offer: Offer) -> dict[str, Any]:
        """Stores the documents; the same offer twice is stored once. Returns the receipt, with the registry's id of
        each document under `stored`.

        Raises:
            Refused: it will never take these. Any other exception: try again later.
        """


class MhdRegistry:
    """IHE MHD Document Recipient, by ITI-65 with a client certificate."""

    def __init__(self, settings: Settings) -> None:
        self.url = urlsplit(settings.mhd_url)
        self.context = ssl.create_default_context()
        if settings.mhd_cert:
            self.context.load_cert_chain(settings.mhd_cert, settings.mhd_key)

    def provide(self, offer: Offer) -> dict[str, Any]:
        body = mhd.iti65(offer.chart, offer.documents, replaces=offer.replaces)
        return receipt(body, self._post(body))

    def _post(self, body: bytes) -> bytes:
        host, port = self.url.hostname or "", self.url.port
        connection = (
            http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=self.context)
            if self.url.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        )
        try:
            headers = {"Content-Type": MIME, "Accept": MIME, "Prefer": "return=minimal"}
            connection.request("POST", self.url.path or "/", body, headers)
            answer = connection.getresponse()
            content = answer.read(ANSWER_LIMIT)
        finally:
            connection.close()
        if answer.status in REFUSALS:
            raise Refused(answer.status)
        if answer.status != 200:
            raise NotTaken(answer.status)
        return content


def receipt(asked: bytes, answer: bytes) -> dict[str, Any]:
    """The receipt out of a transaction-response: its entries answer ours one by one, in order.

    Raises:
        NotWhole: not such an answer, an entry that is not stored, or a document without an address.
    """
    try:
        answers = [entry["response"] for entry in json.loads(answer)["entry"]]
        pairs = list(zip(json.loads(asked)["entry"], answers, strict=True))
        refused = [entry for entry, said in pairs if not str(said["status"]).startswith("2")]
        stored = {
            entry["resource"]["type"]["coding"][0]["code"]: _id_in(said["location"])
            for entry, said in pairs
            if entry["resource"]["resourceType"] == "DocumentReference"
        }
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise NotWhole from None
    if refused:
        raise NotWhole
    return {"stored": stored}


def _id_in(location: str) -> str:
    """`[base/]DocumentReference/17/_history/1` → `17`."""
    after = location.rpartition("DocumentReference/")[2]
    found = after.split("/")[0]
    if found == location or not found:
        raise ValueError("no id in the location")
    return found


def prepare(session: Session, delivery: Delivery) -> Offer:
    """What a delivery is to provide, read from the record.

    Raises:
        NotWanted: none of the national documents could be made of this version.
    """
    version = session.get_one(Version, delivery.content["version_id"])
    made = [kind for kind in KINDS if kind in documents.kinds(session, version.id)]
    if not made:
        raise NotWanted
    contents = {kind.upper(): documents.read(session, version.id, kind)[0] for kind in made}
    return Offer(queries.version_chart(session, version), contents, _stored_before(session, delivery))


def _stored_before(session: Session, delivery: Delivery) -> dict[str, str]:
    """Type → the registry's id of the newest document that an earlier version left there."""
    earlier = select(Delivery).where(
        Delivery.pregnancy_id == delivery.pregnancy_id,
        Delivery.purpose == delivery.purpose,
        Delivery.state == "done",
        Delivery.id < delivery.id,
    )
    stored: dict[str, str] = {}
    for one in session.scalars(earlier.order_by(Delivery.id)):
        stored |= one.content.get("receipt", {}).get("stored", {})
    return stored


def make_registry(settings: Settings) -> Registry | None:
    return MhdRegistry(settings) if settings.mhd_url else None

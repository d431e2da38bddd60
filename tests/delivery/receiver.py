"""A document recipient for tests: HTTPS with client certificates, keeps what it is given, answers as MHD says.

It checks what a FHIR server cannot: that the transaction is one of MHD's, that hash and size are those of the bytes,
that what is replaced is retired, and that the same submission twice is stored once.
"""

from __future__ import annotations

import hashlib
import json
import ssl
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from svangre.fhir.resources import check

Answer = tuple[int, Any]


@dataclass
class Receiver:
    """What it stores, and how it shall behave: each of `next_answers` replaces one answer (None: hang up instead)."""

    url: str = ""
    submissions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # uniqueId → answer's entries
    references: dict[str, dict[str, Any]] = field(default_factory=dict)  # id → DocumentReference
    contents: dict[str, bytes] = field(default_factory=dict)  # fullUrl of the Binary → bytes
    clients: list[str] = field(default_factory=list)  # common names of their certificates
    requests: int = 0
    next_answers: list[Callable[[Answer], Answer | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def take(self, body: bytes) -> Answer:
        with self._lock:
            return self._take(body)

    def _take(self, body: bytes) -> Answer:
        bundle = json.loads(body)
        check(bundle)
        assert bundle["type"] == "transaction"
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for entry in bundle["entry"]:
            by_kind.setdefault(entry["resource"]["resourceType"], []).append(entry)
        assert set(by_kind) <= {"List", "DocumentReference", "Binary", "Parameters"}
        (submission,) = (entry["resource"] for entry in by_kind["List"])
        key = next(one["value"] for one in submission["identifier"] if one["use"] == "usual")
        assert key.startswith("urn:oid:")
        if key not in self.submissions:
            self._store(by_kind)
            self.submissions[key] = [self._said(entry) for entry in bundle["entry"]]
        return 200, {"resourceType": "Bundle", "type": "transaction-response", "entry": self.submissions[key]}

    def _store(self, by_kind: dict[str, list[dict[str, Any]]]) -> None:
        contents = {
            entry["fullUrl"]: b64decode(entry["resource"]["data"], validate=True) for entry in by_kind["Binary"]
        }
        listed = {one["item"]["reference"] for one in by_kind["List"][0]["resource"]["entry"]}
        assert listed == {entry["fullUrl"] for entry in by_kind["DocumentReference"]}
        retired = [entry["request"]["url"].split("/")[1] for entry in by_kind.get("Parameters", [])]
        replaced = []
        for entry in by_kind["DocumentReference"]:
            resource = entry["resource"]
            attachment = resource["content"][0]["attachment"]
            content = contents[attachment["url"]]
            assert b64decode(attachment["hash"]) == hashlib.sha1(content).digest()
            assert attachment["size"] == len(content)
            document = json.loads(content)
            assert document["identifier"].items() <= resource["masterIdentifier"].items()
            replaced += [
                one["target"]["reference"].split("/")[1]
                for one in resource.get("relatesTo", [])
                if one["code"] == "replaces"
            ]
            self.references[self._id(entry)] = resource
        assert sorted(retired) == sorted(replaced)
        for one in retired:
            assert self.references[one]["status"] == "current"
            self.references[one]["status"] = "superseded"
        self.contents |= contents

    def _id(self, entry: dict[str, Any]) -> str:
        return f"at-{entry['fullUrl'][-12:]}"

    def _said(self, entry: dict[str, Any]) -> dict[str, Any]:
        kind = entry["resource"]["resourceType"]
        if kind == "Parameters":
            return {"response": {"status": "200 OK", "location": entry["request"]["url"] + "/_history/2"}}
        return {"response": {"status": "201 Created", "location": f"{kind}/{self._id(entry)}/_history/1"}}

    def current(self) -> dict[str, dict[str, Any]]:
        """The documents that count, by type."""
        return {one["type"]["coding"][0]["code"]: one for one in self.references.values() if one["status"] == "current"}


@dataclass(frozen=True)
class Papers:
    """An authority, and certificates of it for the receiver and for us; one of another authority for a stranger."""

    authority: Path
    server: Path
    client: Path
    stranger: Path


def make_papers(folder: Path) -> Papers:
    key, name = ec.generate_private_key(ec.SECP256R1()), "Test authority"
    authority = _certificate(name, key, name, key, is_authority=True)
    (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    other = ec.generate_private_key(ec.SECP256R1())
    return Papers(
        folder / "authority.pem",
        _write(folder / "server.pem", "127.0.0.1", key, name),
        _write(folder / "client.pem", "svangre", key, name),
        _write(folder / "stranger.pem", "stranger", other, "Another authority"),
    )


def _write(path: Path, name: str, issuer_key: ec.EllipticCurvePrivateKey, issuer: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(name, key, issuer, issuer_key)
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool = False,
) -> x509.Certificate:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime.now(UTC) + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if name == "127.0.0.1":
        address = x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))])
        builder = builder.add_extension(address, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


@contextmanager
def receiving(papers: Papers | None) -> Iterator[Receiver]:
    """The receiver, listening on loopback, until the block ends; without papers over plain HTTP."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/fhir+json"
            if isinstance(self.connection, ssl.SSLSocket):
                subject: Any = (self.connection.getpeercert() or {})["subject"]
                receiver.clients.append(subject[0][0][1])
            receiver.requests += 1
            answer: Answer | None = receiver.take(body)
            if receiver.next_answers and answer:
                answer = receiver.next_answers.pop(0)(answer)
            if answer is None:
                self.close_connection = True
                return
            content = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            """A refused client is what some tests are about."""

    server = Quiet(("127.0.0.1", 0), Handler)
    if papers:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(papers.server)
        context.load_verify_locations(papers.authority)
        context.verify_mode = ssl.CERT_REQUIRED
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    receiver.url = f"http{'s' if papers else ''}://127.0.0.1:{server.server_address[1]}/fhir"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

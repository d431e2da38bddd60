"""What operations measure: a log line and a histogram a request, `/metrics` in Prometheus' text format.

Routes are named by their endpoint, never by their address: an address may hold an invitation's token. Counters are this
process's own; the outbox is the installation's.
"""

from __future__ import annotations

import hmac
import logging
import os
import sys
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_address
from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, g, request

from svangre.logs import FIELDS
from svangre.record import leasing
from svangre.web.database import db, now, settings
from svangre.web.signed_in import for_everyone

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
log = logging.getLogger("svangre.request")
blueprint = Blueprint("metrics", __name__)


class Measured:
    """Counters of one process."""

    def __init__(self) -> None:
        self.started = time.time()
        self.requests: Counter[tuple[str, str, int]] = Counter()  # route, method, status
        self.buckets: Counter[tuple[str, int]] = Counter()  # route, index of the first bucket that holds it
        self.seconds: Counter[str] = Counter()
        self._lock = threading.Lock()

    def add(self, route: str, method: str, status: int, seconds: float) -> None:
        with self._lock:
            self.requests[route, method, status] += 1
            self.buckets[route, bisect_left(BUCKETS, seconds)] += 1
            self.seconds[route] += seconds  # type: ignore[assignment]

    def lines(self) -> Iterator[str]:
        with self._lock:
            requests, buckets, seconds = dict(self.requests), dict(self.buckets), dict(self.seconds)
        yield "# TYPE svangre_requests_total counter"
        for (route, method, status), number in sorted(requests.items()):
            yield f'svangre_requests_total{{route="{route}",method="{method}",status="{status}"}} {number}'
        yield "# TYPE svangre_request_seconds histogram"
        for route in sorted(seconds):
            count = 0
            for index, bound in enumerate((*BUCKETS, "+Inf")):
                count += buckets.get((route, index), 0)
                yield f'svangre_request_seconds_bucket{{route="{route}",le="{bound}"}} {count}'
            yield f'svangre_request_seconds_sum{{route="{route}"}} {seconds[route]:.6f}'
            yield f'svangre_request_seconds_count{{route="{route}"}} {count}'


def init_app(app: Flask) -> None:
    app.extensions["measured"] = Measured()

    @app.before_request
    def _begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        route, method = request.endpoint or "unknown", request.method if request.endpoint else "any"
        cast(Measured, app.extensions["measured"]).add(route, method, response.status_code, seconds)
        fields = {"route": route, "method": method, "status": response.status_code, "ms": round(seconds * 1000, 1)}
        log.info("request", extra={FIELDS: fields})
        return response


@blueprint.get("/metrics")
@for_everyone
def metrics() -> Response:
    """For monitoring on this machine, or with `Authorization: Bearer METRICS_TOKEN`; to others it is not there."""
    if not (_is_from_here() or _has_token()):
        abort(404)
    lines = [*cast(Measured, current_app.extensions["measured"]).lines(), *_process(), *_outbox()]
    return Response("\n".join([*lines, ""]), mimetype="text/plain; version=0.0.4")


def _is_from_here() -> bool:
    """From loopback, and not passed on: a proxy on the same machine that we do not know of also comes from there."""
    passed_on = not settings().proxy_hops and "X-Forwarded-For" in request.headers
    try:
        return ip_address(request.remote_addr or "").is_loopback and not passed_on
    except ValueError:
        return False


def _has_token() -> bool:
    wanted = settings().metrics_token
    return bool(wanted) and hmac.compare_digest(
        request.headers.get("Authorization", "").encode(), f"Bearer {wanted}".encode()
    )


def _process() -> Iterator[str]:
    measured = cast(Measured, current_app.extensions["measured"])
    yield "# TYPE process_start_time_seconds gauge"
    yield f"process_start_time_seconds {measured.started:.3f}"
    yield "# TYPE process_cpu_seconds_total counter"
    yield f"process_cpu_seconds_total {time.process_time():.2f}"
    if sys.platform == "linux":
        with open("/proc/self/statm") as file:
            pages = int(file.read().split()[1])
        yield "# TYPE process_resident_memory_bytes gauge"
        yield f"process_resident_memory_bytes {pages * os.sysconf('SC_PAGE_SIZE')}"


def _outbox() -> Iterator[str]:
    yield "# TYPE svangre_deliveries gauge"
    for (purpose, state), number in sorted(leasing.counts(db()).items()):
        yield f'svangre_deliveries{{purpose="{purpose}",state="{state}"}} {number}'
    oldest = leasing.oldest_due(db(), now())
    yield "# TYPE svangre_oldest_due_seconds gauge"
    yield f"svangre_oldest_due_seconds {(now() - oldest).total_seconds() if oldest else 0:.0f}"

"""Files that people send: kept in memory while they are read, never laid on disk in clear."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

import flask


class Request(flask.Request):
    """As long as MAX_CONTENT_LENGTH bounds it, a file fits in memory."""

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()


def allow(request: flask.Request, most_bytes: int) -> None:
    """Lets this request be larger than a form may be. Before anything of it is read."""
    request.max_content_length = most_bytes

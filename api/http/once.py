"""Idempotency keys: a write that is sent again, after an answer was lost, is carried out once and answered alike."""

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Annotated

from fastapi import Header, Request, Response

from api.dependencies import Caller
from api.http.problems import WAIT, Refused

KEY = re.compile(r"[\x21-\x7e]{1,200}")
PASSED_ON = ("content-type", "etag", "location", "content-language")
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Any name for this write; sent again with the same one, it is carried out once.",
    ),
]


async def once(request: Request, caller: Caller, key: str | None, act: Callable[[], Awaitable[Response]]) -> Response:
    """Carry a write out, or answer as it was answered; ``Refused`` where the key names another request."""
    if key is None:
        return await act()
    if not KEY.fullmatch(key):
        raise Refused(400, "bad-idempotency-key", "web.bad_key_form")
    receipts, pools = caller.office.receipts, caller.office.pools
    fingerprint = await _fingerprint(request)
    kept = await pools.keep(receipts.begin, caller.by, key, fingerprint)
    if kept is not None:
        if kept.fingerprint != fingerprint:
            raise Refused(422, "idempotency-key-reused", "web.key_reused")
        if kept.status is None:
            raise Refused(409, "idempotency-key-busy", "web.key_busy", {"Retry-After": str(WAIT)})
        return Response(kept.body, kept.status, kept.headers | {"Idempotent-Replayed": "true"})
    try:
        answer = await act()
    except BaseException:
        await pools.keep(receipts.drop, caller.by, key)
        raise
    headers = {name: value for name, value in answer.headers.items() if name in PASSED_ON}
    await pools.keep(receipts.finish, caller.by, key, answer.status_code, headers, bytes(answer.body))
    return answer


async def _fingerprint(request: Request) -> str:
    known = sha256(f"{request.method} {request.url.path}?{request.url.query}".encode())
    known.update(request.headers.get("if-match", "").encode() + b"\0")
    known.update(await request.body())
    return known.hexdigest()

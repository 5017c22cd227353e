"""A client has so long to send a request, and so much: neither a trickle nor a flood keeps a place for ever."""

import asyncio
import time

from starlette.types import Message, Receive

from api.http.problems import Refused

PAUSE = 3
"""A single pause may take this part of the whole time."""


def within(receive: Receive, seconds: float, most: int) -> Receive:
    """Return a ``receive`` that is refused where the request takes longer or is longer than ``most`` bytes.

    What follows a complete request, the client's leaving, is waited for as long as it takes.
    """
    end = time.monotonic() + seconds
    complete, size = False, 0

    async def hurried() -> Message:
        nonlocal complete, size
        if complete:
            return await receive()
        try:
            async with asyncio.timeout(max(0.0, min(end - time.monotonic(), seconds / PAUSE))):
                message = await receive()
        except TimeoutError:
            raise Refused(408, "slow", "web.slow", {"Connection": "close"}, seconds=round(seconds)) from None
        complete = not message.get("more_body", False)
        size += len(message.get("body", b""))
        if size > most:
            raise too_large(most)
        return message

    return hurried


def too_large(most: int) -> Refused:
    return Refused(413, "too-large", "web.too_large", {"Connection": "close"}, most=f"{most:,}")

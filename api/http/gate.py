"""Who is let in: known host names, no foreign pages, a valid key, and no more requests than agreed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlsplit

from anyio import to_thread
from cachetools import TTLCache
from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.patience import too_large, within
from api.http.problems import WAIT, Refused
from assistant.principal import LOCAL, Principal
from assistant.settings import Settings
from assistant.storage.keys import Keys

PROBES = frozenset(("/healthz", "/readyz"))
"""Asked by machines that know neither name nor key."""
LONG = frozenset(("/v1/documents", "/v1/scorecards:suggestBatch"))
LONGER = 10
"""How much longer than others requests to these may be."""
READING = frozenset(("GET", "HEAD", "OPTIONS"))
TRUSTED = 10.0
"""Seconds for which a key that was looked up is taken as valid; a revoked one stops no later."""
ATTEMPTS = "30/minute"
"""Wrong keys from one address."""


@dataclass
class Doors:
    """The keys, remembered for a moment."""

    keys: Keys
    known: TTLCache[bytes, Principal] = field(default_factory=lambda: TTLCache(4096, TRUSTED))
    asked: TTLCache[str, bool] = field(default_factory=lambda: TTLCache(1, TRUSTED))

    async def of(self, token: str) -> Principal | None:
        digest = sha256(token.encode()).digest()
        if (found := self.known.get(digest)) is not None:
            return found
        key = await to_thread.run_sync(self.keys.find, token)
        if key is None:
            return None
        self.known[digest] = key.principal
        return key.principal

    async def locked(self) -> bool:
        """Tell whether keys were ever made: from then on everybody needs one."""
        if (found := self.asked.get("any")) is None:
            found = self.asked["any"] = await to_thread.run_sync(self.keys.any)
        return found

    def forget(self) -> None:
        """Look every key up anew, once one was made or revoked here."""
        self.known.clear()
        self.asked.clear()


class Counter:
    """Counts requests, in this process or together with others in Valkey."""

    def __init__(self, settings: Settings) -> None:
        self.rate = settings.api_rate
        self.storage = _storage(settings)
        self.limits: list[RateLimitItem] = parse_many(settings.api_rate)
        self.attempts: list[RateLimitItem] = parse_many(ATTEMPTS)
        self._window = FixedWindowRateLimiter(self.storage)

    async def count(self, what: str) -> None:
        """Count a request of one key; ``Refused`` where it is one too many, or nobody can count."""
        await self._counted(self.limits, "key", what, self.rate)

    async def attempt(self, address: str) -> None:
        """Count a wrong key from an address."""
        await self._counted(self.attempts, "attempt", address, ATTEMPTS)

    async def _counted(self, limits: list[RateLimitItem], kind: str, what: str, rate: str) -> None:
        try:
            for limit in limits:
                if not await self._window.hit(limit, kind, what):
                    ends = (await self._window.get_window_stats(limit, kind, what)).reset_time
                    raise _too_often(rate, max(1, round(ends - time.time())))
        except (StorageError, OSError) as error:
            raise Refused(503, "unavailable", "web.counter", {"Retry-After": str(WAIT)}) from error


def _too_often(rate: str, seconds: int) -> Refused:
    return Refused(429, "too-often", "web.too_often", {"Retry-After": str(seconds)}, rate=rate, seconds=seconds)


def _storage(settings: Settings) -> Storage:
    if settings.valkey_url is None:
        return MemoryStorage()
    url = settings.valkey_url.get_secret_value().replace("redis", "valkey", 1)
    found = storage_from_string(f"async+{url}", implementation="valkey", wrap_exceptions=True)
    if not isinstance(found, Storage):
        raise TypeError(type(found).__name__)
    return found


class Gate:
    """ASGI: lets a request in with its ``Principal`` in ``state["by"]``, or turns it away."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        doors: Doors,
        counter: Counter,
        *,
        open_house: bool,
        signed: frozenset[str] = frozenset(),
    ) -> None:
        """``open_house``: whether everybody may come in, until the first key is made.

        ``signed`` are the paths behind which a signature says who asks.
        """
        self.signed = signed
        self.app, self.settings, self.doors, self.counter = app, settings, doors, counter
        self.open_house = open_house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        self._host(headers)
        if scope["method"] not in READING:
            self._origin(headers, scope)
        if scope["path"] in self.signed:
            scope["state"]["route"] = scope["path"]
        else:
            scope["state"]["by"] = await self._who(headers, scope)
        most = self.settings.api_body * (LONGER if scope["path"] in LONG else 1)
        if int(headers.get("content-length") or 0) > most:
            raise too_large(most)
        await self.app(scope, within(receive, self.settings.api_patience, most), send)

    def _host(self, headers: Headers) -> None:
        host = headers.get("host", "").lower()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if not any(_covers(known, name) for known in self.settings.trusted_hosts):
            raise Refused(421, "unknown-host", "web.host", host=host[:100])

    def _origin(self, headers: Mapping[str, str], scope: Scope) -> None:
        """Refuse writes that a page of somebody else's has a browser make."""
        origin = headers.get("origin", "").lower()
        if not origin:
            if headers.get("sec-fetch-site", "none") in {"cross-site", "same-site"}:
                raise Refused(403, "foreign-origin", "web.origin", origin="?")
            return
        own = urlsplit(origin)
        same = own.scheme in {"http", "https"} and own.netloc == headers.get("host", "").lower()
        if not same and origin not in self.settings.allowed_origins:
            raise Refused(403, "foreign-origin", "web.origin", origin=origin[:100])

    async def _who(self, headers: Mapping[str, str], scope: Scope) -> Principal:
        """Return who asks; nothing in the answer or its time tells a wrong key from a revoked one."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if not token and self.open_house and not await self.doors.locked():
            return LOCAL
        if scheme.lower() != "bearer" or not token.strip():
            raise Refused(401, "no-key", "web.no_key", {"WWW-Authenticate": "Bearer"})
        by = await self.doors.of(token.strip())
        if by is None:
            await self.counter.attempt((scope.get("client") or ("",))[0])
            raise Refused(401, "bad-key", "web.bad_key", {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        await self.counter.count(by.subject)
        return by


def _covers(known: str, name: str) -> bool:
    return name == known or (known.startswith("*.") and name.endswith(known[1:]) and len(name) > len(known) - 1)

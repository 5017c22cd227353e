"""The threads that answer: what is kept in the inbox is taken from there, whichever process took it in."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import structlog

from api.http.observing import places
from api.slack.answering import Answering, Broken
from api.slack.calling import Declined, Later
from api.slack.remembered import Remembered
from assistant.errors import ScorecraftError, StoreTrouble
from assistant.storage.inbox import Inbox
from assistant.storage.models import Entry

LEASE = timedelta(seconds=60)
"""After which another process takes over what a dead one was answering."""
RENEWED = 20.0
"""Seconds after which that of what is still being answered is renewed."""
PAUSE = 1.0
"""Seconds between looks for what other processes have left and for what has become due."""
TRIES = 12
LONGEST = 60.0
"""Seconds between two tries at most, unless Slack asks for more."""
HELD = 2.0
"""Seconds for which answers wait while more and more comes in."""
TIDIED = 600.0
log = structlog.get_logger("scorecraft.slack")


class Working:
    """A pool of threads, and one that hands them work.

    One that is ``alone`` with its database goes on at once with what it left when it was killed.
    """

    def __init__(self, answering: Answering, inbox: Inbox, most: int, *, alone: bool) -> None:
        self.answering, self.inbox, self.most, self.alone = answering, inbox, most, alone
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._pool = ThreadPoolExecutor(most, thread_name_prefix="slack")
        self._running: set[int] = set()
        self._guard = threading.Lock()
        self._coming, self._held = 0, 0.0
        self._sorry = Remembered[bool](10_000, 3600)
        self._steps = Remembered[int](10_000, 3600)
        self._hand = threading.Thread(target=self._run, name="slack-inbox", daemon=True)

    def start(self) -> None:
        self._hand.start()

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """Begin no answers while something comes in: what waits to be acknowledged goes first."""
        with self._guard:
            self._coming += 1
        try:
            yield
        finally:
            with self._guard:
                self._coming -= 1
                last = self._coming == 0
            if last:
                self._wake.set()

    def wake(self) -> None:
        """Look at once: something was taken in."""
        self._wake.set()

    def stop(self) -> None:
        """End after the answers at work; what is not begun stays in the inbox."""
        self._stopped.set()
        self._wake.set()
        if self._hand.is_alive():
            self._hand.join()
        self._pool.shutdown(wait=True)

    def _run(self) -> None:
        if self.alone:
            self._tried(self.inbox.abandon)
        renewed = tidied = time.monotonic()
        while not self._stopped.is_set():
            self._wake.wait(PAUSE)
            self._wake.clear()
            self._tried(self._take)
            now = time.monotonic()
            if now - renewed >= RENEWED:
                renewed = now
                self._tried(self._renew)
            if now - tidied >= TIDIED:
                tidied = now
                self._tried(self.inbox.tidy)

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except StoreTrouble as error:
            # What is kept is answered once the database is back.
            log.warning("inbox_waits", error=error.key)

    def _take(self) -> None:
        while not self._stopped.is_set():
            if self._kept_waiting():
                return
            with self._guard:
                free = self.most - len(self._running)
            entries = self.inbox.claim(LEASE, free) if free > 0 else ()
            for entry in entries:
                with self._guard:
                    self._running.add(entry.id)
                self._pool.submit(self._work, entry)
            if len(entries) < max(free, 1):
                return

    def _kept_waiting(self) -> bool:
        """Tell whether answers wait for what is coming in; not for long, however much that is."""
        with self._guard:
            coming = self._coming
        now = time.monotonic()
        if coming == 0:
            self._held = now
            return False
        return now - self._held < HELD

    def _renew(self) -> None:
        with self._guard:
            ids = list(self._running)
        if ids:
            self.inbox.renew(ids, LEASE)

    def _work(self, entry: Entry) -> None:
        try:
            self._answer(self._as_known(entry))
        except StoreTrouble as error:
            # Its lease runs out, and it is gone through again then.
            log.warning("answer_waits", entry=entry.key, error=error.key)
        except Exception as error:
            log.error("fault", entry=entry.key, error=type(error).__name__, at=places(error))
            self._tried(lambda: self.inbox.done(entry.id, failed=True))
            self._apologise(entry, "slack.fault")
        finally:
            with self._guard:
                self._running.discard(entry.id)
            self._wake.set()

    def _answer(self, entry: Entry) -> None:
        try:
            self._remember(entry, self.answering.answer(entry))
            self.inbox.done(entry.id)
        except Broken as broken:
            self._remember(entry, broken.steps)
            self._put_back(entry, broken)
        except Declined as error:
            log.error("declined", entry=entry.key, error=error.code)
            self.inbox.done(entry.id, failed=True)

    def _put_back(self, entry: Entry, broken: Broken) -> None:
        """Come back to an answer that could not be brought to its end; in the long run it is given up."""
        cause = broken.cause
        told, unclear = (cause.seconds, cause.unclear) if isinstance(cause, Later) else (None, False)
        if isinstance(cause, StoreTrouble):
            self._apologise(entry, "slack.store_away")
        elif entry.tries >= TRIES and told is None:
            log.error("given_up", entry=entry.key, tries=entry.tries)
            self.inbox.done(entry.id, failed=True)
            return
        wait = told if told is not None else min(LONGEST, 0.5 * 2.0**entry.tries)
        log.info("later", entry=entry.key, seconds=wait, tries=entry.tries)
        steps = max(entry.steps, broken.steps)
        self.inbox.later(entry.id, timedelta(seconds=wait), steps, unclear=unclear or entry.unclear)

    def _remember(self, entry: Entry, steps: int) -> None:
        self._steps.keep(entry.key, max(steps, entry.steps))

    def _as_known(self, entry: Entry) -> Entry:
        """Return an entry with the steps that this process did, should the database not have heard of them."""
        return entry.model_copy(update={"steps": max(self._steps.get(entry.key) or 0, entry.steps)})

    def _apologise(self, entry: Entry, key: str) -> None:
        """Say once that there is no answer yet, or none at all."""
        if not self._sorry.first(entry.key, True):
            return
        try:
            self.answering.sorry(entry, key)
        except (Later, Declined, ScorecraftError) as error:
            log.warning("not_told", entry=entry.key, error=repr(error))

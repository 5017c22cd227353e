"""A model that keeps failing is left alone for a while, then tried once.

Written here because the libraries for it do not fit: pybreaker and purgatory read the wall clock, always rest equally
long, and hold a lock over each call or let everybody try at once.
"""

import time
from collections.abc import Callable
from threading import Lock

from assistant.language.model.trouble import Trouble

FAILURES = 3
REST = 30.0
LONGEST = 300.0


class Breaker:
    """Counts failures in a row; ``enter`` before each call, ``leave`` after it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._rest = REST
        self._until: float | None = None
        self._trial = False

    def enter(self) -> bool:
        """Return whether this call is the trial after a rest; during a rest, or beside a trial, there is none."""
        with self._lock:
            if self._until is None:
                return False
            if self._trial or self._clock() < self._until:
                raise Trouble("resting")
            self._trial = True
            return True

    def leave(self, trial: bool, well: bool | None) -> None:
        """Take note of how a call ended; None when it says nothing about the model."""
        with self._lock:
            if trial:
                self._trial = False
            if well:
                self._failures, self._rest, self._until = 0, REST, None
            elif well is False:
                self._fail(trial)

    def _fail(self, trial: bool) -> None:
        self._failures += 1
        # Calls that began before the rest say nothing new.
        if trial or (self._until is None and self._failures >= FAILURES):
            self._until = self._clock() + self._rest
            self._rest = min(2 * self._rest, LONGEST)

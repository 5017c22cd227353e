"""Answers that do not end, noticed while they are read."""

from assistant.language.model.trouble import Trouble

CHECKED_EVERY = 64
LONGEST_PERIOD = 400
TIMES = 6
SHORTEST = 240
"""Characters that a repetition must fill: rules of dashes and blank cells are shorter."""
ENDING = 16


class Guard:
    """Raises ``endless`` once an answer is longer than it may be, or says the same again and again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._length = 0
        self._unchecked = 0
        self._tail = ""

    def add(self, text: str) -> None:
        self._length += len(text)
        self._unchecked += len(text)
        self._tail = (self._tail + text)[-TIMES * LONGEST_PERIOD :]
        if self._length > self._most:
            raise Trouble("endless")
        if self._unchecked >= CHECKED_EVERY:
            self._unchecked = 0
            if repeats(self._tail):
                raise Trouble("endless")


def repeats(text: str) -> bool:
    """Tell whether a text ends in one phrase said over and over."""
    period = len(text) - ENDING - text.rfind(text[-ENDING:], 0, len(text) - 1)
    if len(text) < SHORTEST or not 0 < period <= LONGEST_PERIOD:
        return False
    filled = max(TIMES * period, SHORTEST)
    return len(text) >= filled and text[-filled:-period] == text[-filled + period :]

"""Thoughts that some models write before their answer are no part of it."""

OPENS, CLOSES = "<think>", "</think>"


def without_thoughts(text: str) -> str:
    """Return what follows the thoughts; their opening may have been part of the prompt."""
    return text.rpartition(CLOSES)[2] if CLOSES in text else text


class Thoughts:
    """Takes thoughts out of the beginning of a stream."""

    def __init__(self) -> None:
        self._held: str | None = ""

    def rest(self, text: str) -> str:
        """Return what of the text so far is answer and was not returned before."""
        if self._held is None:
            return text
        self._held += text
        start = self._held.lstrip()
        if start.startswith(OPENS):
            if CLOSES not in start:
                return ""
            start = start.partition(CLOSES)[2].lstrip()
        elif OPENS.startswith(start):
            return ""
        self._held = None if start else ""
        return start

    def end(self) -> str:
        """Return what was held back in case it became a thought."""
        held, self._held = self._held or "", None
        return "" if held.lstrip().startswith(OPENS) else held

"""What is remembered for a while, by several threads."""

from threading import Lock
from typing import Generic, TypeVar

from cachetools import TTLCache

T = TypeVar("T")


class Remembered(Generic[T]):
    """The latest values by their keys, each for so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._kept: TTLCache[str, T] = TTLCache(most, seconds)
        self._guard = Lock()

    def get(self, key: str) -> T | None:
        with self._guard:
            return self._kept.get(key)

    def keep(self, key: str, value: T) -> T:
        with self._guard:
            self._kept[key] = value
        return value

    def first(self, key: str, value: T) -> bool:
        """Keep a value and tell whether there was none."""
        with self._guard:
            new = key not in self._kept
            self._kept[key] = value
        return new

    def forget(self, key: str) -> None:
        with self._guard:
            self._kept.pop(key, None)

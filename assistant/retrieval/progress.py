"""How long work tells how far it is."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Told what is done, and of how much."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""

"""What a parser says of a file it cannot take; it crosses the border of the parsing process as a phrase key."""

from typing import Any


class Refused(Exception):
    """``key`` is the phrase; ``values`` its variables, except the name of the file, which is always there."""

    def __init__(self, key: str, **values: Any) -> None:
        self.key, self.values = key, values
        super().__init__(key)

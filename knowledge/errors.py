"""What can be wrong with knowledge files."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    line: int | None
    field: str
    expected: str
    kind: str = ""
    """What is wrong, for whoever words it otherwise."""
    values: Mapping[str, Any] = dataclass_field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.expected}" if self.field else f"{place}: {self.expected}"


class KnowledgeError(ValueError):
    """Knowledge files that cannot be used; holds every problem found, not just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))

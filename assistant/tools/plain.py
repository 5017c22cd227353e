"""Results as compact JSON data that a model can quote: one language, whole numbers whole, nothing empty."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel

from assistant.citation import Citation
from assistant.models import Finding
from knowledge.models import Language, Text

EMPTY: tuple[Any, ...] = (None, "", (), [], {})


def plain(value: Any, language: Language) -> Any:
    """Return a value as plain data; texts in the language, empty fields left out."""
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, BaseModel):
        return plain({name: getattr(value, name) for name in type(value).model_fields}, language)
    if isinstance(value, Mapping):
        said = {str(name): plain(one, language) for name, one in value.items()}
        return {name: one for name, one in said.items() if one not in EMPTY}
    if isinstance(value, tuple | list):
        return [plain(one, language) for one in value]
    if isinstance(value, Enum):
        return value.value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def part(value: BaseModel, names: str, language: Language) -> dict[str, Any]:
    """Return some fields of a model, named with blanks between, as plain data."""
    found: dict[str, Any] = plain({name: getattr(value, name) for name in names.split()}, language)
    return found


def findings(found: Iterable[Finding], language: Language) -> list[dict[str, Any]]:
    return [part(one, "code severity place indicator message reason fix", language) for one in found]


def citations(cited: Iterable[Citation], language: Language, *, quoted: bool) -> list[dict[str, Any]]:
    """Return where passages stand, numbered from 1, with what they say where ``quoted``."""
    names = "source title section origin grade" + (" excerpt" if quoted else "")
    return [{"number": number, **part(one, names, language)} for number, one in enumerate(cited, 1)]

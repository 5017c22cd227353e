"""Who reads and who words, as the settings and a model's marks have it."""

from typing import TYPE_CHECKING, NamedTuple

from assistant.language.interpretation import Mind
from assistant.language.model.model import Learned
from assistant.language.offline.interpreter import Offline
from assistant.language.offline.reader import Reader
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.language.model.endpoint import OpenAICompatible


class Made(NamedTuple):
    mind: Mind
    note: str | None
    """Key of the phrase that says why a configured model is used for nothing yet, to be shown once."""
    model: "OpenAICompatible | None"
    """The model that is used, to be warmed up and closed by whoever asked for it."""


def mind(reader: Reader, settings: Settings, learned: Learned) -> Made:
    """Return who reads and words: a model only as far as its exam allows; without one no client is loaded."""
    offline = Offline(reader)
    if settings.llm_model is None:
        return Made(Mind(offline), None, None)
    from assistant.language.model.trust import marks

    earned = marks(settings, learned)
    if earned is None:
        return Made(Mind(offline), "doctor.unexamined", None)
    if not (earned.may_read or earned.may_word):
        return Made(Mind(offline), None, None)
    return _with_model(offline, reader, settings, learned, reads=earned.may_read, words=earned.may_word)


def _with_model(
    offline: Offline, reader: Reader, settings: Settings, learned: Learned, *, reads: bool, words: bool
) -> Made:
    from assistant.language.model.endpoint import from_settings
    from assistant.language.model.interpreter import ModelInterpreter
    from assistant.language.narrator import ModelNarrator

    model = from_settings(settings, learned)
    if model is None:
        raise AssertionError("a model is configured")
    reading = ModelInterpreter(model, offline, reader) if reads else None
    wording = ModelNarrator(model, reader.catalogue, reader) if words else None
    return Made(Mind(offline, reading, wording), None, model)

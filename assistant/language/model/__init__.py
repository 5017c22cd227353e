"""Language models behind one small protocol; importing it loads no client."""

from assistant.language.model.endpoint import OpenAICompatible, from_settings
from assistant.language.model.model import Learned, Model, Remembered, Where

__all__ = ["Learned", "Model", "OpenAICompatible", "Remembered", "Where", "from_settings"]

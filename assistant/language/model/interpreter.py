"""A language model as an interpreter: it reads what the offline reading leaves open, and never takes away from it."""

from assistant.conversation import Conversation
from assistant.language.interpretation import Interpretation, Interpreter
from assistant.language.model.asking import Told
from assistant.language.model.grounding import Ground
from assistant.language.model.merging import merged, worth_asking
from assistant.language.model.model import Model
from assistant.language.model.quoting import Said
from assistant.language.model.wire import shape
from assistant.language.offline.reader import Reader


class ModelInterpreter:
    """Reads offline first, then with the model; raises ``ModelUnavailable`` where that is of no use."""

    def __init__(self, model: Model, offline: Interpreter, reader: Reader) -> None:
        self.model, self.offline, self.reader = model, offline, reader
        self._told = Told(reader)

    def read(
        self, message: str, conversation: Conversation, *, brought: bool = False, first: Interpretation | None = None
    ) -> Interpretation:
        """Read a message; the model is not called where it could add nothing to ``first``."""
        first = first or self.offline.read(message, conversation, brought=brought)
        ground = Ground(Said(message, first), conversation, self.reader)
        if brought or not message.strip() or not worth_asking(ground):
            return first
        catalogue = self.reader.catalogue
        wanted = shape(tuple(catalogue.themes), tuple(catalogue.roles))
        wire = self.model.structured(self._told.system, self._told.user(message, conversation, first), wanted)
        return merged(ground, tuple(ground.actions(wire)))

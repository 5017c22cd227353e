"""What a model may be used for, earned in an exam and remembered for that endpoint, model, prompts and exam."""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from assistant.language.model.address import address
from assistant.language.model.model import Learned
from assistant.settings import Settings
from knowledge.models import Frozen
from prompts.rendering import source

EXAM = Path(__file__).parent / "exam.yaml"
READS = 0.9
WORDS = 0.75
PROMPTS = ("read", "read_message", "word")


class Marks(Frozen):
    """How a model did in the exam."""

    read: int
    """Messages read right."""
    readings: int
    harmful: int = 0
    """Messages read with a wrong weight or a wrong position."""
    worded: int
    """Results worded well."""
    wordings: int
    seconds: float
    """Typical time for an answer."""
    missed: tuple[str, ...] = ()
    """The cases that went wrong."""

    @property
    def may_read(self) -> bool:
        return not self.harmful and self.readings > 0 and self.read >= READS * self.readings

    @property
    def may_word(self) -> bool:
        return self.wordings > 0 and self.worded >= WORDS * self.wordings


def marks(settings: Settings, learned: Learned) -> Marks | None:
    """Return the marks of the configured model; ``None`` where it has not sat the exam as it is now."""
    try:
        kept = learned.learned(key(settings))
        return Marks.model_validate(kept) if kept else None
    except ValidationError:
        return None


def remember(settings: Settings, learned: Learned, earned: Marks) -> None:
    """Keep marks until the endpoint, the model, a prompt or the exam changes."""
    learned.learn(key(settings), earned.model_dump(mode="json"))


def key(settings: Settings) -> str:
    return f"exam {address(settings).base} {settings.llm_model} {fingerprint()}"


def fingerprint() -> str:
    """Return a hash of everything that a model is told and asked in the exam."""
    texts = (*map(source, PROMPTS), EXAM.read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]

"""Whoever words a result: the templates, or a language model whose every sentence is checked before it is shown."""

import hashlib
from collections.abc import Iterator
from typing import Protocol

from assistant.conversation import Conversation, Reply
from assistant.language.guards import Facts, Guard, facts, released
from assistant.language.guards.release import Told, untold
from assistant.language.offline.lexicon import plain
from assistant.language.offline.reader import Reader
from assistant.requests import clean
from assistant.wording import worded
from knowledge.models import Catalogue, Language
from prompts import render

FEWEST, MOST = 2, 5
"""Sentences that are asked for."""
MOST_TOKENS = 320
MOST_LINES = 40
LINE = 240
"""Characters of a fact that the model gets."""
MESSAGE = 300
"""Characters of the message that the model gets."""
LOOKED_AT = 4000
"""Characters of the message that sentences are held against."""
UNWORDED = frozenset({"question", "declined", "export"})
"""Replies that stand as they are."""
LANGUAGES: dict[Language, str] = {"zh": "Simplified Chinese (简体中文)", "en": "English"}


class Streams(Protocol):
    """The part of a model that is needed for wording."""

    def stream(self, system: str, user: str, most_tokens: int) -> Iterator[str]:
        """Yield the answer as it comes; ``ModelUnavailable`` where there is none."""
        ...


class TemplateNarrator:
    """Says what the templates say already."""

    def wants(self, replies: tuple[Reply, ...]) -> bool:
        """Tell whether a result holds paragraphs."""
        return any(reply.said for reply in replies)

    def words(self, message: str, conversation: Conversation, replies: tuple[Reply, ...]) -> Iterator[str]:
        """Yield the paragraphs of a result."""
        for reply in replies:
            yield from reply.said


class ModelNarrator:
    """Lets a model word a result; what is shown of it holds to the facts."""

    def __init__(self, model: Streams, catalogue: Catalogue, reader: Reader, told: Told = untold) -> None:
        self.model, self.catalogue, self.reader, self.told = model, catalogue, reader, told

    def wants(self, replies: tuple[Reply, ...]) -> bool:
        """Tell whether there is more to a result than a question, a refusal or one paragraph."""
        return any(map(needs_words, replies)) and not any(reply.kind == "declined" for reply in replies)

    def words(self, message: str, conversation: Conversation, replies: tuple[Reply, ...]) -> Iterator[str]:
        """Yield checked sentences; none, and no call, where the replies stand as they are."""
        if not self.wants(replies):
            return
        worth = tuple(reply for reply in replies if needs_words(reply))
        known = facts(worth, self.catalogue, self.reader.indicators)
        system = prompt(known.language)
        data, fence = told_facts(known, message)
        ask = worded("narrator.ask", known.language, fewest=FEWEST, most=MOST)
        pieces = self.model.stream(system, f"{data}\n{ask}", MOST_TOKENS)
        yield from released(pieces, Guard(known, f"{system}\n{ask}", message[:LOOKED_AT], fence), self.told)


def needs_words(reply: Reply) -> bool:
    """Tell whether there is anything to word: not in a question, a refusal, or what is one paragraph anyway."""
    if reply.kind in UNWORDED:
        return False
    if reply.answer is not None:
        return reply.answer.covered and all(_readable(reply, one.text) for one in reply.answer.statements)
    return reply.kind != "text" or len(reply.said) > 1


def prompt(language: Language) -> str:
    """Return what a model is told to do."""
    return render("word", language=LANGUAGES[language], fewest=FEWEST, most=MOST)


def told_facts(known: Facts, message: str) -> tuple[str, str]:
    """Return the facts and the message as data, and the marker around them, which neither can hold."""
    lines = "\n".join(f"- {clean(line[:LINE])}" for line in known.lines[:MOST_LINES])
    said = clean(message[:MESSAGE])
    fence = hashlib.sha256(f"{lines}\0{said}".encode()).hexdigest()[:12]
    return f"<facts {fence}>\n{lines}\n</facts {fence}>\n<message {fence}>\n{said}\n</message {fence}>", fence


def _readable(reply: Reply, text: str) -> bool:
    """Tell whether a passage is in the reader's language: a translation could not be checked."""
    han = any("\u4e00" <= letter <= "\u9fff" for letter in plain(text))
    return han == (reply.language == "zh")

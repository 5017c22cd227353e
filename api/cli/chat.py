"""``scorecraft chat``: a conversation on the terminal, or one message a line from a script."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from api.cli.progress import bars
from api.export.files import TARGETS
from api.render.terminal import console, reply_view
from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.errors import BadInput, ScorecraftError, UnknownName
from assistant.events import Decided, Done, Event, Sentence, Status
from assistant.intake.grids import Content
from assistant.intake.sources import from_path, is_file
from assistant.principal import LOCAL
from assistant.turns.turn import Message
from assistant.wording import worded
from knowledge.models import Language

SUFFIXES = (".xlsx", ".xlsm", ".docx", ".csv", ".tsv", ".md", ".yaml", ".yml", ".json", ".txt")
NAME = re.compile(r"[^\s，。；：,;:]+")
FEW = 20
"""Characters beside a file's name that cannot say much else."""
TARGET_FOLLOWS = re.compile(r"(?:到|至|为|成|\b(?:to|as|into))\s*\"?$", re.IGNORECASE)


def run(advisor: Advisor, language: Language, *, fixed: bool, resume: str | None = None) -> None:
    """Answer message after message until the person leaves; ``fixed`` keeps the language whatever is typed.

    ``resume`` is the id of an earlier conversation, or its beginning, or ``last``.
    """
    screen = console()
    talk = _Talk(advisor, screen, language, fixed=fixed)
    interactive = sys.stdin.isatty()
    if resume:
        talk.resume(resume)
    elif interactive:
        screen.print(worded("chat.welcome", language))
    for message in _typed(language) if interactive else _piped():
        try:
            talk.take(message)
        except ScorecraftError as error:
            screen.print(error.say(talk.language))
        screen.print()
        if talk.ended:
            return


class _Talk:
    """One conversation on the terminal; it is kept from its first message on."""

    def __init__(self, advisor: Advisor, screen: Console, language: Language, *, fixed: bool) -> None:
        self.advisor, self.screen, self.language, self.fixed = advisor, screen, language, fixed
        self.id, self.ended = "", False

    def resume(self, wanted: str) -> None:
        """Go on with an earlier conversation and show where it stands."""
        found = self.advisor.store.list(LOCAL, 1) if wanted == "last" else self.advisor.store.starting(LOCAL, wanted)
        if len(found) != 1:
            raise BadInput("error.nothing_to_resume") if wanted == "last" else UnknownName("conversation", wanted)
        self.id, self.language = found[0].id, found[0].language
        said = worded("chat.resumed", self.language, title=found[0].title, id=self.id[:8], turns=found[0].turns)
        self.screen.print(said)
        turns = self.advisor.store.turns(LOCAL, self.id, 1)
        for reply in turns[-1].replies if turns else ():
            self.screen.print(reply_view(reply, self.advisor.catalogue))

    def take(self, message: str) -> None:
        words, attached = _attached(message, self.advisor.reader.form_commands(message))
        if not self.id:
            self.id = self.advisor.begin(Conversation(language=self.language, fixed_language=self.fixed))
            self._tell(self.advisor.made.note)
        with bars(self.language, "search.preparing") as (self.advisor.told,):
            for event in self.advisor.converse(self.id, Message(words, attached=attached)):
                self._show(event, words)

    def _show(self, event: Event, words: str) -> None:
        if isinstance(event, Status) and event.stage != "reading" and self.screen.is_terminal:
            self.screen.print(event.text, style="dim")
        elif isinstance(event, Decided):
            self.language, self.ended = event.language, event.ended
            for reply in event.replies:
                self._reply(reply, words)
        elif isinstance(event, Sentence):
            self.screen.print(event.text)
        elif isinstance(event, Done) and event.note:
            self.screen.print(event.note, style="dim")

    def _reply(self, reply: Reply, words: str) -> None:
        self.screen.print(reply_view(reply, self.advisor.catalogue))
        if reply.kind == "export":
            self.screen.print(_saved(self.advisor, reply, words))

    def _tell(self, note: str | None) -> None:
        if note == "doctor.unexamined":
            self.screen.print(worded("doctor.unexamined", self.language), style="dim")


def _attached(message: str, commands: Sequence[str]) -> tuple[str, Content | None]:
    """Return a message without the file that it names, and what that file holds.

    ``BadInput`` where it asks for something to be done with a file that cannot be read: no other card may stand in.
    """
    named = [word for word in _words(message) if word.lower().endswith(SUFFIXES) and not _is_target(word, message)]
    word = next((word for word in named if is_file(word)), None) or _missing(named, message, commands)
    if word is None:
        return message, None
    from assistant.intake.sandbox import take_apart

    return message.replace(f'"{word}"', " ").replace(word, " "), take_apart(from_path(word))


def _missing(named: list[str], message: str, commands: Sequence[str]) -> str | None:
    """Return the file that a message is about though it is not there; a mention in passing is none."""
    word = min(named, key=len, default=None)
    if word is None or commands == ("export",) or "|" in message:
        return None
    return word if commands or (NAME.fullmatch(word) and len(message) - len(word) <= FEW) else None


def _is_target(word: str, message: str) -> bool:
    """Tell whether a file is named as the place to write to, or is nothing but an ending."""
    return not Path(word).suffix or TARGET_FOLLOWS.search(message[: message.find(word)]) is not None


def _words(message: str) -> list[str]:
    """Return what may be a path: a quoted part, the whole message, or a word of it."""
    quoted = message.split('"')[1::2]
    return [*quoted, message.strip(), *message.split(), *re.split(r"[\s，。；：、]+", message)]


def _saved(advisor: Advisor, reply: Reply, message: str) -> str:
    """Write the form that a reply asks for: where the message says, else here under a name that is still free."""
    from api.export import write

    if reply.held is None or reply.target is None:
        return ""
    path = _named(message) or _free(reply.target)
    write(path, reply.held.card, advisor.catalogue, reply.form_language or reply.language)
    return worded("chat.exported", reply.language, path=path.resolve())


def _named(message: str) -> Path | None:
    """Return the file that a message names, if its ending is a format that forms are written in."""
    endings = tuple(f".{target}" for target in TARGETS)
    words = [*message.split('"')[1::2], *message.split()]
    return next((Path(word) for word in words if word.lower().endswith(endings) and Path(word).stem), None)


def _free(target: str) -> Path:
    names = (Path(f"scorecard{number or ''}.{target}") for number in range(1000))
    return next(name for name in names if not name.exists())


def _typed(language: Language) -> Iterator[str]:
    """Return messages as they are typed; a pasted table comes as one message, with its lines."""
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession()
    while True:
        try:
            yield session.prompt(worded("cli.prompt", language))
        except EOFError:
            return


def _piped() -> Iterator[str]:
    """Return one message a line; lines of a table go with the line before them, and so does a list after a colon."""
    held: list[str] = []
    for data in sys.stdin.buffer:
        line = data.decode("utf-8", errors="replace").rstrip("\r\n")
        if held and (_continues(line) or (_opens(held[0]) and line.strip())):
            held.append(line)
            continue
        if len(held) == 1 and _opens(held[0]) and not line.strip():
            continue  # an empty line below the one that opens a block
        if held:
            yield "\n".join(held)
        # The empty line that ends a block is no message of its own.
        held = [] if not line.strip() and len(held) > 1 else [line]
    if held:
        yield "\n".join(held)


def _continues(line: str) -> bool:
    return line.count("|") >= 2 or "\t" in line.strip()


def _opens(line: str) -> bool:
    return line.rstrip().endswith((":", "：")) or line.startswith("#")

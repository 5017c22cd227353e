"""``scorecraft chat``: a conversation on the terminal, or one message a line from a script."""

import sys
from collections.abc import Iterator
from pathlib import Path

from api.render.terminal import console, reply_view
from assistant.advisor import Advisor
from assistant.chat import turn
from assistant.conversation import Conversation, Reply
from assistant.errors import ScorecraftError
from assistant.intake.grids import Content
from assistant.wording import worded
from knowledge.models import Language

SUFFIXES = (".xlsx", ".xlsm", ".docx", ".csv", ".tsv", ".md", ".yaml", ".yml", ".json", ".txt")


def run(advisor: Advisor, language: Language, *, fixed: bool) -> None:
    """Answer message after message until the person leaves; ``fixed`` keeps the language whatever is typed."""
    screen = console()
    conversation = Conversation(language=language, fixed_language=fixed)
    interactive = sys.stdin.isatty()
    if interactive:
        screen.print(worded("chat.welcome", language))
    for message in _typed(language) if interactive else _piped():
        try:
            talk, attached = _attached(message)
            conversation, reply = turn(conversation, talk, advisor, attached)
            screen.print(reply_view(reply, advisor.catalogue))
            if reply.kind == "export":
                screen.print(_saved(advisor, reply))
        except ScorecraftError as error:
            screen.print(error.say(conversation.language))
        screen.print()
        if conversation.ended:
            return


def _attached(message: str) -> tuple[str, Content | None]:
    """Return a message without the file that it names, and what that file holds."""
    word = next((word for word in _words(message) if word.lower().endswith(SUFFIXES) and Path(word).is_file()), None)
    if word is None:
        return message, None
    from assistant.intake.sandbox import take_apart
    from assistant.intake.sources import from_path

    return message.replace(word, " ").replace('"', " "), take_apart(from_path(word))


def _words(message: str) -> list[str]:
    """Return what may be a path: a quoted part, the whole message, or a word of it."""
    quoted = message.split('"')[1::2]
    return [*quoted, message.strip(), *message.split()]


def _saved(advisor: Advisor, reply: Reply) -> str:
    """Write the form that a reply asks for into the working folder, under a name that is still free."""
    from api.export import write

    if reply.held is None or reply.target is None:
        return ""
    names = (Path(f"scorecard{number or ''}.{reply.target}") for number in range(1, 1000))
    path = next(name for name in (Path(f"scorecard.{reply.target}"), *names) if not name.exists())
    write(path, reply.held.card, advisor.catalogue, reply.form_language or reply.language)
    return worded("chat.exported", reply.language, path=path.resolve())


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
        if held:
            yield "\n".join(held)
        # The empty line that ends a block is no message of its own.
        held = [] if not line.strip() and len(held) > 1 else [line]
    if held:
        yield "\n".join(held)


def _continues(line: str) -> bool:
    return line.count("|") >= 2 or "\t" in line.strip()


def _opens(line: str) -> bool:
    return line.rstrip().endswith((":", "："))

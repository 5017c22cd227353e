"""``scorecraft chat``: a conversation on the terminal, or one message a line from a script."""

import sys
from collections.abc import Iterator
from contextlib import suppress

from api.render.terminal import console, reply_view
from assistant.advisor import Advisor
from assistant.chat import turn
from assistant.conversation import Conversation
from assistant.wording import worded
from knowledge.models import Language


def run(advisor: Advisor, language: Language, *, fixed: bool) -> None:
    """Answer message after message until the person leaves; ``fixed`` keeps the language whatever is typed."""
    screen = console()
    conversation = Conversation(language=language, fixed_language=fixed)
    interactive = sys.stdin.isatty()
    if interactive:
        screen.print(worded("chat.welcome", language))
    for message in _typed(language) if interactive else _piped():
        conversation, reply = turn(conversation, message, advisor)
        screen.print(reply_view(reply, advisor.catalogue))
        screen.print()
        if conversation.ended:
            return


def _typed(language: Language) -> Iterator[str]:
    """Return lines as they are typed, with editing and history where the platform has readline."""
    with suppress(ImportError):
        import readline  # noqa: F401
    while True:
        try:
            yield input(worded("cli.prompt", language))
        except EOFError:
            return


def _piped() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")

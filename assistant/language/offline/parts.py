"""Several requests in one message: "drop visits, then export it to Excel"."""

from assistant.language.offline.bygone import past_in
from assistant.language.offline.lexicon import plain
from assistant.language.offline.patterns import spoken
from assistant.language.offline.reader import Reader
from assistant.language.offline.talk import Talk
from assistant.models import Context

# What joins two requests: 然后, ", and also", "and export".
_BREAK = spoken(
    r"\s*[，,。；;\n]\s*(?:然后|再|接着|之后|最后|顺便|同时|并且|并|另外|and then|then|and also|and|also)?\s*",
    r"\s*(?:然后|接着|顺便再?|之后再|，再)\s*",
    r"[,\s]+(?:and then|and also|and)\s+"
    r"(?=(?:export|save|check|show|compare|repair|fix|draft|give me|tell me|explain|undo|how would|what data)\b)",
)
# Commands that take what else a message says as being about the card that came with it.
ABOUT = ("check", "review")
# What a part of a message can ask for by itself.
ALONE = frozenset({"why", "why_not", "alternatives", "show", "undo", "reset"})


def parted(message: str, reader: Reader, talk: Talk, *, shown: bool) -> list[str]:
    """Return the requests of a message in order: commands by themselves, all that lies between them together.

    A message that holds nothing but commands, or no command, is one request.
    """
    pieces = [piece.strip() for piece in _BREAK.split(message) if piece and piece.strip()]
    if len(pieces) < 2 or "score" in reader.form_commands(message):
        return [message]
    pieces, commanding = _filled(pieces, [_commands(piece, reader, talk) for piece in pieces])
    if len(pieces) < 2 or not any(commanding):
        return [message]
    if _about_one(commanding) and not (shown and any(map(reader.form_wish, pieces))):
        return [message]
    joined = _joined(pieces, commanding)
    contents = [text for text, command in joined if not command]
    if contents and not shown and not any(reader.roles.lexicon.find(text.lower()) for text in contents):
        return [message]
    return [text for text, _ in joined]


def _about_one(commanding: list[str]) -> bool:
    """Tell whether there is one command only, and what is said beside it may say what the card is for."""
    return any({*commanding} <= {"", command} for command in ABOUT)


def _filled(pieces: list[str], commanding: list[str | None]) -> tuple[list[str], list[str]]:
    """Join pieces that ask for nothing to the piece after them, at the end to the one before."""
    found: list[tuple[str, str]] = []
    waiting: list[str] = []
    for piece, command in zip(pieces, commanding, strict=True):
        waiting.append(piece)
        if command is not None:
            found.append(("，".join(waiting), command))
            waiting = []
    if waiting and found:
        found[-1] = ("，".join([found[-1][0], *waiting]), found[-1][1])
    return [text for text, _ in found], [command for _, command in found]


def _joined(pieces: list[str], commanding: list[str]) -> list[tuple[str, str]]:
    """Return neighbouring pieces without a command, or with the same one, as one."""
    found: list[tuple[str, str]] = []
    for piece, command in zip(pieces, commanding, strict=True):
        if found and found[-1][1] == command:
            found[-1] = (f"{found[-1][0]}，{piece}", command)
        else:
            found.append((piece, command))
    return found


def _commands(piece: str, reader: Reader, talk: Talk) -> str | None:
    """Return the command that a piece is, empty where it is content, ``None`` where it asks for nothing by itself."""
    form = reader.form_commands(piece)
    if form:
        return form[0]
    reading = reader.read(piece, "en", revising=True)
    if reading.wanted or reading.roles or (reading.themes and not reader.indicators.lexicon.find(plain(piece))):
        return ""
    known = [command for command in reading.commands if command in ALONE]
    if known:
        return "why" if known[0] == "why_not" else known[0]
    if past_in(piece, 1):
        return "undo"
    if "show_again" in talk.hits(piece):
        return "show"
    return "" if reading.count or reading.context != Context() or reading.profile else None

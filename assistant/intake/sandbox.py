"""Files of forms taken apart: in a process of their own, or, for short texts, here."""

from assistant.errors import BadInput
from assistant.intake.grids import Content, unpacked
from assistant.intake.sources import Source
from assistant.sandbox import process

COMMAND = (*process.OPTIONS, "-m", "assistant.intake.child")


def take_apart(source: Source) -> Content:
    """Return what a file holds; ``BadInput`` names the file, the place where known, and the way out."""
    return unpacked(process.answered(COMMAND, source))


def in_process(source: Source) -> Content:
    """Return what a short text holds, without a process of its own; not for files."""
    from assistant.intake.formats.parsing import parse
    from assistant.intake.formats.refusal import Refused

    try:
        return parse(source.name, source.data)
    except Refused as refused:
        raise BadInput(refused.key, **{**refused.values, "name": source.name}) from refused

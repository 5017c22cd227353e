"""References to earlier versions of the card."""

import pytest

from assistant.actions import Compare, Restore, Undo
from assistant.language.offline.bygone import past_in

MADE = 4
ASKED = {
    "回到第一版": Restore(version=1),
    "go back to the original draft": Restore(version=1),
    "restore version 2": Restore(version=2),
    "撤销两步": Undo(steps=2),
    "undo twice": Undo(steps=2),
    "undo 9999 steps": Undo(steps=1000),
    "退回": Undo(),
    "scratch that": Undo(),
    "第一版和第三版有什么区别": Compare(versions=(1, 3)),
    "compare with the previous version": Compare(versions=(MADE - 1, MADE)),
    "第一版不错": None,
    "version 2 please": None,
    "the original card": None,
    "why is revenue so high?": None,
}


@pytest.mark.parametrize("message", ASKED)
def test_versions_are_referred_to(message: str) -> None:
    assert past_in(message, MADE) == ASKED[message]

"""Whole dialogues in both languages, from what people do to what they see; written anew with WRITE_TRANSCRIPTS=1."""

import os
from pathlib import Path

import pytest

from tests.api.slack.slack import People
from tests.api.slack.transcripts import FOLDER, played
from tests.api.slack.workspace import Workspace

FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_dialogue_reads_as_it_should(file: Path, space: Workspace, people: People) -> None:
    expected = file.read_text(encoding="utf-8")
    found = played(expected, space, people)
    if os.environ.get("WRITE_TRANSCRIPTS"):
        file.write_text(found, encoding="utf-8")
    assert found == expected
    assert max(people.late) < 3

"""The README shows what the commands really print."""

import re
import shlex
from pathlib import Path

import pytest

from api.cli.main import main

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n\$ scorecraft (.+?)\n(.+?)```", README, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_shown_output_is_real(command: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(command)) in {0, 1}, "0 done, 1 a card with an error"
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    wanted = shown.rstrip("\n").removesuffix("…").rstrip("\n").splitlines()
    assert printed[: len(wanted)] == wanted


def test_there_is_output_in_both_languages() -> None:
    assert len(BLOCKS) >= 2
    assert {"zh", "en"} <= {word for command, _ in BLOCKS for word in shlex.split(command)}

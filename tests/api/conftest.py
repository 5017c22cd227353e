"""The command as a person or a script runs it: in this process where possible, in one of its own where that matters."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from api.cli.main import main

ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("SCORECRAFT_", "LC_", "LANG"))}
ENVIRONMENT |= {"LANG": "C.UTF-8", "COLUMNS": "160"}


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> Callable[..., CompletedProcess[str]]:
    """Return a function that runs the command here, with standard input and environment variables where given."""

    def command(*arguments: str, stdin: bytes = b"", **environment: str) -> CompletedProcess[str]:
        for name in [name for name in os.environ if name not in ENVIRONMENT]:
            monkeypatch.delenv(name)
        for name, value in (ENVIRONMENT | {"SCORECRAFT_DATA_DIR": str(home)} | environment).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr()
        return CompletedProcess(arguments, code, said.out, said.err)

    return command


@pytest.fixture
def process(home: Path) -> Callable[..., CompletedProcess[str]]:
    """Return a function that runs the command in a process of its own."""

    def command(*arguments: str, stdin: bytes = b"", **environment: str) -> CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "api.cli.main", *arguments],
            input=stdin,
            capture_output=True,
            env=ENVIRONMENT | {"SCORECRAFT_DATA_DIR": str(home)} | environment,
            check=False,
            timeout=120,
        )
        return CompletedProcess(arguments, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return command

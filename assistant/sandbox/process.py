"""The side that asks: it starts the parsing process, waits for it, and says how it ended."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.intake.sources import Source

SECONDS = 30
PACKAGES = Path(__file__).resolve().parents[2]
# No module from the folder someone happens to work in may stand in for one of ours.
OPTIONS = ("-P", "-W", "ignore", "-X", "utf8")


def answered(command: tuple[str, ...], source: Source) -> Any:
    """Return what the process says of a file; ``BadInput`` names the file, the place where known, and the way out."""
    try:
        finished = _finished(command, source)
    except subprocess.TimeoutExpired as error:
        raise BadInput("file.time", name=source.name) from error
    except OSError as error:
        raise BadInput("file.crashed", name=source.name) from error
    if finished.returncode:
        raise BadInput(_end(finished.returncode), name=source.name)
    return _content(source, json.loads(finished.stdout))


def environment() -> dict[str, str]:
    """Return the variables of the process: it finds our packages from any folder."""
    paths = [str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _finished(command: tuple[str, ...], source: Source) -> subprocess.CompletedProcess[bytes]:
    header = json.dumps({"name": source.name}).encode("ascii") + b"\n"
    return subprocess.run(  # noqa: S603
        [sys.executable, *command],
        input=header + source.data,
        capture_output=True,
        timeout=SECONDS,
        env=environment(),
        check=False,
    )


def _content(source: Source, answer: dict[str, Any]) -> Any:
    if "content" in answer:
        return answer["content"]
    refused = answer["refused"]
    raise BadInput(refused["key"], **{**refused["values"], "name": source.name})


def _end(code: int) -> str:
    """Return the phrase for how the process ended: stopped for its time, or fallen over."""
    stopped: int | None = getattr(signal, "SIGXCPU", None)
    return "file.time" if stopped is not None and code == -stopped else "file.crashed"

"""Files parsed where they can do no harm: in a process of their own, with limits of memory and time."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from assistant.errors import BadInput
from assistant.intake.grids import Content, unpacked
from assistant.intake.sources import Source

SECONDS = 30
PACKAGES = Path(__file__).resolve().parents[2]
# No module from the folder someone happens to work in may stand in for one of ours.
COMMAND = ("-P", "-W", "ignore", "-X", "utf8", "-m", "assistant.intake.child")


def take_apart(source: Source) -> Content:
    """Return what a file holds; ``BadInput`` names the file, the place where known, and the way out."""
    try:
        finished = _finished(source)
    except subprocess.TimeoutExpired as error:
        raise BadInput("file.time", name=source.name) from error
    except OSError as error:
        raise BadInput("file.crashed", name=source.name) from error
    if finished.returncode:
        raise BadInput(_end(finished.returncode), name=source.name)
    return _content(source, json.loads(finished.stdout))


def in_process(source: Source) -> Content:
    """Return what a short text holds, without a process of its own; not for files."""
    from assistant.intake.formats.parsing import parse
    from assistant.intake.formats.refusal import Refused

    try:
        return parse(source.name, source.data)
    except Refused as refused:
        raise BadInput(refused.key, **{**refused.values, "name": source.name}) from refused


def _finished(source: Source) -> subprocess.CompletedProcess[bytes]:
    header = json.dumps({"name": source.name}).encode("ascii") + b"\n"
    return subprocess.run(  # noqa: S603
        [sys.executable, *COMMAND],
        input=header + source.data,
        capture_output=True,
        timeout=SECONDS,
        env=_environment(),
        check=False,
    )


def _environment() -> dict[str, str]:
    paths = [str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _content(source: Source, answer: dict[str, Any]) -> Content:
    if "content" in answer:
        return unpacked(answer["content"])
    refused = answer["refused"]
    raise BadInput(refused["key"], **{**refused["values"], "name": source.name})


def _end(code: int) -> str:
    """Return the phrase for how the process ended: stopped for its time, or fallen over."""
    stopped: int | None = getattr(signal, "SIGXCPU", None)
    return "file.time" if stopped is not None and code == -stopped else "file.crashed"

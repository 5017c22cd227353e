"""The documents for programmers: every request that they show is sent to a real server."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.api_server import Served, serving

DOCS = Path(__file__).parent.parent / "docs"
COMMAND = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands() -> list[tuple[str, str]]:
    return [
        (path.name, found)
        for path in sorted(DOCS.glob("api*.md"))
        for found in COMMAND.findall(path.read_text(encoding="utf-8"))
    ]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if shutil.which("curl") is None:
        if os.environ.get("CI") == "true":
            raise AssertionError("curl is not installed")
        pytest.skip("needs curl")
    with serving(tmp_path_factory.mktemp("docs")) as running:
        yield running


@pytest.mark.parametrize(("name", "command"), commands())
def test_what_is_shown_works(served: Served, name: str, command: str) -> None:
    here = command.replace("localhost:8300", served.url.removeprefix("http://")).replace(
        "curl -s", "curl -s --fail-with-body"
    )
    done = subprocess.run(["sh", "-c", here], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers and not any("error" in one for one in answers)


def test_both_languages_show_the_same() -> None:
    for chinese in DOCS.glob("*.zh.md"):
        texts = [path.read_text(encoding="utf-8") for path in (chinese, DOCS / chinese.name.replace(".zh", ""))]
        named = [set(re.findall(r"`([a-zA-Z:_/.-]+)`", text)) for text in texts]
        assert named[0] ^ named[1] <= {"Last-Event-ID", "data", "GET /{id}/events"}, named[0] ^ named[1]

"""Documents handed in over HTTP to the server as it is started: hostile ones, and one whose reader is killed."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.assistant.intake.office import archive, changed, document
from tests.assistant.retrieval.documents.made import SAMPLES
from tests.integration.api_server import Served, serving

MEGABYTE = 1_000_000
WORD = document(lambda made: made.add_paragraph("Text."))
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
HOSTILE = {
    "bomb.docx": archive({"word/document.xml": b" " * 60 * MEGABYTE}),
    "many.xlsx": archive({f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(20_000)}),
    "entities.docx": changed(WORD, {"word/document.xml": ENTITIES}),
    "nested.docx": archive({"word/document.xml": archive({"a": archive({"b": bytes(MEGABYTE)})})}),
    "locked.pdf": (SAMPLES / "locked.pdf").read_bytes(),
    "rubbish.pdf": bytes(range(256)) * 40,
    "program.md": b"\x7fELF" + bytes(4000),
    "deep.html": b"<div>" * 200_000,
}
MOST_MEMORY = 300
"""Megabytes by which the server may have grown: documents are taken apart in a process of their own."""
BOOK = "# Handbook\n\n" + "\n\n".join(f"## Chapter {n}\n\nZebraplan rule {n}: visits count once." for n in range(1500))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("documents")) as running:
        yield running


def handed_in(client: httpx2.Client, name: str, data: bytes) -> httpx2.Response:
    return client.post("/v1/documents", files={"file": (name, data)})


def settled(client: httpx2.Client, place: str, seconds: float = 90.0) -> dict[str, Any]:
    """Return a document once it is in the search or refused."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found: dict[str, Any] = client.get(place).json()
        if found["status"] in {"ready", "failed"}:
            return found
        time.sleep(0.1)
    raise AssertionError(found)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_with_its_reason(served: Served, name: str) -> None:
    with served.client() as client:
        before = served.memory
        answer = handed_in(client, name, HOSTILE[name])
        assert answer.status_code == 202, answer.text
        found = settled(client, answer.headers["location"])
        assert found["status"] == "failed" and found["passages"] == 0
        assert found["problem"]["zh"] and found["problem"]["en"] and name in found["problem"]["en"]
        assert client.post("/v1/scorecards:suggest", json={"role": "sales_representative"}).status_code == 200
        assert served.memory - before < MOST_MEMORY


def test_names_that_lead_elsewhere_lead_nowhere(served: Served) -> None:
    with served.client() as client:
        for name in ("../../etc/passwd.md", "C:\\Windows\\notes.md", "/etc/cron.d/own.md", "a\x00b.md"):
            answer = handed_in(client, name, b"# Notes\n\nVisits count once.")
            assert answer.status_code == 202, answer.text
            assert not set("/\\\x00") & set(answer.json()["name"])
        for name in ("..", "notes", "notes.exe", "x" * 200 + ".md"):
            assert handed_in(client, name, b"x").status_code == 422


def test_a_document_is_read_although_its_reader_was_killed(tmp_path: Path) -> None:
    with serving(tmp_path) as first, first.client() as client:
        place = handed_in(client, "handbook.md", BOOK.encode()).headers["location"]
        end = time.monotonic() + 30
        while client.get(place).json()["status"] == "queued" and time.monotonic() < end:
            time.sleep(0.01)
        assert client.get(place).json()["status"] == "processing"
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait()
    with serving(tmp_path) as second, second.client() as client:
        found = settled(client, place)
        assert found["status"] == "ready" and found["passages"] > 0
        asked = client.post("/v1/guidance:search", json={"query": "Zebraplan rule 7", "language": "en"}).json()
        assert any("Zebraplan" in str(one) for one in asked.values())

"""``scorecraft doctor``, with the databases, indexes and model servers that it tries."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli.doctor import add_doctor
from api.cli.session import Session
from assistant.language.model.exam import load
from assistant.settings import Settings
from knowledge.models import Language
from tests.assistant.language.examinees import PROSE
from tests.integration.model_server import ModelServer, running
from tests.integration.servers import free_port

Doctor = Callable[..., tuple[int, str]]
KEY = "sk-do-not-tell"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    yield from running("tests.assistant.language.examinees:brain")


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Doctor:
    """Return a function that runs the command over a data folder of its own."""
    app = typer.Typer(pretty_exceptions_enable=False)
    add_doctor(app)
    command = typer.main.get_command(app)

    def run(*arguments: str, language: Language = "en", **configured: Any) -> tuple[int, str]:
        here = Session(language, True, Settings.model_validate({"data_dir": tmp_path, **configured}))
        capsys.readouterr()
        try:
            code = command.main(list(arguments), prog_name="doctor", standalone_mode=False, obj=here)
        except typer.Exit as done:
            code = done.exit_code
        said = capsys.readouterr()
        assert KEY not in said.out + said.err
        return int(code or 0), said.out

    return run


def served(server: ModelServer, **more: Any) -> dict[str, Any]:
    return {"llm_model": "crammer", "llm_base_url": server.url, "llm_api_key": KEY, "llm_timeout": 20, **more}


def test_without_a_model_all_works_and_the_way_to_one_is_told(doctor: Doctor, tmp_path: Path) -> None:
    code, said = doctor()
    assert code == 0
    assert f"Data folder: {tmp_path}" in said and "Language model: none configured" in said
    assert "stays on this machine" in said and "Everything works without a language model" in said
    for name in ("Ollama", "DeepSeek", "OpenAI", "SCORECRAFT_LLM_MODEL", "SCORECRAFT_LLM_BASE_URL"):
        assert name in said


def test_it_speaks_chinese(doctor: Doctor) -> None:
    code, said = doctor(language="zh")
    assert code == 0 and "语言模型：没有设置" in said and "不离开本机" in said


def test_the_examples_are_settings_that_are_taken() -> None:
    from api.cli.doctor import EXAMPLES

    for _, variables in EXAMPLES:
        values = dict(one.removeprefix("SCORECRAFT_").lower().split("=", 1) for one in variables)
        values = {name: value.replace("…", "x") for name, value in values.items()}
        assert set(values) <= set(Settings.model_fields)
        assert Settings.model_validate(values).llm_model


def test_a_model_sits_its_exam_once_and_the_marks_are_kept(doctor: Doctor, server: ModelServer) -> None:
    server.script({"do": "brain"})
    code, said = doctor(**served(server))
    assert code == 0
    assert "Language model: crammer — 127.0.0.1 — works; its first word came after" in said
    assert "16 of 16 messages read right, 4 of 4 results worded well" in said
    assert "for reading messages and for wording results" in said
    server.script({"do": "answer", "text": "OK"})
    code, later = doctor("--no-exam", **served(server))
    assert code == 0 and "16 of 16 messages read right" in later
    assert len(server.requests()) == 1
    code, other = doctor("--no-exam", **served(server, llm_model="other"))
    assert code == 0 and "has not sat its exam" in other


def test_a_model_that_reads_badly_may_word(doctor: Doctor, server: ModelServer) -> None:
    cases = load()
    unread = {"do": "object", "value": {"actions": [], "unclear": "all"}}
    said = [{"do": "answer", "text": PROSE["zh" if case.id.startswith("zh") else "en"]} for case in cases.wording]
    server.script({"do": "answer", "text": "OK"}, *[unread] * len(cases.reading), *said)
    code, told = doctor("--format", "json", **served(server))
    report = json.loads(told)
    assert code == 0 and report["ok"]
    assert report["may"] == {"read": False, "word": True}
    assert report["exam"]["read"] == 2 and report["exam"]["worded"] == 4
    assert report["text_goes_to"] == []


def test_a_model_whose_server_is_not_there_is_what_does_not_work(doctor: Doctor) -> None:
    gone = {"llm_model": "some", "llm_base_url": f"http://127.0.0.1:{free_port()}/v1", "llm_api_key": KEY}
    code, said = doctor(**gone)
    assert code == 1
    assert "does not work — its server could not be reached" in said and "Exam" not in said


def test_a_wrong_key_is_named_and_not_shown(doctor: Doctor, server: ModelServer) -> None:
    server.script({"do": "status", "status": 401, "error": {"message": f"no such key {KEY}"}})
    code, said = doctor("--format", "json", **served(server))
    (model,) = [part for part in json.loads(said)["parts"] if part["id"] == "model"]
    assert code == 1 and model["state"] == "fails"
    assert model["problem"]["en"] == "its server did not accept the key."


def test_a_model_that_leaves_during_the_exam_is_not_marked(doctor: Doctor, server: ModelServer) -> None:
    server.script({"do": "answer", "text": "OK"}, {"do": "status", "status": 401})
    code, said = doctor(**served(server))
    assert code == 1 and "was not examined: its server did not accept the key" in said


def test_texts_that_leave_the_machine_are_told_with_their_hosts() -> None:
    from api.cli.doctor import _destination
    from assistant.health import Part

    parts = [
        Part(id="database", place="db.company.example/kpi", reach="elsewhere"),
        Part(id="index", place="/home/x/index"),
        Part(id="embeddings", name="e", place="api.openai.com", reach="elsewhere"),
        Part(id="model", name="m", place="api.openai.com", reach="elsewhere"),
    ]
    assert _destination(parts, "en") == "Your text goes to: db.company.example, api.openai.com."
    assert _destination(parts[1:2], "zh") == "您的文字：不离开本机。"


def test_a_database_that_cannot_be_reached_fails(doctor: Doctor) -> None:
    code, said = doctor(database_url=f"postgresql://kpi:{KEY}@127.0.0.1:{free_port()}/cards")
    assert code == 1 and "Database: 127.0.0.1/cards — does not work" in said


def test_a_folder_that_is_none_fails(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    code, said = doctor(data_dir=tmp_path / "file")
    assert code == 1 and "does not work" in said


def test_an_index_that_is_no_index_fails(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "chroma.sqlite3").write_bytes(b"no database at all" * 100)
    code, said = doctor()
    assert code == 1 and f"Search index: {tmp_path}{os.sep}index — does not work" in said

"""``scorecraft conversations``: listed, shown, exported and deleted."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import typer

from api.cli.app import _translate
from api.cli.conversations import add_conversations
from api.cli.session import Session
from assistant.conversation import Conversation, Reply
from assistant.errors import ScorecraftError
from assistant.principal import LOCAL
from assistant.settings import Settings
from assistant.storage.store import Store, Turn, open_store
from knowledge.models import Language

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "home")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def run(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command here; what it refuses is said on standard error."""

    def command(*arguments: str, language: Language = "en") -> CompletedProcess[str]:
        app = typer.Typer(help="cli.about", add_completion=False)
        app.callback()(lambda: None)
        add_conversations(app)
        made = typer.main.get_command(app)
        _translate(made, language)
        capsys.readouterr()
        session = Session(language, True, settings)
        try:
            code = made.main(args=["conversations", *arguments], standalone_mode=False, obj=session)
            refusal = ""
        except ScorecraftError as error:
            code, refusal = 2, error.say(language)
        return CompletedProcess(arguments, int(code or 0), capsys.readouterr().out, refusal)

    return command


def talk(store: Store, id: str, *said: str) -> None:
    kept = store.load(LOCAL, store.begin(LOCAL, Conversation(), id))
    for number, one in enumerate(said):
        reply = Reply(language="en", said=(f"Answer to {one}",))
        kept = store.commit(
            LOCAL, kept, Turn(key=str(number), said=one, conversation=kept.conversation, replies=(reply,))
        )


def test_nothing_kept_yet_is_said(run: Run) -> None:
    assert "No conversations" in run().stdout
    assert "还没有" in run("list", language="zh").stdout


@pytest.mark.parametrize("words", [(), ("list",)], ids=["bare", "list"])
def test_conversations_are_listed(run: Run, store: Store, words: tuple[str, ...]) -> None:
    talk(store, "11111111-aaaa", "A card for sales", "and now?")
    talk(store, "22222222-bbbb")
    out = run(*words).stdout
    assert out.index("22222222") < out.index("11111111")
    assert "A card for sales" in out and "(no messages yet)" in out and "aaaa" not in out
    assert [one["turns"] for one in json.loads(run(*words, "--format", "json").stdout)] == [0, 2]
    assert [one["turns"] for one in json.loads(run(*words, "--most", "1", "--format", "json").stdout)] == [0]


def test_ids_that_start_alike_are_shown_whole(run: Run, store: Store) -> None:
    talk(store, "11111111-aaaa", "one")
    talk(store, "11111111-bbbb", "two")
    out = run().stdout
    assert "11111111-aaaa" in out and "11111111-bbbb" in out


def test_a_conversation_is_shown_by_the_start_of_its_id(run: Run, store: Store) -> None:
    talk(store, "11111111-aaaa", "hello", "bye")
    store.reword(LOCAL, "11111111-aaaa", 2, "In other words.", "The model was slow.")
    out = run("show", "1111").stdout
    parts = ["> hello", "Answer to hello", "> bye", "Answer to bye", "In other words.", "The model was slow."]
    assert [part for part in parts if part in out] == parts
    assert sorted(parts, key=out.index) == parts


def test_an_id_that_names_none_or_several_is_refused(run: Run, store: Store) -> None:
    talk(store, "11111111-aaaa", "one")
    talk(store, "11111111-bbbb", "two")
    for what in ("show", "export", "delete"):
        assert "no conversation “9”" in run(what, "9").stderr
        assert "11111111-aaaa, 11111111-bbbb" in run(what, "111").stderr
        assert "没有编号为“ ”的对话" in run(what, " ", language="zh").stderr


def test_a_conversation_is_exported(run: Run, store: Store, tmp_path: Path) -> None:
    talk(store, "11111111-aaaa", "销售代表")
    data = json.loads(run("export", "1").stdout)
    assert data["turns"][0]["said"] == "销售代表"
    path = tmp_path / "talk.json"
    assert str(path) in run("export", "1", "--output", str(path)).stdout
    assert json.loads(path.read_text(encoding="utf-8")) == data
    again = run("export", "1", "-o", str(path))
    assert again.returncode == 2 and "was not overwritten" in again.stderr
    assert "cannot be written" in run("export", "1", "-o", str(tmp_path / "no" / "talk.json")).stderr


def test_a_conversation_is_deleted_when_that_is_confirmed(run: Run, store: Store) -> None:
    talk(store, "11111111-aaaa", "hello")
    refused = run("delete", "1")
    assert refused.returncode == 2 and "--yes" in refused.stderr
    assert len(store.list(LOCAL)) == 1
    assert "已删除“hello”" in run("delete", "1", "--yes", language="zh").stdout
    assert store.list(LOCAL) == ()

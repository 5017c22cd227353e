"""Whatever a conversation holds comes back as it was, and costs the same however long the conversation."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, inspect

from assistant.actions import Draft, Revise, Wish
from assistant.advisor import Advisor
from assistant.conversation import Choice, Conversation, DraftVersion, Exchange, Pending, Reply, Version
from assistant.settings import Settings
from assistant.storage import encoding, tables
from assistant.storage.store import Store, open_store
from tests.assistant.storage.made import ANN, draft, held, talked, turn, with_version

ROLES = ("sales_representative", "sales_manager", "sales_director", "sdr")
STRATEGIES = ("", "margin", "提高毛利率，优先开拓新客户", "retention, volume")
TEXT = st.text(max_size=30)


@pytest.fixture(scope="module")
def drafts(advisor: Advisor) -> list[DraftVersion]:
    return [draft(advisor, role, strategy) for role in ROLES for strategy in STRATEGIES]


@pytest.fixture(scope="module")
def kept_open(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(Settings(data_dir=tmp_path_factory.mktemp("store"))) as store:
        yield store


def conversations(drafts: list[DraftVersion]) -> st.SearchStrategy[Conversation]:
    """Return conversations as turns make them: each version is put in hand, some steps are gone back."""
    versions = st.one_of(st.sampled_from(drafts), st.builds(held, st.sampled_from(drafts), TEXT))
    actions = st.one_of(
        st.builds(Draft, role=st.sampled_from(ROLES), themes=st.just(("margin",))),
        st.builds(
            Revise, wishes=st.tuples(st.builds(Wish, ask=st.just("by"), indicator=st.just("x"), value=st.just(5)))
        ),
    )
    choices = st.lists(st.builds(Choice, id=TEXT, label=TEXT), max_size=2).map(tuple)
    pending = st.none() | st.builds(Pending, action=actions, about=st.just("role"), words=TEXT, choices=choices)
    recent = st.lists(st.builds(Exchange, said=TEXT, indicators=st.just(("margin_rate",))), max_size=3).map(tuple)
    empty = st.builds(
        Conversation, language=st.sampled_from(["zh", "en"]), pending=pending, recent=recent, ended=st.booleans()
    )
    return st.builds(_made, empty, st.lists(versions, max_size=4))


def _made(conversation: Conversation, versions: list[Version]) -> Conversation:
    for version in versions:
        conversation = with_version(conversation, version)
    return conversation


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_conversation_comes_back_as_it_was(data: st.DataObject, drafts: list[DraftVersion], kept_open: Store) -> None:
    after = data.draw(conversations(drafts))
    kept = talked(kept_open, ())
    replies = tuple(Reply(language="en", suggestion=one.suggestion) for one in drafts[:1])
    sent = turn(kept, "key", data.draw(TEXT), after).model_copy(update={"replies": replies})
    kept = kept_open.commit(ANN, kept, sent)
    assert kept_open.load(ANN, kept.id) == kept
    assert kept.conversation == after.model_copy(update={"fresh": ()})
    for one in after.fresh:
        assert kept_open.version(ANN, kept.id, one.number) == one.version
    (stored,) = kept_open.turns(ANN, kept.id)
    assert (stored.replies, stored.said) == (replies, sent.said.translate(tables.UNSTORABLE))


@contextmanager
def counted(store: Store) -> Iterator[list[tuple[str, int]]]:
    """Yield what is executed: each statement, and the characters that go with it."""
    seen: list[tuple[str, int]] = []

    def see(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: object) -> None:
        seen.append((statement, sum(len(str(one)) for one in _flat(parameters))))

    event.listen(store.database.engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(store.database.engine, "before_cursor_execute", see)


def _flat(parameters: Any) -> list[Any]:
    values = list(parameters.values() if isinstance(parameters, dict) else parameters)
    return [inner for one in values for inner in (_flat(one) if isinstance(one, dict | tuple | list) else [one])]


def test_the_hundredth_turn_costs_what_the_second_did(store: Store, advisor: Advisor) -> None:
    version = draft(advisor)
    kept = talked(store, ())
    costs = []
    for number in range(100):
        with counted(store) as seen:
            kept = store.load(ANN, kept.id)
            after = with_version(kept.conversation, version) if number % 10 == 1 else kept.conversation
            kept = store.commit(ANN, kept, turn(kept, f"{number:03}", "hello", after))
        costs.append(seen)
    early, late = costs[2], costs[99]
    assert [statement for statement, _ in late] == [statement for statement, _ in early]
    # Beside the numbers of its steps, about 30 characters each, nothing of a conversation grows.
    assert sum(size for _, size in late) - sum(size for _, size in early) < 9 * 40
    assert len(encoding.state(kept.conversation)) < 1000
    assert [one for one in costs[91] if "INSERT INTO versions" in one[0]]


def test_loading_reads_no_turns(store: Store) -> None:
    kept = talked(store, tuple("abcdef"))
    with counted(store) as seen:
        store.load(ANN, kept.id)
    tables_read = [statement for statement, _ in seen if "turns " in statement.partition("FROM")[2]]
    assert len([one for one in seen if "SELECT" in one[0]]) == 1 and not tables_read


def test_the_tables_are_those_that_the_migrations_make(store: Store) -> None:
    look = inspect(store.database.engine)
    made = {name: {column["name"] for column in look.get_columns(name)} for name in look.get_table_names()}
    made.pop("alembic_version")
    assert made == {table.name: set(table.columns.keys()) for table in tables.metadata.sorted_tables}
    for table in tables.metadata.sorted_tables:
        assert look.get_pk_constraint(table.name)["constrained_columns"] == list(table.primary_key.columns.keys())
    found = store.database.read(lambda one: one.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    assert found == "v0003"


def test_a_number_that_is_none_comes_back(store: Store, advisor: Advisor) -> None:
    card = draft(advisor).suggestion.scorecard.model_copy(update={"leader_target": math.inf})
    version = held(draft(advisor)).model_copy(update={"card": card})
    kept = store.load(ANN, store.begin(ANN, with_version(Conversation(), version)))
    assert kept.conversation.form == version
    json.dumps(store.export(ANN, kept.id), allow_nan=False)


def test_a_file_is_durable_and_writes_ahead(tmp_path: Path) -> None:
    with open_store(Settings(data_dir=tmp_path)) as store:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        store.list(ANN)  # A connection that has read nothing yet tells of no writing ahead.
        found = store.database.read(lambda one: [one.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked])
    assert found == ["wal", 2, 1, 5000]

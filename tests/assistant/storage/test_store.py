"""What is kept comes back, for those it belongs to; the same on SQLite and on PostgreSQL."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from assistant.advisor import Advisor
from assistant.conversation import Conversation, Exchange
from assistant.errors import StoreTrouble, UnknownName
from assistant.principal import Principal
from assistant.storage import tables
from assistant.storage.store import Conflict, Kept, Store
from tests.assistant.storage.made import ANN, BOB, CHIEF, STRANGER, draft, held, talked, turn, with_version


def count(store: Store, table: str, id: str) -> int:
    which = tables.metadata.tables[table]
    statement = select(func.count()).where(which.c.conversation == id)
    return store.database.read(lambda connection: connection.scalar(statement)) or 0


def said(store: Store, kept: Kept, by: Principal = ANN) -> list[tuple[int, str]]:
    return [(one.number, one.said) for one in store.turns(by, kept.id, 1000)]


def test_a_conversation_begins_without_turns(store: Store) -> None:
    id = store.begin(ANN, Conversation(language="zh"))
    kept = store.load(ANN, id)
    assert (kept.id, kept.turns, kept.conversation) == (id, 0, Conversation(language="zh"))
    assert [(one.id, one.title, one.language) for one in store.list(ANN)] == [(id, "", "zh")]


def test_beginning_again_with_an_id_changes_nothing(store: Store) -> None:
    kept = talked(store)
    assert store.begin(ANN, Conversation(), kept.id) == kept.id
    assert store.load(ANN, kept.id) == kept


def test_an_id_of_somebody_else_is_not_taken_over(store: Store) -> None:
    kept = talked(store)
    with pytest.raises(UnknownName):
        store.begin(BOB, Conversation(), kept.id)
    assert store.load(ANN, kept.id) == kept


def test_turns_are_kept_in_order(store: Store) -> None:
    kept = talked(store, ("one", "two", "three"))
    assert (kept.turns, store.load(ANN, kept.id)) == (3, kept)
    assert said(store, kept) == [(1, "one"), (2, "two"), (3, "three")]
    assert [one.number for one in store.turns(ANN, kept.id, most=2)] == [2, 3]
    assert [one.number for one in store.turns(ANN, kept.id, most=2, before=2)] == [1]
    assert store.turns(ANN, kept.id)[0].replies[0].said == ("Re: one",)


def test_who_comes_second_is_told(store: Store) -> None:
    kept = talked(store)
    store.commit(ANN, kept, turn(kept, "first"))
    with pytest.raises(Conflict):
        store.commit(ANN, kept, turn(kept, "second"))
    assert [key.key for key in store.turns(ANN, kept.id)] == ["key 1", "first"]


def test_a_turn_sent_again_is_kept_once(store: Store) -> None:
    before = talked(store)
    after = store.commit(ANN, before, turn(before, "again", "said once"))
    assert store.commit(ANN, before, turn(before, "again", "said twice")) == after
    assert store.commit(ANN, after, turn(after, "again", "said thrice")) == after
    assert said(store, after) == [(1, "hello"), (2, "said once")]
    found = store.turn_by_key(ANN, after.id, "again")
    assert found is not None and (found.number, found.said) == (2, "said once")
    assert store.turn_by_key(ANN, after.id, "never sent") is None


def test_the_same_key_in_two_conversations_is_two_turns(store: Store) -> None:
    assert talked(store).turns == talked(store).turns == 1


def test_the_final_wording_updates_the_turn_and_not_the_version(store: Store) -> None:
    kept = talked(store)
    store.reword(ANN, kept.id, 1, "Better worded.", "The model was slow.")
    (stored,) = store.turns(ANN, kept.id)
    assert (stored.prose, stored.note) == ("Better worded.", "The model was slow.")
    assert store.load(ANN, kept.id) == kept
    for number in (0, 2, 10**20):
        with pytest.raises(KeyError):
            store.reword(ANN, kept.id, number, "x", "")


def test_versions_come_back_one_by_one(store: Store, advisor: Advisor) -> None:
    first, second = draft(advisor), draft(advisor, "sales_manager", "margin")
    kept = talked(store)
    for number, version in enumerate((first, held(first), second), 1):
        kept = store.commit(ANN, kept, turn(kept, f"v{number}", conversation=with_version(kept.conversation, version)))
        assert kept.conversation.fresh == ()
        assert store.load(ANN, kept.id) == kept
    assert [store.version(ANN, kept.id, number) for number in (1, 2, 3)] == [first, held(first), second]
    assert store.versions(ANN, kept.id).version(2) == held(first)
    for number in (0, -1, 4, 10**20):
        with pytest.raises(KeyError):
            store.version(ANN, kept.id, number)


def test_a_conversation_may_begin_with_a_card(store: Store, advisor: Advisor) -> None:
    begun = with_version(Conversation(), draft(advisor))
    kept = store.load(ANN, store.begin(ANN, begun))
    assert kept.conversation == begun.model_copy(update={"fresh": ()})


def test_going_back_brings_the_version_before_in_hand(store: Store, advisor: Advisor) -> None:
    first, second = draft(advisor), draft(advisor, strategy="margin")
    drawn = with_version(with_version(Conversation(), first), second)
    kept = store.load(ANN, store.begin(ANN, drawn))
    back = kept.conversation.model_copy(update={"steps": drawn.steps[:1], "current": first})
    kept = store.commit(ANN, kept, turn(kept, "undo", conversation=back))
    assert store.load(ANN, kept.id).conversation.current == first
    assert store.version(ANN, kept.id, 2) == second


@pytest.mark.parametrize("other", [BOB, STRANGER], ids=["person", "workspace"])
def test_what_is_somebody_elses_is_not_there(store: Store, other: Principal) -> None:
    kept = talked(store)
    asked = (
        lambda: store.load(other, kept.id),
        lambda: store.commit(other, kept, turn(kept, "x")),
        lambda: store.reword(other, kept.id, 1, "x", ""),
        lambda: store.version(other, kept.id, 1),
        lambda: store.turns(other, kept.id),
        lambda: store.turn_by_key(other, kept.id, "key 1"),
        lambda: store.export(other, kept.id),
        lambda: store.delete(other, kept.id),
        lambda: store.feedback(other, kept.id, 1, "up"),
        lambda: store.list(other, before=kept.id),
    )
    for ask in asked:
        with pytest.raises(UnknownName) as refused:
            ask()
        with pytest.raises(UnknownName) as never:
            store.load(other, "no such id")
        assert str(refused.value).replace(kept.id, "no such id") == str(never.value)
    assert store.list(other) == store.starting(other, kept.id) == ()
    assert store.load(ANN, kept.id) == kept


def test_an_administrator_sees_and_deletes_what_the_workspace_has_left(store: Store) -> None:
    kept = talked(store)
    assert store.load(CHIEF, kept.id) == kept
    assert store.export(CHIEF, kept.id)["subject"] == "ann"
    with pytest.raises(UnknownName):
        store.commit(CHIEF, kept, turn(kept, "in another's name"))
    with pytest.raises(UnknownName):
        store.load(CHIEF.model_copy(update={"workspace": "other"}), kept.id)
    store.delete(CHIEF, kept.id)
    assert store.list(ANN) == ()


def test_the_list_shows_the_latest_first_page_by_page(store: Store) -> None:
    kept = [talked(store, (f"message {number}",)) for number in range(5)]
    store.commit(ANN, kept[1], turn(kept[1], "later"))
    titles = [one.title for one in store.list(ANN)]
    assert titles == ["message 1", "message 4", "message 3", "message 2", "message 0"]
    first = store.list(ANN, most=2)
    second = store.list(ANN, most=2, before=first[-1].id)
    assert [one.title for one in (*first, *second)] == titles[:4]
    assert store.list(ANN, before=kept[0].id) == ()


@pytest.mark.parametrize(
    ("message", "title"),
    [("  Draft\n a card ", "Draft a card"), ("销" * 60, "销" * 60), ("x" * 61, "x" * 59 + "…"), ("", "")],
    ids=["lines", "fits", "cut", "empty"],
)
def test_the_first_message_names_a_conversation(store: Store, message: str, title: str) -> None:
    talked(store, (message, "another message"))
    assert store.list(ANN)[0].title == title


def test_ids_may_be_shortened(store: Store) -> None:
    for id in ("aa-1", "aa-2", "b%-3"):
        store.begin(ANN, Conversation(), id)
    assert [one.id for one in store.starting(ANN, "aa")] == ["aa-1", "aa-2"]
    assert [one.id for one in store.starting(ANN, "b%")] == ["b%-3"]
    assert store.starting(ANN, "%") == ()


def test_an_export_holds_everything(store: Store, advisor: Advisor) -> None:
    kept = talked(store, ("销售代表的绩效", "and now?"))
    kept = store.commit(ANN, kept, turn(kept, "card", conversation=with_version(kept.conversation, draft(advisor))))
    store.feedback(ANN, kept.id, 2, "up", "good")
    data = json.loads(json.dumps(store.export(ANN, kept.id)))
    assert (data["id"], data["title"], data["workspace"], data["subject"]) == (
        kept.id,
        "销售代表的绩效",
        "acme",
        "ann",
    )
    assert [one["said"] for one in data["turns"]] == ["销售代表的绩效", "and now?", "hello"]
    assert data["turns"][0]["replies"][0]["said"] == ["Re: 销售代表的绩效"]
    assert [(one["number"], one["body"]["kind"]) for one in data["versions"]] == [(1, "draft")]
    assert [(one["turn"], one["verdict"], one["comment"]) for one in data["feedback"]] == [(2, "up", "good")]


def test_deleting_leaves_nothing_but_the_audit(store: Store, advisor: Advisor) -> None:
    other = talked(store, ("stays",))
    kept = talked(store)
    kept = store.commit(ANN, kept, turn(kept, "card", conversation=with_version(kept.conversation, draft(advisor))))
    store.feedback(ANN, kept.id, 1, "down")
    store.delete(ANN, kept.id)
    with pytest.raises(UnknownName):
        store.load(ANN, kept.id)
    assert [count(store, name, kept.id) for name in ("turns", "versions", "feedback")] == [0, 0, 0]
    assert store.load(ANN, other.id) == other
    rows = select(tables.audit.c.what, tables.audit.c.detail).where(tables.audit.c.conversation == kept.id)
    noted = store.database.read(lambda connection: connection.execute(rows.order_by(tables.audit.c.id)).all())
    assert [what for what, _ in noted] == ["begun", "turn", "turn", "feedback", "deleted"]
    assert "hello" not in str(noted)


def test_the_last_verdict_counts(store: Store) -> None:
    kept = talked(store)
    store.feedback(ANN, kept.id, 1, "up")
    store.feedback(ANN, kept.id, 1, "down", "the weights")
    store.feedback(CHIEF, kept.id, 1, "up")
    found = store.export(ANN, kept.id)["feedback"]
    assert sorted((one["subject"], one["verdict"], one["comment"]) for one in found) == [
        ("ann", "down", "the weights"),
        ("chief", "up", ""),
    ]
    for number in (0, 2, 10**20):
        with pytest.raises(KeyError):
            store.feedback(ANN, kept.id, number, "up")


def test_what_was_learned_is_replaced(store: Store) -> None:
    assert store.learned("model x") is None
    store.learn("model x", {"schema": True, "名": 1.5})
    store.learn("model x", {"schema": False})
    assert store.learned("model x") == {"schema": False}


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "名字\U0001f600", "'; DROP TABLE turns; --", "$x %s :y"])
def test_odd_characters_do_no_harm(store: Store, text: str) -> None:
    kept = talked(store, (text,))
    odd = kept.conversation.model_copy(update={"recent": (Exchange(said=text),)})
    kept = store.commit(ANN, kept, turn(kept, text, text, odd))
    store.reword(ANN, kept.id, 1, text, text)
    store.feedback(ANN, kept.id, 1, "up", text)
    found = store.turn_by_key(ANN, kept.id, text)
    assert found is not None and found.number == 2
    clean = text.replace("\x00", "�").replace("\ud800", "�")
    assert [one.said for one in store.turns(ANN, kept.id)] == [clean, clean]
    assert len(store.load(ANN, kept.id).conversation.recent) == 1
    assert json.dumps(store.export(ANN, kept.id))
    with pytest.raises(UnknownName):
        store.load(ANN, text)


def test_a_state_that_cannot_be_read_is_told_without_its_words(store: Store) -> None:
    kept = talked(store)
    broken = tables.conversations.update().values(state='{"secret": "words"}')
    store.database.write(lambda connection: connection.execute(broken))
    with pytest.raises(StoreTrouble) as told:
        store.load(ANN, kept.id)
    assert told.value.key == "store.unreadable" and "secret" not in str(told.value)
    assert [one.id for one in store.list(ANN)] == [kept.id]


def test_threads_share_a_store(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(lambda number: talked(store, (f"{number} a", f"{number} b")).id, range(24)))
    assert {one.id: one.turns for one in store.list(ANN)} == dict.fromkeys(ids, 2)


def test_threads_on_one_conversation_all_get_their_turns(store: Store) -> None:
    id = talked(store, ()).id

    def take(key: str) -> None:
        while True:
            kept = store.load(ANN, id)
            try:
                store.commit(ANN, kept, turn(kept, key, key))
                return
            except Conflict:
                continue

    keys = [f"{number}" for number in range(20)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, keys))
    found = store.turns(ANN, id)
    assert [one.number for one in found] == list(range(1, 21))
    assert sorted(one.key for one in found) == sorted(keys)

"""Saved scorecards on each database: versions, states, and who sees what."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.advisor import Advisor
from assistant.errors import Outdated, UnknownName, WrongState
from assistant.models import Scorecard
from assistant.principal import LOCAL, Principal
from assistant.storage.cards import SavedCards
from assistant.storage.models import Saved
from assistant.storage.store import Store
from tests.assistant.storage.made import ANN, BOB, STRANGER, draft


@pytest.fixture
def saved(store: Store) -> SavedCards:
    return SavedCards(store.database)


@pytest.fixture(scope="module")
def card(advisor: Advisor) -> Scorecard:
    return draft(advisor).suggestion.scorecard


@pytest.fixture(scope="module")
def other(advisor: Advisor) -> Scorecard:
    return draft(advisor, strategy="cash").suggestion.scorecard


def test_a_card_comes_back_as_it_was(saved: SavedCards, card: Scorecard) -> None:
    kept = saved.create(ANN, card, "Reps 2027", "first")
    assert saved.read(BOB, kept.id) == kept
    assert kept.card == card
    assert (kept.number, kept.revision, kept.state, kept.author) == (1, 1, "draft", "ann")


def test_each_change_is_a_version(saved: SavedCards, card: Scorecard, other: Scorecard) -> None:
    first = saved.create(ANN, card, "Reps")
    second = saved.write(BOB, first.id, first.revision, other, note="cash up")
    third = saved.restore(ANN, first.id, second.revision, 1)
    assert [third.number, third.revision] == [3, 3]
    assert third.card == card
    assert saved.read(ANN, first.id, 2).card == other
    assert [(one.number, one.author) for one in saved.versions(ANN, first.id, 10)] == [
        (3, "ann"),
        (2, "bob"),
        (1, "ann"),
    ]
    assert [one.number for one in saved.versions(ANN, first.id, 1, before=3)] == [2]


def test_nobody_overwrites_what_they_have_not_seen(saved: SavedCards, card: Scorecard, other: Scorecard) -> None:
    first = saved.create(ANN, card, "Reps")
    saved.write(BOB, first.id, 1, other)
    changes: list[Callable[[], object]] = [
        lambda: saved.write(ANN, first.id, 1, card),
        lambda: saved.restore(ANN, first.id, 1, 1),
        lambda: saved.submit(ANN, first.id, 1),
        lambda: saved.delete(ANN, first.id, 1),
    ]
    for change in changes:
        with pytest.raises(Outdated) as refused:
            change()
        assert refused.value.latest == 2
    assert saved.read(ANN, first.id).revision == 2


def test_of_two_at_once_one_wins(saved: SavedCards, card: Scorecard, other: Scorecard) -> None:
    first = saved.create(ANN, card, "Reps")

    def write(by: Principal) -> Saved | Outdated:
        try:
            return saved.write(by, first.id, 1, other)
        except Outdated as error:
            return error

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(write, [ANN, BOB, ANN, BOB]))
    assert sum(isinstance(one, Saved) for one in found) == 1
    assert len(saved.versions(ANN, first.id, 10)) == 2


def test_the_way_to_approval(saved: SavedCards, card: Scorecard, other: Scorecard) -> None:
    draft_ = saved.create(ANN, card, "Reps")
    with pytest.raises(WrongState):
        saved.approve(BOB, draft_.id, 1)
    submitted = saved.submit(ANN, draft_.id, 1)
    with pytest.raises(WrongState):
        saved.submit(ANN, draft_.id, submitted.revision)
    returned = saved.send_back(BOB, draft_.id, submitted.revision, "too many lines")
    assert (returned.state, returned.note) == ("returned", "too many lines")
    again = saved.submit(ANN, draft_.id, returned.revision)
    approved = saved.approve(BOB, draft_.id, again.revision)
    assert approved.state == "approved"
    changed = saved.write(ANN, draft_.id, approved.revision, other)
    assert changed.state == "draft"
    assert saved.read(ANN, draft_.id, 1).state == "approved"


@pytest.mark.parametrize("by", [ANN, LOCAL])
def test_whoever_wrote_or_submitted_never_approves(saved: SavedCards, card: Scorecard, by: Principal) -> None:
    helper = by.model_copy(update={"subject": "helper"})
    written = saved.create(by, card, "Reps")
    submitted = saved.submit(helper, written.id, 1)
    for one in (by, helper):
        with pytest.raises(WrongState):
            saved.approve(one, written.id, submitted.revision)
    assert saved.read(by, written.id).state == "submitted"


def test_another_workspace_sees_nothing(saved: SavedCards, card: Scorecard) -> None:
    kept = saved.create(ANN, card, "Reps")
    acts: list[Callable[[str], object]] = [
        lambda name: saved.read(STRANGER, name),
        lambda name: saved.versions(STRANGER, name, 5),
        lambda name: saved.write(STRANGER, name, 1, card),
        lambda name: saved.submit(STRANGER, name, 1),
        lambda name: saved.delete(STRANGER, name, 1),
        lambda name: saved.list(STRANGER, 5, before=name),
    ]
    for act in acts:
        said = []
        for id in (kept.id, "00000000-0000-0000-0000-000000000000"):
            with pytest.raises(UnknownName) as refused:
                act(id)
            said.append(refused.value.say("en").replace(id, "…"))
        assert said[0] == said[1]
    assert saved.list(STRANGER, 5) == ()
    assert saved.read(ANN, kept.id) == kept


def test_an_id_of_another_workspace_is_not_taken_over(saved: SavedCards, card: Scorecard) -> None:
    kept = saved.create(ANN, card, "Reps")
    with pytest.raises(UnknownName):
        saved.create(STRANGER, card, "Mine", id=kept.id)
    assert saved.read(ANN, kept.id).name == "Reps"


def test_pages_hold_while_rows_come_in(saved: SavedCards, card: Scorecard) -> None:
    made = [saved.create(ANN, card, f"Card {number}").id for number in range(5)]
    first = saved.list(ANN, 2)
    saved.create(ANN, card, "Newest")
    second = saved.list(ANN, 3, before=first[-1].id)
    assert [one.id for one in (*first, *second)] == made[::-1]
    assert [one.name for one in saved.list(ANN, 5, name="CARD 3")] == ["Card 3"]
    assert saved.list(ANN, 5, name="%") == ()


def test_what_is_deleted_is_gone(saved: SavedCards, card: Scorecard) -> None:
    kept = saved.create(ANN, card, "Reps")
    saved.delete(BOB, kept.id, 1)
    with pytest.raises(UnknownName):
        saved.read(ANN, kept.id)
    assert saved.list(ANN, 5) == ()


def test_a_version_that_never_was(saved: SavedCards, card: Scorecard) -> None:
    kept = saved.create(ANN, card, "Reps\x00\ud800")
    with pytest.raises(UnknownName):
        saved.read(ANN, kept.id, 7)
    with pytest.raises(UnknownName):
        saved.restore(ANN, kept.id, 1, 7)
    assert saved.read(ANN, kept.id).revision == 1

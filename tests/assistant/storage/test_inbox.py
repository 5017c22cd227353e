"""Messages of chat surfaces, on each database: taken once, answered in order, kept until answered, then forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.storage.inbox import KEPT, Inbox
from assistant.storage.people import People
from assistant.storage.store import Store
from assistant.storage.tables import inbox as rows
from tests.assistant.storage.made import ANN, BOB, STRANGER

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
LEASE = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.time = MOMENT

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(store: Store, clock: Clock) -> Inbox:
    return Inbox(store.database, clock)


def claimed(inbox: Inbox, most: int = 10) -> list[str]:
    return [one.key for one in inbox.claim(LEASE, most)]


def test_a_message_sent_again_is_the_same_message(inbox: Inbox) -> None:
    assert inbox.put("Ev1", "a", "销售代表\x00")
    assert not inbox.put("Ev1", "a", "销售代表")
    (found,) = inbox.claim(LEASE, 10)
    assert (found.key, found.body, found.tries, found.unclear) == ("Ev1", "销售代表�", 1, False)
    inbox.done(found.id)
    assert not inbox.put("Ev1", "a", "销售代表")
    assert claimed(inbox) == []


def test_messages_of_one_lane_wait_for_each_other(inbox: Inbox) -> None:
    for key, lane in (("1", "a"), ("2", "a"), ("3", "b")):
        inbox.put(key, lane, "x")
    first, other = inbox.claim(LEASE, 10)
    assert (first.key, other.key) == ("1", "3")
    assert claimed(inbox) == []
    inbox.done(first.id)
    assert claimed(inbox) == ["2"]


def test_a_message_put_back_comes_again_when_it_is_time_and_holds_its_lane(inbox: Inbox, clock: Clock) -> None:
    inbox.put("1", "a", "x")
    inbox.put("2", "a", "y")
    (first,) = inbox.claim(LEASE, 10)
    inbox.later(first.id, timedelta(seconds=30), 2, unclear=False)
    assert claimed(inbox) == []
    clock.time += timedelta(seconds=31)
    (again,) = inbox.claim(LEASE, 10)
    assert (again.key, again.steps, again.tries, again.unclear) == ("1", 2, 2, False)


def test_a_message_of_a_process_that_died_goes_to_another_which_is_told(inbox: Inbox, clock: Clock) -> None:
    inbox.put("1", "a", "x")
    (first,) = inbox.claim(LEASE, 10)
    clock.time += LEASE / 2
    inbox.renew([first.id], LEASE)
    clock.time += LEASE * 0.75
    assert claimed(inbox) == []
    clock.time += LEASE
    (again,) = inbox.claim(LEASE, 10)
    assert again.unclear and again.tries == 2


def test_a_process_alone_goes_on_at_once_with_what_it_left(inbox: Inbox) -> None:
    inbox.put("1", "a", "x")
    inbox.claim(LEASE, 10)
    inbox.abandon()
    assert [one.unclear for one in inbox.claim(LEASE, 10)] == [True]


def test_what_was_said_is_forgotten_once_it_is_answered(inbox: Inbox, clock: Clock) -> None:
    inbox.put("1", "a", "secret")
    inbox.put("2", "b", "secret")
    first, second = inbox.claim(LEASE, 10)
    inbox.done(first.id)
    inbox.done(second.id, failed=True)
    assert inbox.waiting() == 0
    bodies = select(rows.c.body)
    assert inbox.database.read(lambda one: one.execute(bodies).scalars().all()) == [None, None]
    clock.time += KEPT + timedelta(minutes=1)
    inbox.tidy()
    assert inbox.put("1", "a", "anew")


def test_a_message_is_withdrawn_only_before_it_is_begun(inbox: Inbox) -> None:
    inbox.put("1", "a", "x", "C1:1.0")
    inbox.put("2", "a", "y", "C1:2.0")
    inbox.claim(LEASE, 10)
    assert not inbox.withdraw("C1:1.0")
    assert inbox.withdraw("C1:2.0")
    assert not inbox.withdraw("C1:2.0")
    assert inbox.answered("C1:1.0") and not inbox.answered("C1:3.0")


def test_many_takers_get_each_message_once(inbox: Inbox) -> None:
    with ThreadPoolExecutor(8) as pool:
        fresh = list(pool.map(lambda n: inbox.put(f"Ev{n % 40}", f"lane {n % 40}", "x"), range(120)))
    assert sum(fresh) == 40
    with ThreadPoolExecutor(8) as pool:
        found = [one.key for some in pool.map(lambda _: inbox.claim(LEASE, 5), range(40)) for one in some]
    assert sorted(found) == sorted(f"Ev{n}" for n in range(40))


def test_a_language_is_each_persons_own(store: Store) -> None:
    people = People(store.database)
    people.choose(ANN, "zh")
    assert (people.language(ANN), people.language(BOB), people.language(STRANGER)) == ("zh", None, None)
    people.choose(ANN, "en")
    assert people.language(ANN) == "en"
    people.choose(ANN, None)
    assert people.language(ANN) is None

"""A model that keeps failing is left alone, tried once, and left alone longer."""

import pytest

from assistant.language.model.breaker import Breaker
from assistant.language.model.trouble import Trouble


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        breaker.leave(breaker.enter(), well=False)


def resting(breaker: Breaker) -> bool:
    try:
        breaker.leave(breaker.enter(), well=None)
    except Trouble as trouble:
        assert trouble.cause == "resting"
        return True
    return False


def test_three_failures_in_a_row_make_it_rest(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, 2)
    breaker.leave(breaker.enter(), well=True)
    fail(breaker, 2)
    assert not resting(breaker)
    fail(breaker)
    assert resting(breaker)


def test_the_rest_doubles_up_to_five_minutes(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, 3)
    for seconds in (30, 60, 120, 240, 300, 300):
        clock.now += seconds - 0.1
        assert resting(breaker)
        clock.now += 0.2
        fail(breaker)
    assert resting(breaker)


def test_one_call_tries_and_the_others_still_rest(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, 3)
    clock.now += 31
    trial = breaker.enter()
    assert trial
    assert resting(breaker)
    breaker.leave(trial, well=True)
    assert not resting(breaker)
    fail(breaker, 2)
    assert not resting(breaker)


def test_a_trial_that_was_given_up_lets_the_next_one_try(clock: Clock) -> None:
    breaker = Breaker(clock)
    fail(breaker, 3)
    clock.now += 31
    breaker.leave(breaker.enter(), well=None)
    assert breaker.enter()


def test_calls_that_began_before_the_rest_do_not_lengthen_it(clock: Clock) -> None:
    breaker = Breaker(clock)
    before = [breaker.enter() for _ in range(6)]
    for trial in before:
        breaker.leave(trial, well=False)
    clock.now += 31
    assert breaker.enter()

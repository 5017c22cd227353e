"""A request that can succeed a moment later is made again, as long as its time lasts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from assistant.language.model.calling import Deadline
from assistant.language.model.trouble import Trouble

if TYPE_CHECKING:
    from tenacity import RetryCallState

T = TypeVar("T")
TRIES = 3
FIRST = 0.3
LONGEST = 4.0


def tried(call: Callable[[], T], deadline: Deadline) -> T:
    """Call up to three times; give up at once where the wait does not fit the deadline."""
    import tenacity

    again = tenacity.Retrying(
        retry=tenacity.retry_if_exception(lambda error: isinstance(error, Trouble) and error.passing),
        wait=_wait,
        stop=tenacity.stop_after_attempt(TRIES) | tenacity.stop_before_delay(max(0.0, deadline.left)),
        reraise=True,
    )
    return again(call)


def _wait(state: "RetryCallState") -> float:
    """Return what the server asked for, otherwise longer each time and never the same for two."""
    from tenacity import wait_exponential, wait_random

    error = state.outcome.exception() if state.outcome else None
    asked = error.after if isinstance(error, Trouble) else None
    usual = wait_exponential(multiplier=FIRST, max=LONGEST) + wait_random(0, FIRST)
    return usual(state) if asked is None else asked

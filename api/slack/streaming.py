"""A model's prose as it is written, where Slack can show that; otherwise as one message at its end."""

import re
import threading
import time

import structlog

from api.slack.blocks.paging import paged
from api.slack.blocks.text import paragraphs
from api.slack.calling import Declined, Later, call
from api.slack.delivery import Delivery

log = structlog.get_logger("scorecraft.slack")
FORGOTTEN = 3600.0
"""Seconds after which a workspace that could not stream is asked again."""
_CALLING = re.compile(r"<(?=[!@#])")


class Streams:
    """What is known of a workspace: whether it streams."""

    def __init__(self) -> None:
        self._unable = -FORGOTTEN
        self._guard = threading.Lock()

    @property
    def able(self) -> bool:
        with self._guard:
            return time.monotonic() - self._unable >= FORGOTTEN

    def give_up(self) -> None:
        with self._guard:
            self._unable = time.monotonic()


class Prose:
    """The prose of one turn: a step of its delivery."""

    def __init__(self, delivery: Delivery, streams: Streams) -> None:
        self.delivery, self.streams = delivery, streams
        self._ts: str | None = None
        self._held: list[str] = []
        self._broken = False

    def sentence(self, text: str) -> None:
        """Show one more sentence."""
        self._held.append(text)
        place = self.delivery.place
        if self._broken or place.private or not place.thread or not self.streams.able or self.delivery.entry.tries > 1:
            return
        try:
            self._append(_safe(" ".join(self._held)) + " ")
            self._held = []
        except Declined as error:
            self._broken = True
            if self._ts is None:
                log.info("no_streaming", error=error.code)
                self.streams.give_up()
        except Later:
            self._broken = True

    def end(self, prose: str) -> None:
        """End the stream, or say all of it, or the rest, in a message."""
        if self._ts is None:
            self._held = [prose] if prose else []
        else:
            self._stop(self._ts)
        rest = " ".join(self._held)
        if rest:
            for post in paged(paragraphs([rest]), rest):
                self.delivery.post(post)
        elif self._ts is not None:
            self.delivery.steps += 1

    def _append(self, text: str) -> None:
        client, place = self.delivery.client, self.delivery.place
        if self._ts is not None:
            call(client.chat_appendStream, channel=place.channel, ts=self._ts, markdown_text=text)
            return
        begun = call(
            client.chat_startStream,
            channel=place.channel,
            thread_ts=place.thread,
            markdown_text=text,
            recipient_team_id=place.team,
            recipient_user_id=self.delivery.asked.user,
        )
        self._ts = str(begun["ts"])

    def _stop(self, ts: str) -> None:
        client, place = self.delivery.client, self.delivery.place
        try:
            call(client.chat_stopStream, channel=place.channel, ts=ts, metadata=self.delivery.mark())
        except (Later, Declined) as error:
            # What was streamed stands; Slack ends a stream that nobody feeds.
            log.info("stream_left_open", error=repr(error))


def _safe(text: str) -> str:
    """Return prose in which nothing calls a channel or a person."""
    return _CALLING.sub("‹", text)

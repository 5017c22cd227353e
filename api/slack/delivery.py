"""The way of one answer into Slack: step by step, none twice, going on where it was broken off."""

from typing import Any

import structlog
from slack_sdk.web import WebClient

from api.slack import files
from api.slack.asked import Asked, Place
from api.slack.blocks.paging import Post, paged
from api.slack.blocks.text import paragraphs
from api.slack.calling import Declined, Later, call, respond
from assistant.settings import Settings
from assistant.storage.models import Entry

log = structlog.get_logger("scorecraft.slack")
ANSWER = "scorecraft_answer"
"""Marks our messages, so that one whose delivery is in doubt can be looked for."""
LOOKED_THROUGH = 200
"""Messages that are looked through for it."""
EARLIER = 60.0
"""Seconds by which Slack's clock may be behind ours."""


class Delivery:
    """Delivers the answer to one message."""

    def __init__(self, client: WebClient, settings: Settings, asked: Asked, entry: Entry) -> None:
        self.client, self.settings, self.asked, self.entry = client, settings, asked, entry
        self.steps = 0
        """Steps that are done."""

    @property
    def place(self) -> Place:
        return self.asked.place

    def post(self, post: Post) -> None:
        """Show a message where the person asked."""
        if self.place.private:
            self._once_privately(post)
        else:
            self._once(self.place.channel, self.place.thread, post)

    def share(self, channel: str, post: Post) -> None:
        """Show a message to all of a channel; ``Declined`` where the bot may not."""
        self._once(channel, None, post)

    def publish(self, post: Post) -> None:
        """Show a message to all of the channel of a private request, of which the bot may be no member."""
        try:
            self._once(self.place.channel, None, post)
        except Declined:
            if self.place.response_url is None:
                raise
            self._respond(post, response_type="in_channel")
            self.steps += 1

    def tell(self, text: str, *, alone: bool = False) -> None:
        """Say a sentence; ``alone`` to the person only."""
        for post in paged(paragraphs([text]), text):
            if alone and not self.place.direct:
                self._once_privately(post)
            else:
                self.post(post)

    def upload(self, name: str, data: bytes) -> None:
        """Put a file where the person asked, or, where only they may see it, into their direct messages."""
        private = self.place.private
        if self._ahead():
            channel = self._direct_channel() if private else self.place.channel
            thread = None if private else self.place.thread
            if not (self.entry.unclear and self.steps == self.entry.steps and self._uploaded(channel, thread, name)):
                file = files.uploaded(self.client, self.settings, name, data)
                call(
                    self.client.files_completeUploadExternal,
                    files=[{"id": file, "title": name}],
                    channel_id=channel,
                    thread_ts=thread,
                )
        self.steps += 1

    def status(self, text: str) -> None:
        """Show what is being done, where Slack has a place for that; it is no matter if it has not."""
        if self.place.direct and self.place.thread and not self.place.private:
            try:
                call(
                    self.client.assistant_threads_setStatus,
                    channel_id=self.place.channel,
                    thread_ts=self.place.thread,
                    status=text,
                )
            except (Later, Declined) as error:
                log.info("no_status", error=repr(error))

    def mark(self) -> dict[str, Any]:
        """Return what our message of this step is known by."""
        return {"event_type": ANSWER, "event_payload": {"entry": self.entry.key, "step": self.steps}}

    def _ahead(self) -> bool:
        """Tell whether this step is still to be done, by what is known of earlier tries."""
        return self.steps >= self.entry.steps

    def _once(self, channel: str, thread: str | None, post: Post) -> None:
        if self._ahead() and not self._there(channel, thread):
            self._openly(channel, thread, post)
        self.steps += 1

    def _once_privately(self, post: Post) -> None:
        if self._ahead():
            self._privately(post)
        self.steps += 1

    def _there(self, channel: str, thread: str | None) -> bool:
        """Tell whether this step was done by a try whose end nobody saw."""
        if not self.entry.unclear or self.steps != self.entry.steps:
            return False
        mark = self.mark()["event_payload"]
        marked = [one.get("metadata") or {} for one in self._recent(channel, thread)]
        done = [one["event_payload"]["step"] for one in marked if _ours(one, mark["entry"])]
        if mark["step"] in done:
            self.entry = self.entry.model_copy(update={"steps": max(done) + 1})
        return mark["step"] in done

    def _uploaded(self, channel: str, thread: str | None, name: str) -> bool:
        return any(
            file.get("title") == name for one in self._recent(channel, thread) for file in one.get("files") or []
        )

    def _recent(self, channel: str, thread: str | None) -> list[dict[str, Any]]:
        """Return the messages since the question came."""
        about: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{self.entry.created.timestamp() - EARLIER:.6f}",
            "include_all_metadata": True,
            "limit": LOOKED_THROUGH,
        }
        if thread:
            found = call(self.client.conversations_replies, ts=thread, **about)
        else:
            found = call(self.client.conversations_history, **about)
        return list(found.get("messages") or [])

    def _openly(self, channel: str, thread: str | None, post: Post) -> None:
        about: dict[str, Any] = {"channel": channel, "thread_ts": thread, "metadata": self.mark(), "mrkdwn": False}
        quiet = {"unfurl_links": False, "unfurl_media": False}
        try:
            call(self.client.chat_postMessage, text=post.text, blocks=list(post.blocks), **about, **quiet)
        except Declined as error:
            if error.code not in {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}:
                raise
            # A fault of ours; what the message comes to is better than nothing.
            log.error("blocks_refused", error=error.code)
            call(self.client.chat_postMessage, text=post.text, **about, **quiet)

    def _privately(self, post: Post) -> None:
        try:
            if self.place.response_url is not None:
                self._respond(post, response_type="ephemeral")
            else:
                self._ephemerally(post)
        except Declined as error:
            # The address is good for half an hour and five answers, and a channel may be closed to the bot.
            log.info("told_directly", error=error.code)
            self._openly(self._direct_channel(), None, post)

    def _respond(self, post: Post, *, response_type: str) -> None:
        respond(
            self.place.response_url or "",
            self.settings,
            text=post.text,
            blocks=list(post.blocks),
            response_type=response_type,
            replace_original=False,
        )

    def _ephemerally(self, post: Post) -> None:
        call(
            self.client.chat_postEphemeral,
            channel=self.place.channel,
            user=self.asked.user,
            thread_ts=self.place.thread,
            text=post.text,
            blocks=list(post.blocks),
        )

    def _direct_channel(self) -> str:
        return str(call(self.client.conversations_open, users=self.asked.user)["channel"]["id"])


def _ours(metadata: dict[str, Any], key: str) -> bool:
    return metadata.get("event_type") == ANSWER and (metadata.get("event_payload") or {}).get("entry") == key

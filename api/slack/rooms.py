"""Who else is in a channel or a thread, which decides whether the bot speaks up there."""

from slack_sdk.web import WebClient

from api.slack.asked import Asked, Place
from api.slack.calling import Declined, call
from api.slack.remembered import Remembered

MOST = 5_000
KNOWN = 600.0
"""Seconds for which a channel is taken as shared with others, or not."""
LOOKED_THROUGH = 200
"""Messages of a thread that are looked through."""


class Rooms:
    """The channels of one workspace."""

    def __init__(self, client: WebClient) -> None:
        self.client = client
        self._shared = Remembered[bool](MOST, KNOWN)

    def shared_with_others(self, place: Place) -> bool:
        """Tell whether people of another organisation are in a channel, or soon will be."""
        known = self._shared.get(place.channel)
        return self._shared.keep(place.channel, self._asked(place)) if known is None else known

    def crowded(self, asked: Asked) -> bool:
        """Tell whether somebody else has written in a thread: then only who calls the bot by name is answered."""
        place = asked.place
        found = call(self.client.conversations_replies, channel=place.channel, ts=place.thread, limit=LOOKED_THROUGH)
        return any(one.get("user") != asked.user and not one.get("bot_id") for one in found.get("messages") or [])

    def _asked(self, place: Place) -> bool:
        try:
            channel = call(self.client.conversations_info, channel=place.channel)["channel"]
        except Declined:
            # Of a channel that cannot be looked at nobody knows who is in it.
            return True
        return bool(channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"))

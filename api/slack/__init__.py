"""The Slack bot: what Slack brings is kept before it is acknowledged, and answered behind that."""

PATH = "/slack/events"
"""Where Slack's requests over HTTP come in."""

"""Replies as Block Kit: pure functions from what was decided to what Slack shows.

Text of people and documents stands in rich text and plain text alone, which Slack takes literally: nothing in it can
call a channel, link or format.
"""

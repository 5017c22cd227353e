"""Pages of long lists: each names where the next one begins, so that what comes in between moves nothing."""

import base64
from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from api.http.problems import Refused
from assistant.errors import UnknownName

T = TypeVar("T")
Most = Annotated[int, Query(alias="limit", ge=1, le=200, description="Items of a page.")]
Cursor = Annotated[
    str | None, Query(max_length=400, description="The field `next` of the page before; none for the first page.")
]


class Page(BaseModel, Generic[T]):
    items: tuple[T, ...]
    next: str | None = None
    """Cursor of the next page; none after the last."""


def page(found: tuple[T, ...], most: int, place: str) -> Page[T]:
    """Make a page of what was found for one more than wanted; ``place`` names the last item's place."""
    if len(found) <= most:
        return Page(items=found)
    return Page(items=found[:most], next=written(place))


def written(place: str) -> str:
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read(cursor: str | None) -> str | None:
    """Return the place that a cursor names; ``Refused`` where it is none of ours."""
    if cursor is None:
        return None
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except ValueError as error:
        raise Refused(400, "bad-cursor", "web.bad_cursor") from error


def below(find: Callable[[str | None], tuple[T, ...]], cursor: str | None) -> tuple[T, ...]:
    """Return what a list has below the id that a cursor names; ``Refused`` where nothing of the list has it."""
    try:
        return find(read(cursor))
    except UnknownName as error:
        raise Refused(400, "bad-cursor", "web.bad_cursor") from error


def number(cursor: str | None) -> int | None:
    """Return the number that a cursor names."""
    place = read(cursor)
    if place is None:
        return None
    if not (place.isascii() and place.isdigit() and len(place) < 10):
        raise Refused(400, "bad-cursor", "web.bad_cursor")
    return int(place)

"""Versions as ETags, so that nobody overwrites what they have not seen (RFC 9110, RFC 6585)."""

import re
from typing import Annotated

from fastapi import Header

from api.http.problems import Refused

TAG = re.compile(r'(?:W/)?"(\d{1,9})"')
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag that was seen; required.", examples=['"1"'], max_length=200),
]


def tag(revision: int) -> str:
    return f'"{revision}"'


def expected(header: str | None) -> int:
    """Return the revision that a caller saw; ``Refused`` where none is stated."""
    if header is None:
        raise Refused(428, "if-match-missing", "web.if_match")
    found = TAG.fullmatch(header.strip())
    if found is None:
        raise Refused(412, "outdated", "web.bad_tag")
    return int(found[1])

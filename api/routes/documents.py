"""``/v1/documents``: the workspace's own documents, brought into the search behind the request."""

import re
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile

from api.bodies import Name
from api.dependencies import NAMED, WITH_JSON, Reader, Writer, answered
from api.http.cursors import Cursor, Most, Page, below, page
from api.http.once import IdempotencyKey, once
from api.http.problems import Refused
from assistant.errors import BadInput
from assistant.intake.sources import LIMIT, MEGABYTES
from assistant.retrieval.documents.kinds import named_kind
from assistant.storage.models import Upload

router = APIRouter(prefix="/v1/documents", tags=["documents"])
CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST = 150


def known_as(name: str | None) -> str:
    """Return the name by which a document is kept: the last part of a path, whoever's rules it was written by."""
    last = PurePosixPath(CONTROL.sub("", name or "").replace("\\", "/")).name.strip()
    if last in {"", ".", ".."} or len(last) > LONGEST:
        raise Refused(422, "bad-file-name", "web.file_name", most=LONGEST)
    if named_kind(last) is None:
        raise BadInput("document.kind", name=last)
    return last


@router.post("", response_model=Upload, status_code=202, responses=WITH_JSON)
async def hand_in(
    request: Request, caller: Writer, file: Annotated[UploadFile, File()], key: IdempotencyKey = None
) -> Any:
    """Hand a document in: Markdown, text, HTML, PDF, Word or Excel. One of the same name is replaced."""
    name = known_as(file.filename)
    data = await file.read(LIMIT + 1)
    if not data:
        raise BadInput("file.empty", name=name)
    if len(data) > LIMIT:
        raise BadInput("document.size", name=name, most=MEGABYTES)
    office = caller.office

    def work() -> Response:
        kept = office.uploads.put(caller.by, name, data)
        office.reading.wake()
        answer = answered(kept, 202)
        answer.headers["Location"] = f"/v1/documents/{kept.id}"
        return answer

    return await once(request, caller, key, lambda: office.pools.keep(work))


@router.get("")
async def listing(caller: Reader, limit: Most = 50, cursor: Cursor = None) -> Page[Upload]:
    """List the documents, the latest first, each with what became of it."""
    uploads = caller.office.uploads
    found = await caller.office.pools.keep(below, lambda before: uploads.list(caller.by, limit + 1, before), cursor)
    return page(found, limit, found[limit - 1].id if len(found) >= limit else "")


@router.get("/{id}", responses=NAMED)
async def one(caller: Reader, id: Name) -> Upload:
    """Say what became of a document: queued, processing, ready or failed, and why."""
    return await caller.office.pools.keep(caller.office.uploads.get, caller.by, id)


@router.delete("/{id}", status_code=204, responses=NAMED)
async def delete(caller: Writer, id: Name) -> Response:
    """Take a document out of the search, and forget it."""
    office = caller.office

    def work() -> None:
        name = office.uploads.get(caller.by, id).name
        office.advisor.forget(name, caller.by)
        office.uploads.delete(caller.by, id)

    await office.pools.keep(work)
    return Response(status_code=204)

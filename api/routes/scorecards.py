"""``/v1/scorecards:verb``: the pure functions, nothing is kept."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api import deeds
from api.bodies import (
    CheckBody,
    CompareBody,
    Compared,
    DepartmentSuggested,
    ExplainBody,
    Explained,
    ExportBody,
    RepairBody,
    RepairedCard,
    ReviewBody,
    ScoreBody,
    SuggestBody,
    Suggested,
)
from api.dependencies import WITH_JSON, Caller, Reader, answered
from api.http.strict import StrictRoute
from assistant.advisor import Advisor
from assistant.checked import Checked
from assistant.review import Review
from assistant.scoring.models import DryRun
from knowledge.models import Language

router = APIRouter(prefix="/v1", tags=["scorecards"], route_class=StrictRoute, responses=WITH_JSON)
B = TypeVar("B", bound=BaseModel)
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "yaml": "application/yaml",
}


async def _done(caller: Caller, deed: Callable[[Advisor, B, Language | None], BaseModel], body: B) -> Response:
    def work() -> Response:
        return answered(deed(caller.office.advisor, body, caller.preferred))

    return await caller.office.pools.think(work)


@router.post("/scorecards:suggest", response_model=Suggested | DepartmentSuggested)
async def suggest(caller: Reader, body: SuggestBody) -> Any:
    """Propose a weighted scorecard for a position under a strategy; ``"role": "all"`` for the whole department."""
    return await _done(caller, deeds.suggest, body)


@router.post("/scorecards:check", response_model=Checked)
async def check(caller: Reader, body: CheckBody) -> Any:
    """Check a scorecard against the rules: findings worst first, and its quality."""
    return await _done(caller, deeds.check, body)


@router.post("/scorecards:repair", response_model=RepairedCard)
async def repair(caller: Reader, body: RepairBody) -> Any:
    """Return the nearest scorecard without errors, and every change with the rules that it serves."""
    return await _done(caller, deeds.repair, body)


@router.post("/scorecards:review", response_model=Review)
async def review(caller: Reader, body: ReviewBody) -> Any:
    """Say what to keep, change, drop and add on last year's card under this year's strategy."""
    return await _done(caller, deeds.review, body)


@router.post("/scorecards:explain", response_model=Explained)
async def explain(caller: Reader, body: ExplainBody) -> Any:
    """Say why each line of a brief's card has its weight, and what was considered instead."""
    return await _done(caller, deeds.explain, body)


@router.post("/scorecards:compare", response_model=Compared)
async def compare(caller: Reader, body: CompareBody) -> Any:
    """Put the cards of briefs, and cards as given, side by side."""
    return await _done(caller, deeds.compare, body)


@router.post("/scorecards:score", response_model=DryRun)
async def score(caller: Reader, body: ScoreBody) -> Any:
    """Score a card with hypothetical actuals of the position, never of a person."""
    return await _done(caller, deeds.score, body)


FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The form as a file.", "content": {media.partition(";")[0]: {} for media in MEDIA.values()}}
}


@router.post("/scorecards:export", response_class=Response, responses=FILE)
async def export(caller: Reader, body: ExportBody) -> Response:
    """Lay a card out as the appraisal form people sign: Excel, Word, Markdown, CSV, or our JSON and YAML."""

    def work() -> Response:
        from api.export import export as laid_out

        advisor = caller.office.advisor
        intake, language = deeds.read(advisor, body, caller.preferred)
        data = laid_out(intake.card, advisor.catalogue, body.to, body.form_language or language)
        named = {"Content-Disposition": f'attachment; filename="scorecard.{body.to}"'}
        return Response(data, headers=named, media_type=MEDIA[body.to])

    return await caller.office.pools.think(work)

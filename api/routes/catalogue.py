"""``/v1/roles``, ``indicators``, ``themes``, ``rules``, ``profiles``: what the recommender knows."""

from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.dependencies import NAMED, Reader
from api.http.problems import Refused
from assistant.language.offline.names import Match
from knowledge.models import Indicator, Role, RuleProfile, RuleText, StrategyTheme

router = APIRouter(prefix="/v1", tags=["catalogue"])
Word = Annotated[str, Query(max_length=200, description="A name or a part of one, in Chinese or English.")]
T = TypeVar("T")


class Listing(BaseModel, Generic[T]):
    """Everything there is, or what a word finds, best first."""

    items: tuple[T, ...]


def _of(known: dict[str, T], found: list[Match]) -> Listing[T]:
    return Listing(items=tuple(known[match.id] for match in found if match.id in known))


def _one(known: dict[str, T], kind: str, id: str) -> T:
    if id not in known:
        raise Refused(404, f"unknown-{kind}", "web.no_such", id=id[:100], kinds=f"/v1/{kind}s")
    return known[id]


@router.get("/roles")
async def roles(caller: Reader, q: Word = "") -> Listing[Role]:
    """List the positions, each with its duties, KPI groups and what it cannot control."""
    advisor = caller.office.advisor
    return _of(advisor.catalogue.roles, advisor.roles(q))


@router.get("/roles/{id}", responses=NAMED)
async def role(caller: Reader, id: str) -> Role:
    return _one(caller.office.advisor.catalogue.roles, "role", id)


@router.get("/indicators")
async def indicators(caller: Reader, q: Word = "") -> Listing[Indicator]:
    """List the KPIs with formula, data source, scoring, pitfalls and levers."""
    advisor = caller.office.advisor
    return _of(advisor.catalogue.indicators, advisor.indicators(q))


@router.get("/indicators/{id}", responses=NAMED)
async def indicator(caller: Reader, id: str) -> Indicator:
    return _one(caller.office.advisor.catalogue.indicators, "indicator", id)


@router.get("/themes")
async def themes(caller: Reader, q: Word = "") -> Listing[StrategyTheme]:
    """List the strategic priorities, what each emphasises and what it pulls against."""
    advisor = caller.office.advisor
    return _of(advisor.catalogue.themes, advisor.themes(q))


@router.get("/themes/{id}", responses=NAMED)
async def theme(caller: Reader, id: str) -> StrategyTheme:
    return _one(caller.office.advisor.catalogue.themes, "theme", id)


@router.get("/rules")
async def rules(caller: Reader) -> Listing[RuleText]:
    """List the rules that every card is checked by."""
    return Listing(items=tuple(caller.office.advisor.catalogue.rules.values()))


@router.get("/rules/{code}", responses=NAMED)
async def rule(caller: Reader, code: str) -> RuleText:
    return _one(caller.office.advisor.catalogue.rules, "rule", code.upper())


@router.get("/profiles")
async def profiles(caller: Reader) -> Listing[RuleProfile]:
    """List the rule sets: limits with their severities."""
    return Listing(items=tuple(caller.office.advisor.catalogue.profiles.values()))


@router.get("/profiles/{id}", responses=NAMED)
async def profile(caller: Reader, id: str) -> RuleProfile:
    return _one(caller.office.advisor.catalogue.profiles, "profile", id)

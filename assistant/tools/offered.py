"""Every capability that is offered as a tool, in the order in which an agent reads them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assistant.principal import Scope
from assistant.tools import arguments, drafting, forms, reference
from assistant.tools.desk import Desk


@dataclass(frozen=True)
class Capability:
    """``about`` is the key of the description; ``work`` returns plain data or raises a ``ScorecraftError``."""

    name: str
    about: str
    given: type[arguments.Given]
    work: Callable[[Desk, Any], dict[str, Any]]
    scope: Scope = "read"


CAPABILITIES = (
    Capability("suggest_scorecard", "tool.suggest", arguments.BriefGiven, drafting.suggest),
    Capability("suggest_alternatives", "tool.alternatives", arguments.BriefGiven, drafting.alternatives),
    Capability("why_kpi", "tool.why", arguments.WhyGiven, drafting.why),
    Capability("explain_kpi", "tool.explain", arguments.KpiGiven, reference.explain),
    Capability("check_scorecard", "tool.check", arguments.CardGiven, forms.check),
    Capability("repair_scorecard", "tool.repair", arguments.RepairGiven, forms.repair),
    Capability("review_scorecard", "tool.review", arguments.CardGiven, forms.review),
    Capability("how_to_game", "tool.game", arguments.CardGiven, forms.game),
    Capability("data_readiness", "tool.readiness", arguments.CardGiven, forms.readiness),
    Capability("dry_run", "tool.dry_run", arguments.ScoreGiven, forms.dry_run),
    Capability("search_guidance", "tool.search", arguments.SearchGiven, reference.search),
    Capability("ask_guidance", "tool.ask", arguments.QuestionGiven, reference.ask),
    Capability("list_positions", "tool.positions", arguments.ListGiven, reference.positions),
    Capability("list_kpis", "tool.kpis", arguments.ListGiven, reference.kpis),
    Capability("list_priorities", "tool.priorities", arguments.ListGiven, reference.priorities),
    Capability("list_rule_sets", "tool.rule_sets", arguments.NothingGiven, reference.rule_sets),
    Capability("list_rules", "tool.rules", arguments.RulesGiven, reference.rules),
)

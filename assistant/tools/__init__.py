"""The capabilities as LangChain tools, for agents of other people's making; LangChain is loaded when tools are made."""

import json
from typing import TYPE_CHECKING, Any

from assistant.advisor import Advisor
from assistant.errors import ScorecraftError, UnknownName
from assistant.principal import LOCAL, Principal
from assistant.tools.arguments import Given, described
from assistant.tools.desk import Desk
from assistant.wording import listed, worded
from knowledge.models import Language

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

    from assistant.tools.offered import Capability


# Where an agent finds what a name may be.
LISTS = {
    "role": "list_positions",
    "indicator": "list_kpis",
    "theme": "list_priorities",
    "profile": "list_rule_sets",
    "rule": "list_rules",
}


def tools(advisor: Advisor, principal: Principal = LOCAL, language: Language = "en") -> "list[BaseTool]":
    """Return a tool for each capability the principal may use; descriptions and results are in one language.

    A result is JSON text. What Scorecraft refuses comes back as a message with the status ``error`` and says the way
    out; nothing is remembered between calls.
    """
    from assistant.tools.offered import CAPABILITIES

    desk = Desk(advisor, principal, language)
    return [_tool(one, desk) for one in CAPABILITIES if one.scope in principal.scopes]


def _tool(one: "Capability", desk: Desk) -> "BaseTool":
    from langchain_core.tools import StructuredTool, ToolException

    schema = described(one.given, desk.language)

    def work(**given: Any) -> str:
        try:
            result = one.work(desk, schema.model_validate(given))
        except ScorecraftError as error:
            raise ToolException(_refusal(error, desk.language)) from error
        return json.dumps(result, ensure_ascii=False, separators=(",", ":"))

    return StructuredTool.from_function(
        work,
        name=one.name,
        description=worded(one.about, desk.language),
        args_schema=schema,
        handle_tool_error=True,
        handle_validation_error=lambda error: _unfit(error, schema, desk.language),
    )


def _refusal(error: ScorecraftError, language: Language) -> str:
    """Say what is refused; for an unknown name the way out is another tool, not a command."""
    if not isinstance(error, UnknownName) or error.kind not in LISTS:
        return error.say(language)
    key = "tool.unknown_near" if error.nearest else "tool.unknown"
    nearest = {"nearest": error.nearest} if error.nearest else {}
    return worded(key, language, name=error.name, tool=LISTS[error.kind], **nearest)


def _unfit(error: Any, schema: type[Given], language: Language) -> str:
    """Say which arguments are not as expected, and which there are."""
    flaws = [f"{'.'.join(map(str, flaw['loc']))}: {flaw['msg']}" for flaw in error.errors(include_url=False)]
    known = tuple(schema.model_fields)
    return worded("tool.arguments", language, problems=listed(flaws, language), arguments=known)

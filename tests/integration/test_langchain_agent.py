"""A LangChain agent at work with the tools: several steps over one card, refusals, and a model behind a real server."""

import json
from collections.abc import Callable, Iterator, Sequence
from threading import Event, Thread
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain.agents.middleware.types import InputAgentState
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import SecretStr

from assistant.advisor import Advisor
from assistant.principal import LOCAL, Principal
from assistant.requests import Request
from assistant.tools import tools
from tests.integration.model_answers import Step
from tests.integration.model_server import Handler, Script, Server

BRIEF: dict[str, Any] = {"role": "销售代表", "strategy": "提升市场占有率"}
Turn = Callable[[Sequence[BaseMessage]], AIMessage]


class Scripted(BaseChatModel):
    """A chat model that takes its turns from a script; each sees what came before, as a real one would."""

    turns: list[Turn]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        done = sum(isinstance(message, AIMessage) for message in messages)
        return ChatResult(generations=[ChatGeneration(message=self.turns[done](messages))])


def call(name: str, **given: Any) -> AIMessage:
    return AIMessage(content="", tool_calls=[{"name": name, "args": given, "id": f"call-{name}", "type": "tool_call"}])


def results(messages: Sequence[BaseMessage]) -> list[ToolMessage]:
    return [message for message in messages if isinstance(message, ToolMessage)]


def result(messages: Sequence[BaseMessage], name: str) -> dict[str, Any]:
    """Return what the tool of that name gave last."""
    found: dict[str, Any] = json.loads(str([one for one in results(messages) if one.name == name][-1].content))
    return found


def spoiled(messages: Sequence[BaseMessage]) -> dict[str, Any]:
    """Return the suggested card with a weight that somebody changed."""
    card: dict[str, Any] = result(messages, "suggest_scorecard")["scorecard"]
    card["items"][0]["weight"] = 45
    return card


def said(words: str) -> InputAgentState:
    return {"messages": [HumanMessage(words)]}


def asked(advisor: Advisor, turns: list[Turn], by: Principal = LOCAL) -> list[BaseMessage]:
    agent = create_agent(Scripted(turns=turns), tools(advisor, by, "zh"))
    found: list[BaseMessage] = agent.invoke(said("给销售代表拟一张考核表，今年要提升市场占有率"))["messages"]
    return found


def test_an_agent_suggests_asks_why_checks_and_repairs(advisor: Advisor) -> None:
    turns: list[Turn] = [
        lambda said: call("suggest_scorecard", **BRIEF),
        lambda said: call("why_kpi", kpi=result(said, "suggest_scorecard")["scorecard"]["items"][4]["name"], **BRIEF),
        lambda said: call("check_scorecard", card=spoiled(said)),
        lambda said: call("repair_scorecard", card=json.dumps(spoiled(said), ensure_ascii=False)),
        lambda said: call("check_scorecard", card=result(said, "repair_scorecard")["scorecard"]),
        lambda said: AIMessage(content=f"质量分{result(said, 'check_scorecard')['quality']}"),
    ]
    said = asked(advisor, turns)
    expected = advisor.suggest(Request(**BRIEF, language="zh")).scorecard
    suggested, why, wrong, repaired, right = [json.loads(str(one.content)) for one in results(said)]
    assert [one.status for one in results(said)] == ["success"] * 5
    assert {one["indicator"]: one["weight"] for one in suggested["scorecard"]["items"]} == expected.weights()
    assert (why["indicator"], why["weight"], why["on_card"]) == ("new_customers", 25, True)
    assert "提升市场份额" in why["why"] and why["citations"][1]["source"] == "market-share-strategy"
    assert not wrong["sound"] and wrong["findings"][0]["code"] == "W001" and "125%" in wrong["findings"][0]["message"]
    assert [one["rules"] for one in repaired["changes"]] == [["W001"]] and repaired["left"] == []
    assert right["sound"] and right["scorecard"] == repaired["scorecard"] == suggested["scorecard"]
    assert said[-1].content == f"质量分{right['quality']}"


def test_two_tools_at_once_do_not_disturb_each_other(advisor: Advisor) -> None:
    both = AIMessage(
        content="", tool_calls=[*call("suggest_scorecard", **BRIEF).tool_calls, *call("list_positions").tool_calls]
    )
    said = asked(advisor, [lambda said: both, lambda said: AIMessage(content="好了")])
    assert result(said, "suggest_scorecard")["scorecard"]["total"] == 100
    assert len(result(said, "list_positions")["positions"]) == len(advisor.catalogue.roles)


def test_a_refusal_comes_back_as_a_sentence_and_the_agent_goes_on(advisor: Advisor) -> None:
    turns: list[Turn] = [
        lambda said: call("suggest_scorecard", role="宇航员"),
        lambda said: call("suggest_scorecard", title="销售代表"),
        lambda said: call("check_scorecard", card="没有表"),
        lambda said: call("ask_guidance", question="红烧肉怎么做"),
        lambda said: call("list_positions", query="销售代表"),
        lambda said: AIMessage(content="请确认岗位。"),
    ]
    said = asked(advisor, turns)
    unknown, unfit, no_card, outside, listed = results(said)
    assert [one.status for one in (unknown, unfit, no_card)] == ["error"] * 3
    assert unknown.content == "不认识“宇航员”。用 list_positions 查看有哪些。"
    assert "role" in str(unfit.content) and "title" in str(unfit.content)
    assert "没有找到考核表" in str(no_card.content)
    assert json.loads(str(outside.content))["covered"] is False
    assert json.loads(str(listed.content))["positions"][0]["id"] == "sales_representative"
    assert said[-1].content == "请确认岗位。"


def test_without_the_scope_a_tool_asked_for_by_name_does_nothing(advisor: Advisor) -> None:
    by = Principal(workspace="w", subject="s", scopes=frozenset({"write"}))
    said = asked(advisor, [lambda said: call("suggest_scorecard", **BRIEF), lambda said: AIMessage(content="无权")], by)
    assert results(said) == []


class Calling(Handler):
    """The scripted server, with tool calls as OpenAI's protocol has them: ``{"do": "tools", "calls": [...]}``."""

    def _do_tools(self, step: Step) -> None:
        calls = [
            {"id": f"call_{name}", "type": "function", "function": {"name": name, "arguments": json.dumps(given)}}
            for name, given in step["calls"]
        ]
        message = {"role": "assistant", "content": None, "tool_calls": calls}
        choice = {"index": 0, "message": message, "finish_reason": "tool_calls"}
        whole = {"id": "c1", "object": "chat.completion", "created": 1, "model": "scripted", "choices": [choice]}
        self._json(200, {**whole, "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}})


@pytest.fixture
def served() -> Iterator[tuple[str, Script]]:
    """Yield the address of a model's server that calls tools, and its script."""
    script, leaving = Script([{"do": "answer", "text": "?"}], None), Event()
    server = Server(("127.0.0.1", 0), type("Scripted", (Calling,), {"script": script, "leaving": leaving}))
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1", script
    leaving.set()
    server.shutdown()
    server.server_close()


def test_an_agent_over_an_openai_compatible_server(advisor: Advisor, served: tuple[str, Script]) -> None:
    from langchain_openai import ChatOpenAI

    url, script = served
    table = "| KPI | Weight |\n|---|---|\n| Sales revenue | 60 |\n| Collection rate | 60 |"
    brief = {"role": "sales representative", "strategy": "cash first"}
    script.set(
        [
            {
                "do": "tools",
                "calls": [("suggest_scorecard", brief)],
            },
            {"do": "tools", "calls": [("check_scorecard", {"card": table}), ("list_rule_sets", {})]},
            {"do": "answer", "text": "Done."},
        ]
    )
    model = ChatOpenAI(model="scripted", base_url=url, api_key=SecretStr("sk-test"), max_retries=0)
    agent = create_agent(model, tools(advisor, language="en"))
    told = agent.invoke(said("A card for a sales representative, cash first."))["messages"]
    assert result(told, "suggest_scorecard")["scorecard"]["total"] == 100
    assert result(told, "check_scorecard")["findings"][0]["code"] == "W001"
    assert told[-1].content == "Done."
    first, second, third = [request["body"] for request in script.requests]
    sent = {tool["function"]["name"]: tool["function"] for tool in first["tools"]}
    assert set(sent) == {tool.name for tool in tools(advisor)}
    assert sent["suggest_scorecard"]["parameters"]["required"] == ["role"]
    assert json.loads(second["messages"][-1]["content"]) == result(told, "suggest_scorecard")
    assert [message["role"] for message in third["messages"][-2:]] == ["tool", "tool"]

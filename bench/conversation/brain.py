"""What the scripted model answers: it stands for a good model that slips at every fifth wording."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from tests.dialogues import Wanted, load

SLIPS = {
    "zh": (
        "其中一项的权重是83.7%。",
        "据麦肯锡研究报告，这样的表最能提高业绩[9]。",
        "This card is mostly about sales.",
    ),
    "en": (
        "One of these lines weighs 83.7%.",
        "According to a McKinsey study, such cards raise sales [9].",
        "整张表以销售为主。",
    ),
}
"""A wrong number, an invented source, the wrong language."""
EVERY = 5
SENTENCES = 3
LONGEST = 150
FACTS = re.compile(r"<facts (\w+)>\n(.*?)\n</facts \1>", re.DOTALL)
MESSAGE = re.compile(r"MESSAGE \(data\):\n(\w+)\n(.*?)\n\1", re.DOTALL)
CLAUSE = re.compile(r"[^，,。;；!！?？\n]+")
HAN = re.compile(r"[\u4e00-\u9fff]")
LISTS = {"roles": r"position|role|岗位", "themes": r"priorit|strateg|战略", "versions": r"version|版"}
BOUNDS = {"weights": "set", "at_least": "at_least", "at_most": "at_most"}
_calls = count(1)


def answer(body: dict[str, Any]) -> str:
    """Answer a request to read or to word; anything else with a greeting."""
    told = body["messages"][-1]["content"]
    if found := FACTS.search(told):
        return wording(found[2].splitlines(), next(_calls))
    if found := MESSAGE.search(told):
        return json.dumps({"actions": list(reading(found[2])), "unclear": ""}, ensure_ascii=False)
    return "Hello."


def wording(lines: list[str], call: int) -> str:
    """Return some facts as sentences, those about KPIs first; every fifth time with a slip among them."""
    facts = [line.removeprefix("- ").strip() for line in lines if len(line) <= LONGEST and "[" not in line]
    facts.sort(key=lambda line: not re.search(r"“.+”.*%", line))
    said = [line if line[-1:] in "。.!?！？" else line + ("。" if HAN.search(line) else ".") for line in facts if line]
    said = said[:SENTENCES]
    if call % EVERY == 0 and said:
        slips = SLIPS["zh" if HAN.search("".join(said)) else "en"]
        said.insert(1, slips[call // EVERY % len(slips)])
    return " ".join(said)


def reading(message: str) -> Iterator[dict[str, Any]]:
    """Yield the actions that a message is known to mean; none for a message of no dialogue."""
    found = known().get(" ".join(message.split()))
    if found is None:
        return
    for kind in found.wanted.actions:
        yield {**_empty(kind), **_about(kind, message, found)}


@dataclass(frozen=True)
class Meant:
    """What a message means, beside what was said before it."""

    wanted: Wanted
    before: tuple[Wanted, ...]

    def new(self, name: str) -> Any:
        """Return a fact where it is not the one that held already."""
        value = getattr(self.wanted, name)
        earlier = [getattr(one, name) for one in self.before if getattr(one, name)]
        return None if earlier and earlier[-1] == value else value

    @property
    def wishes(self) -> list[tuple[str, str, int]]:
        """Ask, indicator and value of each wish that was not stated before."""
        stated = {wish for one in self.before for wish in _stated(one)}
        return [wish for wish in _stated(self.wanted) if wish not in stated]


@cache
def known() -> dict[str, Meant]:
    """Return each message of the dialogues with what it means; the first of those that are said alike."""
    table: dict[str, Meant] = {}
    for dialogue in load():
        for number, wanted in enumerate(dialogue.turns):
            table.setdefault(" ".join(wanted.type.split()), Meant(wanted, dialogue.turns[:number]))
    return table


def _stated(wanted: Wanted) -> list[tuple[str, str, int]]:
    weighed = [(ask, id, value) for name, ask in BOUNDS.items() for id, value in getattr(wanted, name).items()]
    named = {id for _, id, _ in weighed}
    put = [(ask, id, 0) for ids, ask in ((wanted.on, "include"), (wanted.off, "exclude")) for id in ids]
    return [*weighed, *(wish for wish in put if wish[1] not in named)]


def _empty(kind: str) -> dict[str, Any]:
    return {
        "kind": "undo" if kind == "restore" else kind, "quote": "", "roles": [], "themes": [], "indicators": [],
        "wishes": [], "lines": 0, "detail": "",
    }  # fmt: skip


def _about(kind: str, message: str, meant: Meant) -> dict[str, Any]:
    """Return what an action says; facts that held before are no part of the message."""
    wanted = meant.wanted
    quoted: dict[str, Any] = {"quote": " ".join(message.split())[:200]}
    if kind in {"draft", "revise"}:
        role, themes = meant.new("role"), meant.new("themes") or ()
        about = {"roles": [role] if role else [], "themes": list(themes), "wishes": list(_wishes(message, meant))}
        return {**quoted, **about, **_lines(wanted)}
    details = {"export": next(iter(wanted.exports), "xlsx"), "decline": "topic", "list": _list(message)}
    return {**quoted, "detail": details.get(kind, "")}


def _lines(wanted: Wanted) -> dict[str, Any]:
    if wanted.kind == "question" and not wanted.themes:
        return {"detail": "open"}
    return {"lines": wanted.count or wanted.most or 0, "detail": "at_most" if wanted.most else ""}


def _list(message: str) -> str:
    named = (what for what, words in LISTS.items() if re.search(words, message, re.IGNORECASE))
    return next(named, "indicators")


def _wishes(message: str, meant: Meant) -> Iterator[dict[str, Any]]:
    """Yield the wishes; one of several is quoted by its clause, where its number tells that."""
    for ask, id, value in meant.wishes:
        parts = CLAUSE.findall(message) if len(meant.wishes) > 1 and value else []
        quote = next((part for part in parts if str(value) in part), message)
        yield {"ask": ask, "indicator": id, "value": value, "quote": quote.strip()}

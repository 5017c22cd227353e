"""The bare model as it would be used without us: a good prompt, the same dialogues, the card as JSON."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from assistant.advisor import Advisor
from assistant.errors import ScorecraftError
from assistant.intake.grids import Content
from assistant.language.model.structure import parse
from assistant.settings import Settings
from bench.conversation.raw import client
from knowledge.models import Language
from tests.dialogues import CARDS, Dialogue, Wanted

TOKENS = 700
EARLIER = 6
"""Messages of the conversation that it is told again."""
PROMPT = """You are an experienced HR consultant who designs KPI scorecards for sales positions and talks about them.
Position: {role}. Answer in the language of the person.
Whenever the person asks for a scorecard or for a change of it, answer with the whole scorecard as JSON, nothing else:
{{"items": [{{"name": "...", "weight": 20}}]}}
Rules: 5 to 8 items unless the person asks for another number; each weight is a whole number from 5 to 30 in steps of 5;
the weights sum to exactly 100; use only these indicators, by these names, each at most once:
{names}
Before you answer, add the weights up and correct them until they sum to 100. Otherwise answer in one or two
sentences."""


class Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    weight: float


class Card(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    items: list[Line]


@dataclass(frozen=True)
class Asked:
    """One turn that wants a card."""

    language: Language
    seconds: float
    parsed: bool = False
    sums: bool = False
    known: bool = False
    """Whether every indicator is one of the catalogue."""
    sound: bool = False
    """Whether our check finds no error."""

    @property
    def valid(self) -> bool:
        return self.parsed and self.sums and self.sound


@dataclass(frozen=True)
class Peer:
    advisor: Advisor
    settings: Settings

    def all(self, dialogues: Sequence[Dialogue]) -> Iterator[Asked]:
        for dialogue in dialogues:
            yield from self._dialogue(dialogue)

    def _dialogue(self, dialogue: Dialogue) -> Iterator[Asked]:
        """Yield the turns that want a card; the others are talked through as well."""
        role = next((turn.role for turn in dialogue.turns if turn.role), None) or "sales_representative"
        asker, said = client(self.settings), list[dict[str, str]]()
        for wanted in dialogue.turns:
            said.append({"role": "user", "content": wanted.type})
            start = time.perf_counter()
            text = self._answer(asker, [self._system(role, dialogue.language), *said[-EARLIER:]])
            spent = time.perf_counter() - start
            said.append({"role": "assistant", "content": text})
            if wants_card(wanted):
                yield self._judged(text, role, dialogue.language, spent)

    def _answer(self, asker: Any, messages: list[dict[str, str]]) -> str:
        import openai

        try:
            answer = asker.chat.completions.create(
                model=self.settings.llm_model, messages=messages, temperature=0, max_tokens=TOKENS
            )
        except openai.OpenAIError:
            return ""
        return answer.choices[0].message.content or ""

    def _system(self, role: str, language: Language) -> dict[str, str]:
        catalogue = self.advisor.catalogue
        held = catalogue.roles[role]
        ids = dict.fromkeys(item.indicator for group in held.groups for item in group.items)
        names = ", ".join(catalogue.indicators[id].name.say(language) for id in ids)
        return {"role": "system", "content": PROMPT.format(role=held.name.say(language), names=names)}

    def _judged(self, text: str, role: str, language: Language, spent: float) -> Asked:
        card = parse(text, Card).value
        if card is None or not card.items:
            return Asked(language, spent)
        data = {"role": self.advisor.catalogue.roles[role].name.say(language), "language": language}
        lines = [line.model_dump() for line in card.items]
        sums = sum(line.weight for line in card.items) == 100
        try:
            made = self.advisor.read_content(Content("json", "card", data={**data, "items": lines}))[0].card
        except ScorecraftError:
            return Asked(language, spent, parsed=True, sums=sums)
        known = all(item.indicator for item in made.items)
        return Asked(language, spent, True, sums, known, self.advisor.checked(made, language).sound)


def wants_card(wanted: Wanted) -> bool:
    return wanted.kind in CARDS or (wanted.kind is None and wanted.actions[0] in {"draft", "revise"})

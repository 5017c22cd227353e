"""Messages that lean on what was said before put in words that stand alone: "lower it to 15", 那毛利呢."""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.conversation import Conversation
from assistant.language.offline.amounts import corrected, directed, is_bare, relative, without_lead
from assistant.language.offline.lexicon import plain
from assistant.language.offline.lines import Lines, displayed
from assistant.language.offline.names import Meaning
from assistant.language.offline.patterns import spoken
from assistant.language.offline.pronouns import is_of_no_line, is_plural, named_beside, named_for_it
from assistant.language.offline.reader import Reader
from knowledge.models import Language

# Only a wish about a line, or a question on it, is about one.
_OF_LINE = spoken(
    r"\d|[一二三四五]十",
    r"去掉|删|砍|撤|划|拿走|免了|写上|补上|放回|多余|图个|干嘛|不要|拿掉",
    r"为什么|为啥|什么意思|怎么算",
    r"太[重轻高低]|重一|轻一|多一|少一|加重|降|升|提高|调",
    r"\b(?:drop|remove|delete|off|out|lose|strike|scrap|ditch|axe|kill|back)\b",
    r"\b(?:why|mean|calculated)\b",
    r"\b(?:lower|raise|reduce|increase|cut|bump|heavy|light|heavier|lighter|up|down)\b",
)
# A clause with the mark that ends it.
_CLAUSES = spoken(r"(?:(?!\band\b|\.(?!\d))[^，,。;；!！?？\n])*(?:\band\b|[，,。;；!！?？\n.]+\s*|$)")


# The share of a line: 回款占比太高; 新产品占比 is an indicator.
_SHARE = re.compile(r"(?:的)?(?:占比|比重)(?=(?:是不是|有点|有些|觉得)*(?:太|偏|过|降|调|提|改|给|高|低))")
_SHARE_LENGTH = 3
"""Characters of a name that is more than 占比 or 回款占."""


@dataclass(frozen=True)
class Referring:
    """Resolves what a message refers to, from the card in hand and the last exchanges."""

    reader: Reader
    conversation: Conversation
    language: Language

    def resolved(self, message: str) -> str:
        """Return the message with references replaced by the names they stand for, clause by clause."""
        text = directed(self._weighed(self._lines.named(corrected(message))), chinese=self.language == "zh")
        alone = not self._named(text)
        of_line = _OF_LINE.search(text) is not None
        focus, told = self.focus, []
        for clause in _CLAUSES.findall(text):
            told.append(self._clause(clause, focus, alone=alone, of_line=of_line))
            focus = next(reversed(self._named(clause)), focus)
        return "".join(told)

    @property
    def focus(self) -> str | None:
        """The indicator that was last spoken of."""
        return next(reversed(self._spoken_of), None)

    @cached_property
    def _spoken_of(self) -> tuple[str, ...]:
        """The indicators of the last exchange that had any."""
        return next((one.indicators for one in reversed(self.conversation.recent) if one.indicators), ())

    @cached_property
    def _lines(self) -> Lines:
        return Lines(displayed(self.conversation), self.language)

    def _clause(self, clause: str, focus: str | None, *, alone: bool, of_line: bool) -> str:
        """Return a clause with its reference replaced; ``alone`` says that the message names no indicator at all."""
        if focus is None:
            return self._partly_named(clause) if of_line else clause
        name = self._called(clause, focus)
        if self._named(clause):
            return named_beside(clause, name, chinese=self.language == "zh")
        part = self._partly_named(clause) if of_line else clause
        if part != clause or is_of_no_line(clause):
            return part
        if (replaced := named_for_it(clause, name)) is not None:
            return replaced
        if alone and self.conversation.in_hand is not None and (moved := relative(clause, name)) is not None:
            return moved
        bare = alone and self.conversation.in_hand is not None and is_bare(clause)
        return f"{name} {without_lead(clause)}" if bare else clause

    def _weighed(self, text: str) -> str:
        """Return a text in which the share a line has of the card is called its weight: 回款占比太高."""
        if self.conversation.in_hand is None or not _SHARE.search(text):
            return text
        names = [hit for hit in self.reader.indicators.lexicon.find(plain(text)) if len(hit.words) > _SHARE_LENGTH]
        within = {place for hit in names for place in range(hit.start, hit.end) if "占比" in hit.words}
        return _SHARE.sub(lambda match: match.group() if match.start() in within else "权重", text)

    def _partly_named(self, clause: str) -> str:
        """Put a line's name before a clause that names it by a word which no other line has."""
        if self.reader.indicators.lexicon.find(plain(clause)):
            return clause
        meant = self._lines.meant(clause)
        return f"{meant} {clause}" if meant else clause

    def _called(self, clause: str, focus: str) -> str:
        """Return what a reference stands for: "them" for all that were spoken of last, where there were several."""
        names = self.reader.catalogue.indicators
        if not (len(self._spoken_of) > 1 and focus in self._spoken_of and is_plural(clause)):
            return names[focus].name.say(self.language)
        joint, each = ("和", "各") if self.language == "zh" else (" and ", " each")
        return joint.join(names[id].name.say(self.language) for id in self._spoken_of) + each

    def _named(self, text: str) -> list[str]:
        """Return the indicators that a text names, an open word by its usual meaning."""
        names = self.reader.indicators
        hits = names.lexicon.find(plain(text))
        return [id for id in (_usual(names.of(hit)) for hit in hits) if id]


def _usual(meaning: Meaning) -> str | None:
    """Return the id that a name means, for an open word the usual one."""
    if meaning.id is not None or meaning.question is None:
        return meaning.id
    return meaning.question.default or meaning.question.choices[0]

"""What is said to questions about a card, and to wishes that cannot be placed."""

from dataclasses import dataclass

from assistant.advisor import Advisor
from assistant.citing import citation_lines
from assistant.conversation import Column, DraftVersion
from assistant.explanation import explain, explanation
from assistant.language.reading import Mention, Wanted
from assistant.models import Brief, Scorecard
from assistant.requests import Understanding
from assistant.rules.composition import FORBIDDEN
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language, Text
from knowledge.words import word_in


@dataclass(frozen=True)
class Answers:
    """Answers in one language, over one advisor."""

    advisor: Advisor
    language: Language

    @property
    def catalogue(self) -> Catalogue:
        return self.advisor.catalogue

    def why(self, current: DraftVersion, mentions: tuple[Mention, ...]) -> list[str]:
        """Explain the lines named, or all of them; for what is not on the card, say why not."""
        weights = current.suggestion.scorecard.weights()
        ids = [mention.among(weights) for mention in mentions]
        if not ids:
            # Worded anew: the draft may have been made in the other language.
            return [one.text for one in explanation(current.suggestion.scorecard, self.catalogue, self.language)]
        return [said for id in dict.fromkeys(ids) for said in (self._reason(id, current), *self._grounds(id, current))]

    def define(self, mentions: tuple[Mention, ...], weights: dict[str, int]) -> list[str]:
        """Say what KPIs mean; nothing where none is named."""
        ids = dict.fromkeys(mention.among(weights) for mention in mentions)
        known = [self.catalogue.indicators[id] for id in ids]
        return [worded("chat.defined", self.language, name=one.name, definition=one.definition) for one in known]

    def compare(self, roles: list[str], themes: tuple[str, ...], current: DraftVersion | None) -> tuple[Column, ...]:
        """Put cards side by side: of two roles, or of one role under two priorities; nothing without two."""
        base = current.brief if current else None
        if len(roles) == 1 and base is not None and base.role != roles[0]:
            roles = [base.role, *roles]
        if len(roles) >= 2:
            briefs = [Brief(role=role, themes=themes or (base.themes if base else ())) for role in roles]
            titles = [self.catalogue.roles[role].name.say(self.language) for role in roles]
        elif len(themes) >= 2 and (roles or base):
            role = roles[0] if roles else base.role if base else ""
            briefs = [Brief(role=role, themes=(theme,)) for theme in themes]
            titles = [self.catalogue.themes[theme].name.say(self.language) for theme in themes]
        else:
            return ()
        return tuple(
            Column(title=title, weights=self.advisor.recommender.choose(brief).weights)
            for title, brief in zip(titles, briefs, strict=True)
        )

    def alternatives(self, current: DraftVersion) -> tuple[Column, ...]:
        """Return the current card beside the alternatives to it; nothing where none really differs."""
        understanding = Understanding(current.brief, current.evidence, (), self.language)
        found = self.advisor.alternatives(understanding, current.suggestion.scorecard.weights())
        if not found:
            return ()
        now = Column(title=worded("column.current", self.language), weights=current.suggestion.scorecard.weights())
        others = [
            Column(
                title=one.stance.name.say(self.language),
                summary=one.stance.summary.say(self.language),
                weights=one.suggestion.scorecard.weights(),
            )
            for one in found
        ]
        return (now, *others)

    def unknown(self, unread: tuple[str, ...]) -> list[str]:
        """Say which indicators were not recognised, with the nearest ones; nothing is changed by halves."""
        names = self.catalogue.indicators
        said = []
        for words in unread:
            if (reason := self._refused(words)) is not None:
                said.append(worded("chat.refused", self.language, words=words, reason=reason))
                continue
            near = tuple(names[match.id].name for match in self.advisor.reader.indicators.search(words, most=3))
            key = "chat.unknown_indicator" if near else "chat.unknown_indicator_alone"
            said.append(worded(key, self.language, words=words, nearest=near))
        return said

    def defaults(self, asked: tuple[Wanted, ...], weights: dict[str, int]) -> tuple[str, ...]:
        """Say how words that can mean several indicators were taken."""
        open_ones = [one.mention for one in asked if len(one.mention.choices) > 1]
        unclear = [one for one in open_ones if not set(one.choices) & set(weights)]
        names = self.catalogue.indicators
        return tuple(
            worded(
                "chat.mention_default",
                self.language,
                words=one.words,
                choices=tuple(names[id].name for id in one.choices),
                default=names[one.usual].name,
            )
            for one in unclear
        )

    def changes(self, old: Scorecard, new: Scorecard) -> str:
        """Say which weights two cards differ in."""
        before, after = old.weights(), new.weights()
        said = []
        for id in dict.fromkeys([*before, *after]):
            if before.get(id) == after.get(id):
                continue
            key = (
                "chat.change_added" if id not in before else "chat.change_dropped" if id not in after else "chat.change"
            )
            values = {
                "name": self.catalogue.indicators[id].name,
                "before": f"{before.get(id)}%",
                "after": f"{after.get(id)}%",
            }
            said.append(worded(key, self.language, **values))
        return listed(said, self.language)

    def _reason(self, id: str, current: DraftVersion) -> str:
        item = current.suggestion.scorecard.item(id)
        if item is not None:
            return explain(item, self.catalogue, self.language)
        known = self.advisor.why_not(id, current.brief, current.suggestion.scorecard.weights())
        name = self.catalogue.indicators[id].name
        if known is None:
            # A fresh draft would hold it; the card was changed since.
            return worded("chat.gave_way", self.language, name=name)
        return worded("chat.not_on_card", self.language, name=name, reason=known.reason)

    def _grounds(self, id: str, current: DraftVersion) -> list[str]:
        """Say what a line on the card rests on."""
        item = current.suggestion.scorecard.item(id)
        return citation_lines(item.citations if item else (), self.catalogue, self.language, quoted=True)

    def _refused(self, words: str) -> Text | None:
        """Return why something has no place on a card, by the rules that would find it there."""
        for code, list_id in FORBIDDEN.items():
            if word_in(words, self.catalogue.word_lists[list_id].words.all()):
                return self.catalogue.rules[code].reason
        return None

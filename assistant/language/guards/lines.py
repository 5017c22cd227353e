"""A result as short lines in the reader's language: what a model may word, and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from assistant.conversation import Reply
from assistant.models import Finding, Scorecard, ScorecardItem
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language, Text
from knowledge.terms import Severity

LEFT_OUT = 3
FINDINGS = 8
TRICKS = 6


class Line(NamedTuple):
    """One fact; ``about`` is the name and id of the KPI that all its figures belong to, where it is about one."""

    text: str
    about: tuple[str, ...] = ()
    weighs: bool = True
    """Whether its figures are those of the card; a note on definitions, targets or tricks may hold others."""


def lines(reply: Reply, catalogue: Catalogue) -> Iterator[Line]:
    """Yield what a reply says, the weightiest first."""
    return _Telling(catalogue, reply.language).all(reply)


class _Telling:
    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self.catalogue, self.language = catalogue, language

    def all(self, reply: Reply) -> Iterator[Line]:
        yield from map(_said, reply.said)
        parts: tuple[Callable[[Reply], Iterable[Line]], ...] = (
            self._suggested, self._checked, self._repaired, self._reviewed, self._gamed, self._delivered, self._scored,
            self._beside, self._quoted,
        )  # fmt: skip
        for part in parts:
            yield from part(reply)

    def _suggested(self, reply: Reply) -> Iterator[Line]:
        if (made := reply.suggestion) is None:
            return
        yield from self._card(made.scorecard, reasons=True)
        yield from self._findings(made.findings)
        yield self._counted(made.findings)
        for one in made.considered[:LEFT_OUT]:
            yield self._line("fact.left_out", (one.name, one.indicator), reason=one.reason)._replace(weighs=False)
        yield from map(_note, (*made.understood.assumptions, *made.to_fill, *made.questions))

    def _checked(self, reply: Reply) -> Iterator[Line]:
        if reply.checked is None:
            return
        found = reply.checked.findings
        yield from self._findings(found[:FINDINGS])
        yield self._counted(found)
        yield self._line("fact.quality", score=reply.checked.quality.score)
        yield from self._card(reply.checked.scorecard)
        yield from self._findings(found[FINDINGS:])

    def _repaired(self, reply: Reply) -> Iterator[Line]:
        if (made := reply.repaired) is None:
            return
        yield from (Line(one.text) for one in made.changes)
        if not made.changes:
            yield self._line("fact.unchanged")
        yield from (self._line("fact.left", message=one.message) for one in made.left)
        yield from self._card(made.scorecard)

    def _reviewed(self, reply: Reply) -> Iterator[Line]:
        if (made := reply.review) is None:
            return
        keys = {"keep": "fact.keep", "change": "fact.change", "drop": "fact.drop", "add": "fact.add"}
        for row in made.rows:
            before, after = self._weight(row.before), self._weight(row.after)
            reason = listed([one.say(self.language) for one in row.reasons], self.language)
            about = (row.name, row.indicator)
            yield self._line(keys[row.verdict], about, before=before, after=after, reason=reason)
        yield from (Line(note.say(self.language)) for note in made.notes)
        yield from self._card(made.proposal)

    def _gamed(self, reply: Reply) -> Iterator[Line]:
        for trick in reply.tricks[:TRICKS]:
            about = (trick.name, trick.indicator)
            yield self._line("fact.trick", about, how=trick.how)._replace(weighs=False)
            for stop in trick.stopped_by:
                yield self._line("fact.stopped", about, stop=stop.text)._replace(weighs=False)
            if trick.remedy is not None:
                yield self._line("fact.remedy", about, remedy=trick.remedy.text)._replace(weighs=False)
        if reply.tricks and reply.held is not None:
            yield from self._card(reply.held.card)

    def _delivered(self, reply: Reply) -> Iterator[Line]:
        for one in reply.departments:
            names = tuple(dict.fromkeys(each.name for each in one.deliveries))
            yield self._line("fact.department", department=one.name, names=names, task=one.first_task)._replace(
                weighs=False
            )
        if reply.departments and reply.held is not None:
            yield from self._card(reply.held.card)

    def _scored(self, reply: Reply) -> Iterator[Line]:
        if (run := reply.dry_run) is None:
            return
        yield self._line("fact.run_total", total=run.total, at_target=run.at_target)
        for one in run.lines:
            about = (one.name, one.indicator)
            yield self._line("fact.scored", about, points=one.points, weight=one.weight, read=one.read)
        if run.missing:
            yield self._line("fact.not_scored", names=tuple(one.name for one in run.missing))
        yield from map(_note, (*run.notes, *run.conditions))
        if reply.held is not None:
            yield from self._card(reply.held.card)

    def _beside(self, reply: Reply) -> Iterator[Line]:
        if reply.columns:
            yield self._line("fact.columns", count=len(reply.columns))._replace(weighs=False)
        for column in reply.columns:
            pairs = [
                worded("fact.pair", self.language, name=self.catalogue.indicators[id].name, weight=weight)
                for id, weight in column.weights.items()
            ]
            yield self._line("fact.column", title=column.title, pairs=listed(pairs, self.language))

    def _quoted(self, reply: Reply) -> Iterator[Line]:
        if reply.answer is not None:
            for one in reply.answer.statements:
                yield _note(worded("fact.quoted", self.language, text=" ".join(filter(None, (one.under, one.text)))))

    # Parts of several kinds.

    def _card(self, card: Scorecard, *, reasons: bool = False) -> Iterator[Line]:
        if card.role is not None:
            yield self._line("fact.position", role=self.catalogue.roles[card.role].name)
        if card.themes:
            yield self._line("fact.themes", themes=tuple(self.catalogue.themes[id].name for id in card.themes))
        yield self._line("fact.total", count=len(card.items), weight=float(sum(item.points for item in card.items)))
        yield from (self._item(item, reasons=reasons) for item in card.displayed())
        counts = Counter(item.dimension for item in card.items)
        for one in card.dimensions:
            name, count = self.catalogue.terms["dimension"][one.dimension], counts[one.dimension]
            yield self._line("fact.dimension", name=name, count=count, weight=float(one.weight))

    def _item(self, item: ScorecardItem, *, reasons: bool) -> Line:
        about = (item.name, item.indicator)
        if item.weight is None:
            return self._line("fact.line_open", about)
        if reasons and item.rationale is not None:
            return self._line("fact.line_why", about, weight=float(item.weight), reason=item.rationale)
        return self._line("fact.line", about, weight=float(item.weight))

    def _findings(self, found: tuple[Finding, ...]) -> Iterator[Line]:
        for one in found:
            severity = self.catalogue.terms["severity"][one.severity]
            text = worded("fact.finding", self.language, severity=severity, message=one.message)
            yield Line(text, (one.indicator,) if one.indicator else (), weighs=False)

    def _counted(self, found: tuple[Finding, ...]) -> Line:
        if not found:
            return self._line("fact.no_findings")
        counts = Counter(one.severity for one in found)
        numbers = {"errors": counts[Severity.ERROR], "warnings": counts[Severity.WARNING]}
        text = worded("fact.found", self.language, advice=counts[Severity.ADVICE], **numbers)
        return _note(text)

    def _weight(self, value: float | None) -> str:
        return worded("fact.no_weight", self.language) if value is None else f"{value:g}%"

    def _line(self, key: str, about: tuple[Text, str | None] | None = None, **values: object) -> Line:
        """Return a phrase as a fact; ``about`` is the KPI that its figures belong to."""
        if about is None:
            return Line(worded(key, self.language, **values))
        name, id = about
        keys = (*((id,) if id else ()), name.say(self.language))
        return Line(worded(key, self.language, name=name, **values), keys)


def _note(text: str) -> Line:
    return Line(text, weighs=False)


def _said(text: str) -> Line:
    """Return a paragraph as a fact; where it only cites, its figures are those of the source."""
    return _note(text) if text[:1] in {" ", "["} else Line(text)

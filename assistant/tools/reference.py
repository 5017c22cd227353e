"""Tools that look up: what a KPI means, passages and answers of the guidance, and what the catalogue holds."""

import re
from typing import Any

from assistant import grounds
from assistant.formulas import formula_in_words
from assistant.tools.arguments import KpiGiven, ListGiven, NothingGiven, QuestionGiven, RulesGiven, SearchGiven
from assistant.tools.desk import Desk
from assistant.tools.plain import citations, part, plain
from assistant.wording import worded
from knowledge.models import Indicator, RuleText

# Stands for what a rule says about one card; the rule book has none.
_VARIABLE = re.compile(r"\$(\w+|\{\w+\})")


def explain(desk: Desk, given: KpiGiven) -> dict[str, Any]:
    """Return what a KPI means and how it goes wrong, with the other readings of its name."""
    id = desk.advisor.understander.indicator(given.kpi)
    known, cited = desk.catalogue.indicators[id], grounds.load().indicators.get(id)
    fields = "definition unit polarity nature dimension basis level period data_source scoring vanity levers pitfalls"
    said = {
        "indicator": id,
        **part(known, f"name kind {fields}", desk.language),
        "formula": formula_in_words(known, desk.language),
        "provider": desk.catalogue.terms["party"][known.provider],
        "gaming": _gaming(known, desk),
        "could_also_mean": _others(given.kpi, id, desk),
        "citations": citations([cited] if cited else [], desk.language, quoted=True),
    }
    found: dict[str, Any] = plain(said, desk.language)
    return found


def _gaming(known: Indicator, desk: Desk) -> dict[str, Any]:
    if known.gaming is None:
        return {}
    guards = [desk.catalogue.indicators[id].name for id in known.gaming.guards]
    return {"how": known.gaming.how, "guards": guards, "counts_when": known.gaming.counts_when}


def _others(name: str, id: str, desk: Desk) -> list[dict[str, Any]]:
    """Return what else a name could mean."""
    question = desk.advisor.reader.indicators.meaning(name).question
    others = [desk.catalogue.indicators[one] for one in (question.choices if question else ()) if one != id]
    return [part(one, "id name", desk.language) for one in others]


def search(desk: Desk, given: SearchGiven) -> dict[str, Any]:
    from assistant.retrieval.excerpts import excerpt
    from assistant.retrieval.models import Filters
    from assistant.retrieval.wanted import source, subject

    library = desk.advisor.library
    filters = Filters(
        role=desk.advisor.understander.role(given.role, desk.language)[0] if given.role else None,
        topic=subject(given.topic, library.guidance) if given.topic else None,
        source=source(given.source, library) if given.source else None,
    )
    found = desk.advisor.search(given.query, desk.language, given.most, filters)
    passages = [
        {
            "number": number,
            "source": hit.chunk.document,
            "title": hit.chunk.title,
            "section": hit.chunk.section,
            "origin": hit.chunk.origin,
            "score": round(hit.score, 2),
            "excerpt": excerpt(hit.chunk.text, found.query),
        }
        for number, hit in enumerate(found.hits, 1)
    ]
    notes = (
        []
        if passages
        else [worded("search.nothing_filtered" if filters != Filters() else "search.nothing", desk.language)]
    )
    return {"passages": passages, **_notes(notes, desk, words_only=found.words_only)}


def ask(desk: Desk, given: QuestionGiven) -> dict[str, Any]:
    found = desk.advisor.ask(given.question, desk.language, desk.by)
    notes = [] if found.covered else [worded(key, desk.language) for key in ("chat.not_covered", "chat.covers")]
    return {
        "covered": found.covered,
        "sentences": [part(one, "text cites under", desk.language) for one in found.statements],
        "citations": citations(found.citations, desk.language, quoted=False),
        **_notes(notes, desk, words_only=found.words_only),
    }


def _notes(notes: list[str], desk: Desk, *, words_only: bool) -> dict[str, Any]:
    said = [*notes, *([worded("search.words_only", desk.language)] if words_only else [])]
    return {"notes": said} if said else {}


def positions(desk: Desk, given: ListGiven) -> dict[str, Any]:
    known = desk.catalogue.roles
    return {
        "positions": [part(known[one.id], "id name summary", desk.language) for one in desk.advisor.roles(given.query)]
    }


def kpis(desk: Desk, given: ListGiven) -> dict[str, Any]:
    known, fields = desk.catalogue.indicators, "id name definition" if given.query.strip() else "id name"
    return {"kpis": [part(known[one.id], fields, desk.language) for one in desk.advisor.indicators(given.query)]}


def priorities(desk: Desk, given: ListGiven) -> dict[str, Any]:
    found = [desk.catalogue.themes[one.id] for one in desk.advisor.themes(given.query)]
    return {"priorities": [part(one, "id name summary leads opposes", desk.language) for one in found]}


def rule_sets(desk: Desk, given: NothingGiven) -> dict[str, Any]:
    found = desk.catalogue.profiles.values()
    return {"rule_sets": [part(one, "id name summary total preferred_count", desk.language) for one in found]}


def rules(desk: Desk, given: RulesGiven) -> dict[str, Any]:
    found = desk.advisor.rules(given.code)
    return {"rules": [_rule(one, desk, whole=len(found) == 1) for one in found]}


def _rule(one: RuleText, desk: Desk, *, whole: bool) -> dict[str, Any]:
    said = part(one, "code severity title" + (" reason fix" if whole else " reason"), desk.language)
    return {name: _VARIABLE.sub("…", text) for name, text in said.items()}

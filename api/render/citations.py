"""Answers and what they rest on, as lines with numbers."""

from rich.console import RenderableType
from rich.text import Text as Line

from assistant.citation import Answer, Citation, Statement
from assistant.citing import citation_line, citation_lines
from assistant.models import Scorecard
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language


def answer_lines(answer: Answer) -> list[str]:
    """Say each sentence with the numbers of its citations."""
    return [_said(one, answer.language) for one in answer.statements]


def _said(one: Statement, language: Language) -> str:
    text = worded("cite.lines", language, place=one.under, lines=one.text) if one.under else one.text
    return f"{text} {''.join(f'[{number}]' for number in one.cites)}"


def answer_parts(answer: Answer, catalogue: Catalogue) -> list[RenderableType]:
    """Show an answer, then its citations."""
    language = answer.language
    places = citation_lines(answer.citations, catalogue, language)
    notes = [worded("ask.words_only", language)] if answer.words_only else []
    shown = [*answer_lines(answer), "", *places, *notes]
    return [Line(line) for line in shown]


def card_lines(card: Scorecard, catalogue: Catalogue, language: Language) -> list[str]:
    """Say what a card rests on: each passage once, with the lines it stands behind."""
    behind: dict[Citation, list[str]] = {}
    for item in card.items:
        for one in item.citations:
            behind.setdefault(one, []).append(item.name.say(language))
    return [
        worded(
            "cite.lines",
            language,
            place=citation_line(number, one, catalogue, language),
            lines=listed(names, language),
        )
        for number, (one, names) in enumerate(behind.items(), 1)
    ]

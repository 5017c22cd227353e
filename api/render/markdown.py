"""A card as Markdown."""

from api.render.notes import finding_lines, notes
from assistant.formulas import formula_in_words
from assistant.models import Scorecard, Suggestion
from assistant.wording import plain_number, worded
from knowledge.models import Catalogue, Language


def card_markdown(suggestion: Suggestion, catalogue: Catalogue, language: Language) -> str:
    """Return a card with its explanation, findings and notes."""
    card = suggestion.scorecard
    role, profile = catalogue.roles[card.role or ""], catalogue.profiles[card.profile]
    title = worded("label.title", language, role=role.name, title=profile.title)
    lines = [f"# {title}", ""]
    lines += _table(card, catalogue, language)
    lines += _titled(worded("label.explanation", language), [one.text for one in suggestion.explanation])
    found = finding_lines(suggestion.findings, catalogue, language)
    lines += _titled(worded("label.findings", language), found or [worded("label.no_findings", language)])
    for note in notes(suggestion, catalogue, language):
        lines += _titled(note.title, list(note.lines))
    return "\n".join(lines) + "\n"


def _table(card: Scorecard, catalogue: Catalogue, language: Language) -> list[str]:
    keys = ("dimension", "indicator", "weight", "definition", "formula", "period", "source", "reason")
    lines = [_row([worded(f"label.{key}", language) for key in keys]), _row(["---"] * len(keys))]
    for item in card.items:
        texts = (item.definition, item.data_source, item.rationale)
        definition, source, reason = (text.say(language) if text else "" for text in texts)
        lines.append(
            _row(
                [
                    catalogue.terms["dimension"][item.dimension].say(language) if item.dimension else "",
                    item.name.say(language),
                    f"{plain_number(float(item.points))}%",
                    definition,
                    formula_in_words(item, language),
                    catalogue.terms["period"][item.period].say(language) if item.period else "",
                    source,
                    reason,
                ]
            )
        )
    total = plain_number(float(sum(item.points for item in card.items)))
    return [*lines, _row([worded("label.total", language), "", f"{total}%", *[""] * 5])]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _titled(title: str, lines: list[str]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {line.strip()}" for line in lines)]

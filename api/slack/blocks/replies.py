"""One turn's replies as messages."""

from collections.abc import Iterator, Sequence

from api.render.checked import summary
from api.render.citations import answer_lines
from api.render.repaired import left_line, told
from api.render.score import in_order, score_cells, total_line
from api.render.trust import game_lines, readiness_lines, review_lines
from api.slack.blocks import cards
from api.slack.blocks.controls import Controls, buttons, choices, feedback, positions
from api.slack.blocks.findings import finding_lines
from api.slack.blocks.paging import Post, paged
from api.slack.blocks.text import Block, Line, bar, header, listing, paragraphs, small, words
from assistant.citing import citation_lines
from assistant.conversation import Column, Held, Reply
from assistant.models import ScorecardItem
from assistant.quality import part_lines
from assistant.scoring.models import DryRun, ItemScore
from assistant.scoring.models import Line as Missing
from assistant.wording import plain_number, worded
from knowledge.models import Catalogue, Language


def posts(
    replies: tuple[Reply, ...], catalogue: Catalogue, controls: Controls, more: Sequence[Block] = ()
) -> tuple[Post, ...]:
    """Return the messages that show a turn, and ``more`` below it; the last card carries the buttons."""
    last = max((number for number, one in enumerate(replies) if one.version is not None), default=None)
    blocks: list[Block] = []
    for number, reply in enumerate(replies):
        below = [*buttons(reply, controls), *positions(reply, catalogue, controls)] if number == last else []
        blocks += shown(reply, catalogue, below)
        blocks += choices(reply.choices, controls)
    blocks += more
    if replies:
        blocks += feedback(controls, replies[-1].language)
    return paged(blocks, notice(replies, catalogue))


def notice(replies: tuple[Reply, ...], catalogue: Catalogue) -> str:
    """Return in a line what a turn came to."""
    for reply in replies:
        if reply.suggestion is not None:
            return cards.title(reply.suggestion.scorecard, catalogue, reply.language)
    said = [line for reply in replies for line in reply.said]
    language = replies[-1].language if replies else "en"
    return said[0] if said else worded("slack.answer", language)


def shown(reply: Reply, catalogue: Catalogue, controls: Sequence[Block] = ()) -> Iterator[Block]:
    """Yield what a reply says and shows, with the buttons of its card."""
    yield from paragraphs(reply.said)
    language = reply.language
    if reply.answer is not None:
        yield from paragraphs(answer_lines(reply.answer))
        rests = citation_lines(reply.answer.citations, catalogue, language)
        yield from small([*rests, *([worded("ask.words_only", language)] if reply.answer.words_only else [])])
        yield from paragraphs(reply.after)
    elif reply.held is not None:
        yield from _about_form(reply, reply.held, catalogue, controls)
    elif reply.columns:
        yield from comparison(reply.columns, catalogue, language)
    elif reply.suggestion is not None:
        yield from cards.drafted(reply.suggestion, catalogue, language, controls, whole=reply.kind == "card")


def comparison(columns: tuple[Column, ...], catalogue: Catalogue, language: Language) -> Iterator[Block]:
    """Yield cards beside each other: below each KPI its weight on every one."""
    weighed = {id for column in columns for id in column.weights}
    rows: list[Line] = []
    for id in (id for id in catalogue.indicators if id in weighed):
        cells = [f"{one.title} {one.weights[id]}%" if id in one.weights else f"{one.title} –" for one in columns]
        rows.append([words(catalogue.indicators[id].name.say(language), bold=True), words("\n" + " · ".join(cells))])
    yield from listing("", rows)


def _about_form(reply: Reply, held: Held, catalogue: Catalogue, controls: Sequence[Block]) -> Iterator[Block]:
    language = reply.language
    if reply.checked is not None:
        yield from _checked(reply, held, catalogue, controls)
    elif reply.repaired is not None:
        yield from _repaired(reply, catalogue, controls)
    elif reply.review is not None:
        yield from listing(worded("slack.verdicts", language), review_lines(reply.review, language))
        yield from listing(worded("trust.review_proposal", language), _weights(reply.review.proposal.items, language))
    elif reply.dry_run is not None:
        yield from _scored(reply.dry_run, language)
    elif reply.kind == "gamed":
        yield from listing(worded("trust.game_title", language), game_lines(reply.tricks, language))
    elif reply.kind == "readiness":
        yield from listing("", readiness_lines(reply.departments, catalogue, language))


def _checked(reply: Reply, held: Held, catalogue: Catalogue, controls: Sequence[Block]) -> Iterator[Block]:
    checked, language = reply.checked, reply.language
    if checked is None:
        return
    yield header(worded("slack.checked", language, file=held.name))
    yield from paragraphs([summary(checked, language), worded("label.quality", language, score=checked.quality.score)])
    yield from cards.table(checked.scorecard, catalogue, language)
    yield from listing(worded("label.findings", language), finding_lines(checked.findings, catalogue, language))
    if checked.skipped:
        yield from paragraphs([worded("intake.no_role", language)])
    yield from controls
    yield from listing(worded("slack.quality", language), part_lines(checked.quality, language))
    yield from listing(worded("label.understood", language), held.understood)


def _repaired(reply: Reply, catalogue: Catalogue, controls: Sequence[Block]) -> Iterator[Block]:
    repaired, language = reply.repaired, reply.language
    if repaired is None:
        return
    if not repaired.changes:
        yield from paragraphs([worded("repair.nothing", language)])
    else:
        yield from cards.table(repaired.scorecard, catalogue, language)
        yield from listing(worded("label.changes", language), told(repaired.changes, language))
    yield from listing(worded("label.left", language), map(left_line, repaired.left))
    yield from controls


def _scored(found: DryRun, language: Language) -> Iterator[Block]:
    yield header(found.title)
    yield from paragraphs([[words(total_line(found, language), bold=True)]])
    yield from listing("", [_score(one, language) for one in in_order(found)])
    extras = [f"{one.name.say(language)} {one.read.say(language)} {plain_number(one.points)}" for one in found.extras]
    yield from listing("", extras)
    yield from listing(worded("scoring.heading.notes", language), found.notes)
    yield from listing(worded("scoring.heading.conditions", language), found.conditions)


def _score(one: ItemScore | Missing, language: Language) -> Line:
    """Say what an actual brings on its line: as it was read, the attainment, the points of those to be had."""
    read, reached, _, points, most = score_cells(one, language)
    said = worded("slack.score", language, read=read, reached=reached, points=points, most=most)
    return [words(one.name.say(language), bold=True), words(f" {plain_number(one.weight)}%\n{said}")]


def _weights(items: tuple[ScorecardItem, ...], language: Language) -> list[Line]:
    return [f"{cards.percent(item.points)} {bar(item.points)} {item.name.say(language)}" for item in items]

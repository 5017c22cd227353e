"""Blocks within Slack's limits: every position in both languages, forms and texts at and past the limits."""

import pytest

from api.slack.blocks.controls import Controls
from api.slack.blocks.paging import LONGEST as PAGE
from api.slack.blocks.paging import MOST, paged
from api.slack.blocks.replies import posts
from api.slack.blocks.text import HEADER, LONGEST, header, listing, paragraphs, small, words
from api.slack.blocks.windows import MOST_LINES, Carried, Row, adjusting, moving
from api.slack.blocks.windows import Move as Moved
from assistant.advisor import Advisor
from assistant.conversation import Choice, Conversation, Held, Reply
from assistant.language.interpretation import Mind
from assistant.language.offline.interpreter import Offline
from assistant.models import Scorecard, ScorecardItem
from assistant.turns.turn import Message, Turn, settled
from knowledge import shipped
from knowledge.models import LANGUAGES, Language, Text
from knowledge.terms import Dimension
from tests.api.slack.limits import BLOCKS, TEXT, flaws, view_flaws
from tests.api.slack.printed import printed

CONTROLS = Controls(conversation="slack-" + "0" * 32, turn=123_456, private=True, here=True)


@pytest.mark.parametrize("role", list(shipped.load().roles))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_keeps_the_limits(role: str, language: Language, advisor: Advisor) -> None:
    conversation = Conversation(language=language)
    turn = Turn(advisor, Mind(Offline(advisor.reader)), conversation)
    for text in (role.replace("_", " "), "why", "alternatives", "how could it be gamed", "who delivers the data"):
        message = Message(text, language=language)
        after, replies = settled(Turn(advisor, turn.mind, conversation), message)
        conversation = after
        for post in posts(replies, advisor.catalogue, CONTROLS):
            assert flaws(list(post.blocks)) == []
            assert post.text


@pytest.mark.parametrize("length", [1, LONGEST - 1, LONGEST, LONGEST + 1, 3 * LONGEST, 25_000])
def test_a_long_text_is_split_and_nothing_of_it_is_lost(length: int) -> None:
    text = ("权重" * length)[:length]
    for blocks in (list(paragraphs([text])), list(listing("标题", [text, "end"]))):
        shown = printed(blocks).replace("\n", "").replace("• ", "").replace("  ", "")
        assert shown.count("权") + shown.count("重") == length
        for post in paged(blocks, "x"):
            assert flaws(list(post.blocks)) == []


def test_many_lines_are_split_over_blocks_and_blocks_over_messages() -> None:
    lines = [f"line {number} " + "x" * 90 for number in range(2_000)]
    found = paged(listing("Title", lines), "notice")
    assert all(flaws(list(one.blocks)) == [] and len(one.blocks) <= MOST for one in found)
    shown = "\n".join(printed(list(one.blocks)) for one in found)
    assert all(f"line {number} " in shown for number in range(2_000))
    assert shown.count("*Title*") == 1


def test_small_blocks_fill_a_message_to_its_limit_and_not_beyond() -> None:
    found = paged([header(str(number)) for number in range(BLOCKS * 2 + 1)], "x")
    assert [len(one.blocks) for one in found] == [BLOCKS, BLOCKS, 1]
    assert max(sum(len(str(block)) for block in one.blocks) for one in found) > 0 and PAGE < 13_200


def test_a_header_and_notes_are_cut_where_they_cannot_go_on() -> None:
    assert len(header("长" * 500)["text"]["text"]) == HEADER
    notes = list(small(["x" * 5_000] * 21))
    assert all(flaws(list(one.blocks)) == [] for one in paged(notes, "x"))


def test_text_that_is_empty_makes_no_block() -> None:
    assert list(paragraphs(["", [words("")]])) == [] and list(listing("Title", [])) == []


def long_form(lines: int, letters: int) -> Scorecard:
    """Return a form of so many lines whose names have so many letters."""
    items = tuple(
        ScorecardItem(
            name=Text(zh=f"{number}" + "指标" * (letters // 2), en=f"{number}" + "x" * letters),
            dimension=Dimension.FINANCIAL,
            weight=1 + number,
        )
        for number in range(lines)
    )
    return Scorecard(position="岗位" * 200, items=items)


@pytest.mark.parametrize(("lines", "letters"), [(1, 20_000), (24, 200), (60, 300), (100, 1_000)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_largest_forms_are_shown_whole(lines: int, letters: int, language: Language, advisor: Advisor) -> None:
    card = long_form(lines, letters)
    held = Held(name="表" * 300, card=card, understood=("x" * 5_000,))
    checked = advisor.checked(card, language)
    reply = Reply(language=language, kind="checked", held=held, checked=checked, version=1)
    repaired = Reply(language=language, kind="gamed", held=held, tricks=advisor.gaming(card))
    found = posts((reply, repaired), advisor.catalogue, CONTROLS)
    assert all(flaws(list(one.blocks)) == [] for one in found)
    shown = "".join(printed(list(one.blocks)) for one in found).replace("\n", "")
    assert all(f"{number + 1}%" in shown for number in range(lines))


@pytest.mark.parametrize(("lines", "letters"), [(1, 1), (10, 300), (11, 2_500), (80, 3_000)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_windows_keep_the_limits(lines: int, letters: int, language: Language) -> None:
    from api.slack.asked import Place, Pressed

    rows = [Row(line=f"id{n}", name=f"{n}" + "名" * letters, weight=n if n % 3 else None) for n in range(lines)]
    carried = Carried(
        pressed=Pressed(conversation="slack-" + "0" * 32, version=12),
        place=Place(team="T1", channel="C1", thread="1.2", private=True, response_url="https://x.y/" + "z" * 200),
        language=language,
        marks=tuple((n, 100, True) for n in range(MOST_LINES)),
    )
    moves = [Moved(name=one.name, before=one.weight, after=5) for one in rows]
    assert view_flaws(adjusting(rows, carried, language)) == []  # type: ignore[arg-type]
    assert view_flaws(moving(moves[:1], moves, carried, language)) == []  # type: ignore[arg-type]


def test_many_choices_are_buttons_within_the_limits(advisor: Advisor) -> None:
    choices = tuple(Choice(id=str(number), label="选项" * 60) for number in range(40))
    reply = Reply(language="zh", kind="question", said=("哪一个？",), choices=choices)
    (post,) = posts((reply,), advisor.catalogue, CONTROLS)
    assert flaws(list(post.blocks)) == [] and TEXT == LONGEST

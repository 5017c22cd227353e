"""Text cut into chunks: no sentence and no table is cut, nothing is lost, ids are always the same."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval import chunks as cutting
from assistant.retrieval.documents.language import language_of
from assistant.retrieval.models import SECTION_MARK, Chunk
from assistant.retrieval.sentences import sentences

ZH = st.text("考核指标权重目标回款客户拜访销售计划团队", min_size=3, max_size=120).map(lambda text: text + "。")
EN = st.lists(
    st.sampled_from(["visits", "count", "when", "planned", "and", "dated", "in", "the", "plan", "of", "sales"]),
    min_size=3,
).map(lambda words: " ".join(words).capitalize() + ".")
SENTENCE = st.one_of(ZH, EN)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=12).map(" ".join)
TABLE = st.lists(st.tuples(st.sampled_from(["甲", "乙", "A"]), st.integers(0, 99)), min_size=1, max_size=30).map(
    lambda rows: "| 名称 | 值 |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)
)
ITEMS = st.lists(SENTENCE, min_size=1, max_size=8).map(lambda texts: "\n".join(f"- {text}" for text in texts))
HEADING = st.tuples(st.integers(1, 4), st.sampled_from(["Basis", "权重", "Targets", "回款"])).map(
    lambda heading: "#" * heading[0] + " " + heading[1]
)
TEXT = st.lists(st.one_of(PARAGRAPH, TABLE, ITEMS, HEADING), min_size=1, max_size=12).map("\n\n".join)
FEW = settings(max_examples=60, deadline=None)


def cut(text: str) -> list[Chunk]:
    return cutting.chunks("doc", "Title", text, language_of)


def bare(text: str) -> str:
    return re.sub(r"\s+|^#+ ", "", text, flags=re.MULTILINE)


@FEW
@given(TEXT)
def test_joined_they_hold_all_text(text: str) -> None:
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    pieces = [chunk.text for chunk in cut(text)]
    headings = {heading for chunk in cut(text) for heading in chunk.section.split(SECTION_MARK)}
    said = "".join(map(bare, pieces))
    stated = [line.lstrip("# ") for line in text.splitlines() if line.startswith("#")]
    assert [heading for heading in stated if heading not in headings and heading not in said] == []
    for heading in stated:
        # One without text below it stands among the text.
        said = said if bare(body) in said else said.replace(heading, "", 1)
    for line in body.splitlines():
        assert bare(line) in "".join(map(bare, pieces))


@FEW
@given(TEXT)
def test_no_sentence_and_no_table_is_cut(text: str) -> None:
    pieces = [chunk.text for chunk in cut(text)]
    for block in text.split("\n\n"):
        if block.startswith("|"):
            assert any(block in piece for piece in pieces)
        elif not block.startswith("#"):
            whole = [sentence.strip() for line in block.splitlines() for sentence in sentences(line)]
            assert [one for one in whole if not any(one in piece for piece in pieces)] == []


@FEW
@given(TEXT)
def test_a_chunk_is_no_longer_than_the_model_reads_unless_it_is_one_piece(text: str) -> None:
    for chunk in cut(text):
        longest = max(cutting.size(block) for block in text.split("\n\n"))
        assert cutting.size(chunk.text) <= max(cutting.MOST, longest) * 1.01


@FEW
@given(TEXT)
def test_the_same_text_gives_the_same_chunks(text: str) -> None:
    first = cut(text)
    assert first == cut(text)
    assert len({chunk.id for chunk in first}) == len(first)
    assert [chunk.number for chunk in first] == list(range(len(first)))


@FEW
@given(st.text(max_size=3000))
def test_any_text_is_split_into_sentences_that_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_sections_name_the_headings_above() -> None:
    found = cut("# A\n\none.\n\n## B\n\ntwo.\n\n# C\n\n## D\n\nthree.")
    assert [(chunk.section, chunk.text) for chunk in found] == [("A", "one."), ("A › B", "two."), ("C › D", "three.")]


def test_headings_without_text_below_are_text() -> None:
    found = cut("# A\n\n## B\n\n## C\n\n# D\n\ntext.\n\n## E")
    assert [(chunk.section, chunk.text) for chunk in found] == [("A", "B\n\nC"), ("D", "text.\n\nE")]


def test_a_very_long_table_is_parted_between_rows_under_its_headings() -> None:
    rows = [f"| 名称{number} | 一些说明文字在这里 |" for number in range(300)]
    found = cut("\n".join(["| 名 | 说明 |", "|---|---|", *rows]))
    assert len(found) > 1
    assert all(chunk.text.startswith("| 名 | 说明 |\n|---|---|\n| ") for chunk in found)
    assert [line for chunk in found for line in chunk.text.splitlines()[2:]] == rows


def test_a_very_long_line_takes_no_time_without_end() -> None:
    found = cut("这是一句话。" * 40_000)
    assert sum(chunk.text.count("这是一句话。") for chunk in found) == 40_000


def test_lines_that_look_like_targets_of_links_stay() -> None:
    assert [chunk.text for chunk in cut("[weights]: https://example.org/weights")] == [
        "[weights]: https://example.org/weights"
    ]

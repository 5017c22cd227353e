"""PDF: paragraphs, headings and tables as they were before they were laid out."""

import pytest

from assistant.retrieval.documents.parsing import parse
from tests.assistant.retrieval.documents.made import SAMPLES, Said, paragraph, pdf, text_of

SAMPLE = text_of("a.pdf", (SAMPLES / "policy_zh.pdf").read_bytes())
FULL = "The weight of a measure says how much it counts in the total score, and"


def pages(count: int, *, number: str = "", head: str = "", foot: str = "") -> list[list[Said]]:
    """Return pages of two paragraphs each with something at their edges."""
    return [
        [
            (72, 800, 10, head.replace("#", str(page))),
            *paragraph(f"First paragraph {chr(96 + page)}.", top=700),
            *paragraph(f"Second paragraph {chr(96 + page)}.", top=600),
            (72, 50, 10, foot.replace("#", str(page))),
            (280, 30, 10, number.replace("#", str(page))),
        ]
        for page in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    "part",
    [
        "## 一、总则\n\n本办法适用于直销团队的全部销售岗位。",
        "### （一）签约额\n\n签约额占百分之四十",
        "口径由财务部门每季度复核一次并书面通知各销售团队。考核以签约额、回款率和新客户数为主",
        "| 指标 | 权重 | 数据来源 |\n| --- | --- | --- |\n| 签约额 | 40% | 合同系统 |",
        "## 四、申诉\n\n第 1 款说明：",
    ],
    ids=["chapter", "section", "lines joined", "table", "last chapter"],
)
def test_a_chinese_document_reads_as_it_was_written(part: str) -> None:
    assert part in SAMPLE


def test_running_heads_and_page_numbers_are_left_out_of_it() -> None:
    assert "内部资料" not in SAMPLE
    assert "第 2 页" not in SAMPLE


def test_no_sentence_is_parted_by_a_page() -> None:
    assert all(line.endswith(("。", "|")) or line.startswith("#") for line in SAMPLE.split("\n\n")[1:])


JOINED = [
    pytest.param(paragraph(FULL, "that is all."), [f"{FULL} that is all."], id="lines with a blank"),
    pytest.param(paragraph(FULL[:-3] + "mea-", "sures."), [f"{FULL[:-3]}measures."], id="a parted word"),
    pytest.param(
        paragraph("A well-known trap and others. " + FULL[:29] + "well-", "known."),
        ["A well-known trap and others. " + FULL[:29] + "well-known."],
        id="a hyphen that stays",
    ),
    pytest.param(paragraph(FULL + ".", "Short.", "Another line"), [FULL + ". Short.\n\nAnother line"], id="short line"),
    pytest.param([*paragraph(FULL, "end."), *paragraph("New one.", top=640)], [f"{FULL} end.\n\nNew one."], id="a gap"),
    pytest.param(paragraph(FULL, "1. an item"), [f"{FULL}\n1. an item"], id="an item"),
    pytest.param(
        [(72, 700, 12, "Area"), (200, 700, 12, "Share"), (72, 684, 12, "North"), (200, 684, 12, "40%")],
        ["| Area | Share |\n| --- | --- |\n| North | 40% |"],
        id="a table",
    ),
    pytest.param(
        [(72, 700, 12, "1.2 Weights"), *paragraph(FULL, "end.", top=670)],
        [f"## 1.2 Weights\n\n{FULL} end."],
        id="a numbered heading",
    ),
    pytest.param([*paragraph("Weights ........ 7", "Text.")], ["Text."], id="a line of contents"),
]


@pytest.mark.parametrize(("page", "parts"), JOINED)
def test_lines_become_what_they_were(page: list[Said], parts: list[str]) -> None:
    assert text_of("a.pdf", pdf(page)) == "\n\n".join(parts)


def test_a_sentence_goes_on_over_a_page() -> None:
    text = text_of("a.pdf", pdf(paragraph(FULL, FULL, top=60), paragraph("nothing more.", "Next.")))
    assert f"{FULL} {FULL} nothing more." in text


@pytest.mark.parametrize(
    ("number", "head", "foot"),
    [
        ("- # -", "", ""),
        ("Page # of 9", "", ""),
        ("#/9", "", ""),
        ("", "Example Ltd. Internal", ""),
        ("", "", "Version 3, sheet #"),
        ("#", "Example Ltd.", "Internal"),
    ],
)
def test_what_repeats_at_the_edges_is_left_out(number: str, head: str, foot: str) -> None:
    text = text_of("a.pdf", pdf(*pages(4, number=number, head=head, foot=foot)))
    assert text.split("\n\n") == [f"{which} paragraph {page}." for page in "abcd" for which in ("First", "Second")]


def test_what_stands_on_one_page_stays() -> None:
    assert "Example Ltd." in text_of("a.pdf", pdf(*pages(2, head="Example Ltd.")))


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Sales policy", "Sales policy"), ("", "a"), ("Microsoft Word - x", "a"), ("old.docx", "a")],
)
def test_the_title_is_that_of_the_file_unless_a_program_wrote_it(title: str, shown: str) -> None:
    assert parse("/docs/a.pdf", pdf(paragraph("Text."), title=title))["title"] == shown

"""What a form says about scoring is never lost: read as a rule, kept in its words, or taken from the line above."""

from assistant.advisor import Advisor
from assistant.intake.sandbox import in_process
from assistant.intake.sources import Source

FORM = """指标,权重,评分标准
销售额,60,按公司制度执行
回款率,20,每低1%扣1分
新客户数量,20,同上
"""


def test_words_are_kept_and_dittos_resolved(advisor: Advisor) -> None:
    card = advisor.read_content(in_process(Source("card.csv", FORM.encode())))[0].card
    first, second, third = card.items
    assert first.scoring is None
    assert first.stated_scoring == "按公司制度执行"
    assert second.scoring is not None
    assert third.scoring == second.scoring


def test_a_sentence_with_a_figure_is_no_line(advisor: Advisor) -> None:
    text = "Please look:\n- Revenue 60%\n- NPS 40%\nLet me know. We could also add teamwork at 5%."
    card = advisor.read_content(in_process(Source("mail.txt", text.encode())))[0].card
    assert [item.name.en for item in card.items] == ["Revenue", "NPS"]

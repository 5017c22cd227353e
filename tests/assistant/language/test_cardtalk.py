"""What is said beside a command over a card: the form's format and language, how strict, the actuals supposed."""

import pytest

from assistant.language.offline.cardtalk import form_language, is_strict, target_of
from assistant.language.offline.supposed import REST, actuals_of

TARGETS = {
    "导出Word": "docx",
    "as markdown": "md",
    "csv file": "csv",
    "JSON please": "json",
    "导出": "xlsx",
    "yml": "yaml",
}
LANGUAGES = {
    "导出中文版": "zh",
    "export it in English": "en",
    "双语的Excel": "both",
    "中英各一列": "both",
    "English speakers read it": None,
    "导出Word": None,
}
STRICT = {"彻底修好": True, "fix warnings too": True, "修好": False, "repair it": False}
ACTUALS = {
    "试算一下：销售额完成92%，回款率80%，能得多少分？": "销售额=92%, 回款率=80%",
    "If revenue reaches 92% of plan and the rest 100%, what is the score?": f"revenue=92%, {REST}=100%",
    "7 new customers against a target of 10": "new customers=7/10",
    "simulate with margin = 1,200 / 1,500": "margin=1,200 / 1,500",
    "其余都九成": f"{REST}=90%",
    "算一下得分": "",
    "hello": "",
}


@pytest.mark.parametrize("message", TARGETS)
def test_formats(message: str) -> None:
    assert target_of(message) == TARGETS[message]


@pytest.mark.parametrize("message", LANGUAGES)
def test_languages_of_the_form(message: str) -> None:
    assert form_language(message) == LANGUAGES[message]


@pytest.mark.parametrize("message", STRICT)
def test_strictness(message: str) -> None:
    assert is_strict(message) is STRICT[message]


@pytest.mark.parametrize("message", ACTUALS)
def test_supposed_actuals(message: str) -> None:
    assert actuals_of(message) == ACTUALS[message]

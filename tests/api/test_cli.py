"""``scorecraft suggest`` for one position or all of them: what it prints, and what it refuses."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml

from assistant.wording import worded
from knowledge.models import Catalogue, Language

Run = Callable[..., CompletedProcess[str]]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
PARTS = {"scorecard", "understood", "findings", "explanation", "considered"}
NEW_LOGOS = ("suggest", "--role", "sales_representative", "--strategy", "win new logos")


def suggested(run: Run, *options: str, role: str = "sales_representative", strategy: str = "") -> dict[str, Any]:
    """Return the JSON of a suggestion that must succeed without a word on standard error."""
    done = run("suggest", "--role", role, "--strategy", strategy, "--format", "json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def weights(answer: dict[str, Any]) -> dict[str, int]:
    return {item["indicator"]: item["weight"] for item in answer["scorecard"]["items"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", ["appraisal", "incentive"])
def test_json_holds_the_whole_suggestion(run: Run, catalogue: Catalogue, language: Language, profile: str) -> None:
    answer = suggested(run, "--lang", language, "--profile", profile, strategy="win new logos")
    items = answer["scorecard"]["items"]
    assert answer.keys() >= PARTS
    assert all(item["indicator"] in catalogue.indicators for item in items)
    assert all(item["name"]["zh"] and item["name"]["en"] for item in items)
    assert all(type(item["weight"]) is int for item in items)
    assert sum(item["weight"] for item in items) == 100
    assert answer["understood"]["role"] == "sales_representative"
    assert answer["understood"]["themes"] == ["new_customers"]
    assert ("theme", "new logos") in {(one["kind"], one["words"]) for one in answer["understood"]["evidence"]}


@pytest.mark.parametrize("strategy", ["win new logos", "加快回款", "market_share, cost_control", ""])
def test_both_languages_give_the_same_card(run: Run, strategy: str) -> None:
    chinese, english = (suggested(run, "--lang", language, strategy=strategy) for language in LANGUAGES)
    assert weights(chinese) == weights(english)
    assert chinese["understood"]["language"] == "zh"
    assert english["understood"]["language"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_yaml_says_what_json_says(run: Run, language: Language) -> None:
    done = run(*NEW_LOGOS, "--lang", language, "--format", "yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert yaml.safe_load(done.stdout) == suggested(run, "--lang", language, strategy="win new logos")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", ["table", "md"])
def test_readable_formats_show_every_line_in_the_readers_language(
    run: Run, catalogue: Catalogue, shape: str, language: Language
) -> None:
    done = run(*NEW_LOGOS, "--lang", language, "--format", shape, COLUMNS="300")
    assert (done.returncode, done.stderr) == (0, "")
    said = "".join(done.stdout.split())
    for id, weight in weights(suggested(run, strategy="win new logos")).items():
        assert "".join(catalogue.indicators[id].name.say(language).split()) in said
        assert f"{weight}%" in said
    for label in ("dimension", "weight", "total", "explanation", "understood", "assumptions", "fill", "considered"):
        assert "".join(worded(f"label.{label}", language).split()) in said
    assert done.stdout.startswith("# ") == (shape == "md")


TITLES = [
    pytest.param("sales_manager", "en", "sales_manager", id="id"),
    pytest.param("业务员", "zh", "sales_representative", id="Chinese title"),
    pytest.param("销售总监", "en", "sales_director", id="Chinese title for an English reader"),
    pytest.param("Account Executive", "en", "sales_representative", id="English title"),
    pytest.param(" AE ", "zh", "sales_representative", id="short title in blanks"),
]


@pytest.mark.parametrize(("title", "language", "role"), TITLES)
def test_a_position_is_an_id_or_any_title(run: Run, title: str, language: Language, role: str) -> None:
    assert suggested(run, "--lang", language, role=title)["scorecard"]["role"] == role


@pytest.mark.parametrize(
    ("title", "language", "role", "rather"),
    [
        ("territory manager", "en", "sales_representative", "Sales manager"),
        ("区域经理", "zh", "sales_manager", "销售代表"),
    ],
    ids=["English", "Chinese"],
)
def test_an_ambiguous_title_with_a_usual_reading_is_assumed_aloud(
    run: Run, title: str, language: Language, role: str, rather: str
) -> None:
    answer = suggested(run, "--lang", language, role=title)
    assert answer["scorecard"]["role"] == role
    assert title in answer["understood"]["assumptions"][0]
    assert rather in answer["understood"]["assumptions"][0]
    table = run("suggest", "--role", title, "--lang", language).stdout
    assert rather in table


REFUSED = [
    pytest.param(["--role", "chief wizard"], ["chief wizard", "Sales director", "scorecraft roles"], id="unknown role"),
    pytest.param(
        ["--role", "回款专家", "--lang", "zh"],
        ["回款专家", "相近的有", "scorecraft roles"],
        id="unknown role in Chinese",
    ),
    pytest.param(
        ["--role", "客服", "--lang", "zh"],
        ["客服", "客户成功经理", "销售助理", "？"],
        id="ambiguous title, nothing usual",
    ),
    pytest.param(
        ["--role", "customer support"],
        ["customer support", "Customer success manager", "Sales coordinator", "?"],
        id="ambiguous title in English",
    ),
    pytest.param(["--role", ""], ["--role", "--from"], id="no role"),
    pytest.param(["--role", "AE", "--strategy", "market_shar"], ["market_shar", ": market_share"], id="unknown theme"),
    pytest.param(["--role", "AE", "--strategy", "margin, nosuch_x"], ["nosuch_x", "themes"], id="one theme unknown"),
    pytest.param(["--role", "AE", "--pin", "colection_rat=200"], ["1 to 100", "colection_rat=200"], id="pinned weight"),
    pytest.param(
        ["--role", "AE", "--pin", "回款率=25.5", "--lang", "zh"], ["回款率=25.5", "整数"], id="pinned fraction"
    ),
    pytest.param(["--role", "AE", "--pin", "collection_rate=some"], ["collection_rate=some"], id="pinned in words"),
    pytest.param(["--role", "AE", "--pin", "revenu"], ["revenu", "Sales revenue"], id="unknown pinned indicator"),
    pytest.param(
        ["--role", "AE", "--exclude", "nonsuchthing"], ["nonsuchthing", "indicators"], id="unknown excluded indicator"
    ),
    pytest.param(["--role", "AE", "--no-data", "nonsuchthing"], ["nonsuchthing"], id="unknown indicator without data"),
    pytest.param(["--role", "AE", "--profile", "bonus"], ["bonus", "appraisal", "incentive"], id="unknown profile"),
    pytest.param(["--role", "AE", "--format", "xml"], ["--format", "'json'"], id="unknown format"),
    pytest.param(["--role", "AE", "--count", "0"], ["1 to 100"], id="count of none"),
    pytest.param(["--role", "AE", "--count", "many"], ["--count"], id="count in words"),
    pytest.param(["--role", "AE", "--count", "40"], ["exactly 40 items"], id="count beyond every card"),
    pytest.param(
        ["--role", "AE", "--pin", "collection_rate=60", "--pin", "new_customers=60"],
        ["Collection rate at 60%", "New customers won at 60%"],
        id="pins above the total",
    ),
    pytest.param(
        ["--role", "AE", "--pin", "回款率", "--exclude", "回款率", "--lang", "zh"],
        ["必须有“回款率”", "不要“回款率”"],
        id="pinned and excluded",
    ),
    pytest.param(
        ["--role", "AE", "--count", "3", "--pin", "collection_rate=5", "--pin", "new_customers=5", "--pin", "NPS"],
        ["exactly 3 items", "Collection rate at 5%", "New customers won at 5%"],
        id="pins too light for the count",
    ),
    pytest.param(["--role", "AE", "--strategy", "win " * 250_000], ["1000000", "20000"], id="a megabyte of strategy"),
    pytest.param(["--role", "销售" * 500_000, "--lang", "zh"], ["1000000", "20000"], id="a megabyte of title"),
    pytest.param(["--role", "[red]x[/red]"], ["“[red]x[/red]”"], id="markup in a title"),
    pytest.param(["--role", "AE", "--lang", "fr"], ["“fr”", "zh", "en"], id="unknown language"),
    pytest.param(["--role", "AE", "--lang"], ["zh", "en"], id="language left out"),
    pytest.param(["--role", "AE", "--nonsense"], ["--nonsense"], id="unknown option"),
    pytest.param(["--role", "all", "--strategy", "market_shar"], ["market_share"], id="unknown theme for every role"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_cannot_be_used_is_refused_in_a_line(run: Run, options: list[str], said: list[str]) -> None:
    done = run("suggest", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert [one for one in said if one not in done.stderr] == []


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], []], ids=["command", "option", "nothing"])
def test_an_unknown_command_is_refused(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("count", [5, 7, 8])
def test_count_is_kept(run: Run, count: int) -> None:
    assert len(weights(suggested(run, "--count", str(count)))) == count


PINS = [
    pytest.param("collection_rate=25", "collection_rate", range(25, 26), id="id and weight"),
    pytest.param("回款率＝25", "collection_rate", range(25, 26), id="Chinese name, wide equals sign"),
    pytest.param("回款率 25%", "collection_rate", range(25, 26), id="no sign"),
    pytest.param("回款率：25％", "collection_rate", range(25, 26), id="colon and per cent, full width"),
    pytest.param("NPS>=10", "nps", range(10, 101), id="abbreviation, at least"),
    pytest.param("gross margin <= 10%", "gross_margin_rate", range(1, 11), id="English name, at most"),
    pytest.param("回款率", "collection_rate", range(1, 101), id="no weight"),
]


@pytest.mark.parametrize(("pin", "indicator", "allowed"), PINS)
def test_pins_stand_on_the_card(run: Run, pin: str, indicator: str, allowed: range) -> None:
    answer = suggested(run, "--pin", pin)
    assert weights(answer)[indicator] in allowed
    assert sum(weights(answer).values()) == 100


@pytest.mark.parametrize(("option", "cause"), [("--exclude", "excluded"), ("--no-data", "no_data")])
def test_what_is_not_wanted_stays_off_and_is_named(run: Run, option: str, cause: str) -> None:
    answer = suggested(run, option, "new_customers", option, "客户满意度")
    off = {one["indicator"] for one in answer["considered"] if one["cause"] == cause}
    assert off == {"new_customers", "customer_satisfaction"}
    assert off.isdisjoint(weights(answer))


def test_every_role_gets_a_card_and_the_matrix_shows_them_all(run: Run, catalogue: Catalogue) -> None:
    answer = suggested(run, role="all", strategy="win new logos")
    cards = {card["scorecard"]["role"]: weights(card) for card in answer["suggestions"]}
    assert list(cards) == list(catalogue.roles)
    assert {sum(card.values()) for card in cards.values()} == {100}
    for role in cards:
        assert sum(row["weights"].get(role, 0) for row in answer["matrix"]) == 100
    assert all(row["name"]["zh"] and row["name"]["en"] and row["formula"] for row in answer["matrix"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", ["table", "md"])
def test_every_role_in_readable_formats(run: Run, catalogue: Catalogue, shape: str, language: Language) -> None:
    done = run("suggest", "--role", "all", "--lang", language, "--format", shape)
    assert (done.returncode, done.stderr) == (0, "")
    profile = catalogue.profiles["appraisal"]
    for role in catalogue.roles.values():
        assert worded("label.title", language, role=role.name, title=profile.title) in done.stdout
    if shape == "table":
        assert worded("label.matrix", language) in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "strategy", ["", "   ", "x", "我们公司今年搬家了", "🎉🎉🎉", "[red]x[/red]", "\x00\x1b[31m\u202e"]
)
def test_without_a_priority_the_card_is_neutral_and_says_so(run: Run, strategy: str, language: Language) -> None:
    neutral = suggested(run)
    answer = suggested(run, "--lang", language, strategy=strategy)
    assert answer["understood"]["themes"] == []
    assert weights(answer) == weights(neutral)
    table = run("suggest", "--role", "AE", "--strategy", strategy, "--lang", language)
    assert worded("chat.no_themes", language)[:20] in table.stdout


SPELLINGS = [
    pytest.param("win new logos 🚀", id="emoji"),
    pytest.param("win\x01 new\x07 logos\x1b", id="control characters"),
    pytest.param("win new\nlogos\r\nnew logos", id="several lines"),
    pytest.param("WIN  NEW   LOGOS", id="runs of blanks"),
    pytest.param("ｗｉｎ ｎｅｗ ｌｏｇｏｓ", id="full width"),
    pytest.param("今年 win new logos 为主", id="mixed languages"),
    pytest.param("win [bold]new logos[/bold]", id="markup"),
]


@pytest.mark.parametrize("strategy", SPELLINGS)
def test_a_priority_is_read_however_it_is_typed(run: Run, strategy: str) -> None:
    assert suggested(run, strategy=strategy)["understood"]["themes"] == ["new_customers"]


@pytest.mark.parametrize("shape", ["table", "md"])
def test_markup_in_a_text_is_shown_as_typed(run: Run, shape: str) -> None:
    done = run("suggest", "--role", "[bold]AE[/bold]", "--pin", "回款率=25", "--format", shape)
    assert done.returncode == 0
    assert "[bold]AE[/bold]" in done.stdout


def test_no_control_character_reaches_the_terminal(run: Run) -> None:
    done = run("suggest", "--role", "AE\x1b[31m", "--strategy", "new logos\x07\u202e")
    assert done.returncode == 0
    assert not set("\x1b\x07\u202e") & set(done.stdout)

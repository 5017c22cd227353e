"""The reader's language: ``--lang``, then ``SCORECRAFT_LANG``, then the locale."""

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from assistant.wording import worded
from knowledge.models import Language

Run = Callable[..., CompletedProcess[str]]

COMMANDS = ["chat", "suggest", "roles", "indicators", "themes", "rules"]
CHOSEN = [
    pytest.param([], {}, "en", id="no locale"),
    pytest.param([], {"LANG": "zh_CN.UTF-8"}, "zh", id="Chinese locale"),
    pytest.param([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en", id="LC_ALL before LANG"),
    pytest.param([], {"LANG": "de_DE.UTF-8"}, "en", id="another locale"),
    pytest.param([], {"SCORECRAFT_LANG": "zh"}, "zh", id="setting"),
    pytest.param([], {"SCORECRAFT_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en", id="setting before the locale"),
    pytest.param(["--lang", "zh"], {"SCORECRAFT_LANG": "en"}, "zh", id="option before the setting"),
    pytest.param(["--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en", id="option with an equals sign"),
    pytest.param(["--lang", "ZH"], {}, "zh", id="capitals"),
]


@pytest.mark.parametrize(("option", "environment", "language"), CHOSEN)
def test_help_is_in_the_chosen_language(
    run: Run, option: list[str], environment: dict[str, str], language: Language
) -> None:
    for arguments in (["--help", *option], [*option, "--help"]):
        done = run(*arguments, **environment)
        assert (done.returncode, done.stderr) == (0, "")
        assert worded("cli.about", language)[:20] in done.stdout
        assert all(worded(f"cli.{command}", language) in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command(run: Run, command: str, language: Language) -> None:
    done = run(command, "--help", "--lang", language, COLUMNS="200")
    assert (done.returncode, done.stderr) == (0, "")
    assert worded(f"cli.{command}", language) in done.stdout
    assert worded("cli.option.lang", language) in done.stdout


@pytest.mark.parametrize("arguments", [["--lang", "zh", "roles"], ["roles", "--lang", "zh"]], ids=["before", "after"])
def test_the_option_stands_before_or_after_the_command(run: Run, arguments: list[str]) -> None:
    assert "销售代表" in run(*arguments).stdout


REFUSED = [
    pytest.param(["roles", "--lang", "fr"], {}, ["“fr”", "zh", "en"], id="option"),
    pytest.param(["--lang", "fr", "--help"], {}, ["“fr”"], id="option before help"),
    pytest.param(["roles", "--lang", "fr"], {"LANG": "zh_CN.UTF-8"}, ["语言只有 zh 和 en"], id="said in Chinese"),
    pytest.param(["roles"], {"SCORECRAFT_LANG": "fr"}, ["SCORECRAFT_LANG"], id="setting"),
    pytest.param(
        ["roles"], {"SCORECRAFT_LANG": "fr", "LANG": "zh_CN.UTF-8"}, ["环境变量 SCORECRAFT_LANG"], id="setting, Chinese"
    ),
    pytest.param(["roles"], {"SCORECRAFT_WORKERS": "many"}, ["SCORECRAFT_WORKERS"], id="another setting"),
    pytest.param(["roles"], {"SCORECRAFT_WORKERS": "0"}, ["SCORECRAFT_WORKERS"], id="setting out of range"),
]


@pytest.mark.parametrize(("arguments", "environment", "said"), REFUSED)
def test_what_is_no_language_is_refused(
    run: Run, arguments: list[str], environment: dict[str, str], said: list[str]
) -> None:
    done = run(*arguments, **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert [one for one in said if one not in done.stderr] == []
    assert done.stderr.count("\n") == 1

"""``scorecraft profile``: a file to start from, and what a rule set comes to."""

import json
import re
from pathlib import Path

import pytest

from api.cli import profile
from api.cli.options import ListFormat
from assistant.errors import BadInput, BadProfile, UnknownName
from assistant.profiles.template import FIELDS
from knowledge import shipped
from knowledge.company import CompanyProfile
from knowledge.models import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
# A role's table gives its people at most 15; a hard band of 60 leaves some roles without a card.
UNSERVABLE = "extends: appraisal\nseverities: {C016: error}\ndimension_bands: {people: [60, 100]}\n"


@pytest.mark.parametrize("extends", shipped.load().profiles)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_init_writes_passes_the_check(
    tmp_path: Path, language: Language, extends: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ours.yaml"
    profile.init(str(path), language, extends)
    assert str(path) in capsys.readouterr().out
    assert profile.check(str(path), language) == 0
    assert "    " not in capsys.readouterr().out


@pytest.mark.parametrize("extends", shipped.load().profiles)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_examples_pass_too(tmp_path: Path, language: Language, extends: str) -> None:
    path = tmp_path / "ours.yaml"
    profile.init(str(path), language, extends)
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"[\u3400-\u9fff]", text) or language == "zh"
    path.write_text(re.sub(r"(?m)^#(?! \S)", "", text), encoding="utf-8")
    assert profile.check(str(path), language) == 0


def test_it_explains_every_field() -> None:
    assert [key.partition(".")[2] for key in FIELDS] == list(CompanyProfile.model_fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_existing_file_is_left_alone(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        profile.init(str(path), language)
    assert str(path) in refused.value.say(language)
    assert path.read_text(encoding="utf-8") == "mine"


def test_it_is_written_where_one_stands_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    profile.init(None, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["scorecraft-profile.yaml"]


def test_what_cannot_be_begun_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        profile.init(str(tmp_path / "a.yaml"), "en", "bonus")
    with pytest.raises(BadInput):
        profile.init(str(tmp_path / "none" / "a.yaml"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_roles_that_cannot_be_served_are_named(
    tmp_path: Path, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(UNSERVABLE, encoding="utf-8")
    assert profile.check(str(path), language) == 1
    out = capsys.readouterr().out
    assert shipped.load().roles["sales_support"].name.say(language) in out
    assert {"zh": "拟不出", "en": "no card"}[language] in out


def test_it_says_what_names_came_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cash.yaml"
    text = "extends: appraisal\nmandatory: [{item: 回款率, at_least: 10, roles: [sales_representative]}]\n"
    path.write_text(
        text + "banned: [{item: NPS, reason: few answers}]\nignore: {R009: by the board}\n", encoding="utf-8"
    )
    assert profile.check(str(path), "en") == 0
    out = capsys.readouterr().out
    assert "Collection rate at 10% or more, for: Sales representative" in out
    assert "Net promoter score (few answers)" in out
    assert "R009" in out and "by the board" in out


def test_programs_get_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.yaml"
    path.write_text(UNSERVABLE, encoding="utf-8")
    assert profile.check(str(path), "en", ListFormat.JSON) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["profile"] == "company_people"
    assert [role["role"] for role in found["roles"]] == list(shipped.load().roles)
    assert all(role["served"] or role["refusal"] for role in found["roles"])
    assert all(sum(item["weight"] for item in role["items"]) == 100 for role in found["roles"] if role["served"])


def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("extends: appraisal\nstep: 3\n", encoding="utf-8")
    with pytest.raises(BadProfile):
        profile.check(str(path), "en")

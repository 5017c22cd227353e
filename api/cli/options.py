"""The options of all commands. Help is the key of a phrase, put into the reader's language when a command runs."""

from enum import StrEnum
from typing import Annotated

import typer


class CardFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    YAML = "yaml"
    MD = "md"


class CheckFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    SARIF = "sarif"


class ListFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


class SearchFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


# --lang is read before the commands are built; they name it so that help does and it may stand anywhere.
Lang = Annotated[str | None, typer.Option("--lang", help="cli.option.lang")]
Resume = Annotated[str | None, typer.Option("--resume", help="cli.resume")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, max=64, help="cli.option.workers")]
ListShape = Annotated[ListFormat, typer.Option("--format", help="cli.option.list_format")]
Query = Annotated[str, typer.Argument(help="cli.option.query")]
Code = Annotated[str, typer.Argument(help="cli.option.code")]

# A brief.
Role = Annotated[str, typer.Option("--role", "-r", help="cli.option.role")]
Strategy = Annotated[str, typer.Option("--strategy", "-s", help="cli.option.strategy")]
Profile = Annotated[str, typer.Option("--profile", help="cli.option.profile")]
CountWish = Annotated[int | None, typer.Option("--count", help="cli.option.count")]
PinWish = Annotated[list[str] | None, typer.Option("--pin", help="cli.option.pin")]
ExcludeWish = Annotated[list[str] | None, typer.Option("--exclude", help="cli.option.exclude")]
NoData = Annotated[list[str] | None, typer.Option("--no-data", help="cli.option.no_data")]
Briefs = Annotated[str | None, typer.Option("--from", help="cli.option.from")]
CardShape = Annotated[CardFormat, typer.Option("--format", help="cli.option.format")]

# A form, and what goes before what it says.
File = Annotated[str, typer.Argument(help="cli.option.file")]
Files = Annotated[list[str] | None, typer.Argument(help="cli.option.files")]
FormRole = Annotated[str | None, typer.Option("--role", "-r", help="cli.option.override_role")]
FormProfile = Annotated[str | None, typer.Option("--profile", help="cli.option.override_profile")]
FormStrategy = Annotated[str | None, typer.Option("--strategy", "-s", help="cli.option.override_strategy")]
Table = Annotated[str | None, typer.Option("--table", help="cli.option.table")]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="cli.option.ignore")]
CheckShape = Annotated[CheckFormat, typer.Option("--format", help="cli.option.check_format")]
Cards = Annotated[str | None, typer.Option("--from", help="cli.option.check_from")]
Strict = Annotated[bool, typer.Option("--strict", help="cli.option.strict")]
InPlace = Annotated[bool, typer.Option("--in-place", help="cli.option.in_place")]
Output = Annotated[str | None, typer.Option("--output", "-o", help="cli.option.output")]
Actuals = Annotated[str, typer.Option("--actuals", "-a", help="cli.option.actuals")]
To = Annotated[str, typer.Option("--to", "-t", help="cli.option.to")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="cli.option.overwrite")]
FormLang = Annotated[str | None, typer.Option("--lang", help="cli.option.form_lang")]
ProfileFile = Annotated[str, typer.Argument(help="cli.option.profile_file")]
NewProfile = Annotated[str | None, typer.Argument(help="cli.option.new_profile")]
Extends = Annotated[str, typer.Option("--extends", help="cli.option.extends")]

# Guidance and the company's own documents.
Question = Annotated[str, typer.Argument(help="cli.option.question")]
SearchShape = Annotated[SearchFormat, typer.Option("--format", help="cli.option.search_format")]
Most = Annotated[int, typer.Option("-k", "--most", help="cli.option.most")]
SearchRole = Annotated[str | None, typer.Option("--role", "-r", help="cli.option.search_role")]
Topic = Annotated[str | None, typer.Option("--topic", help="cli.option.topic")]
SearchSource = Annotated[str | None, typer.Option("--source", help="cli.option.source")]
SearchLanguage = Annotated[str | None, typer.Option("--language", help="cli.option.search_language")]
PreferCompany = Annotated[bool, typer.Option("--prefer-company", help="cli.option.prefer_company")]
Paths = Annotated[list[str] | None, typer.Argument(help="cli.option.paths")]
Rebuild = Annotated[bool, typer.Option("--rebuild", help="cli.option.rebuild")]
Documents = Annotated[list[str], typer.Argument(help="cli.option.documents")]

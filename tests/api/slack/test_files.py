"""Forms that are attached and workbooks that are handed out."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from api.slack.bot import Bot
from assistant.intake.sources import LIMIT
from tests.api.slack.printed import printed
from tests.api.slack.slack import People
from tests.api.slack.workspace import CHANNEL, DM, HOME_BOT, Fault, Workspace

ASK = "sales representative, collect cash faster"


def exported(people: People, space: Workspace) -> bytes:
    """Return the workbook that the bot uploads."""
    people.write("UANN", ASK)
    people.press("UANN", space.said()[-1], "export")
    data: bytes = space.said()[-1]["files"][0]["data"]
    return data


def answered(space: Workspace) -> str:
    return " ".join(printed(space.said()[-1]["blocks"]).split())


def test_a_workbook_that_was_handed_out_can_be_handed_in(people: People, space: Workspace) -> None:
    data = exported(people, space)
    assert load_workbook(BytesIO(data)).active is not None
    people.write("UANN", "check this", files=[space.attach("form.xlsx", data)])
    assert answered(space).startswith("## Checked: form.xlsx Errors: 0,")


def test_in_a_thread_the_workbook_comes_into_the_thread(people: People, space: Workspace) -> None:
    root = people.write("UANN", f"<@{HOME_BOT}> {ASK}", CHANNEL)
    people.press("UANN", space.said(CHANNEL)[-1], "export", CHANNEL)
    (shared,) = space.shared
    assert (shared["channel_id"], shared["thread_ts"]) == (CHANNEL, root["ts"])


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.getUploadURLExternal", Fault(429, "ratelimited", retry_after=1)),
        ("files.completeUploadExternal", Fault(500)),
        ("files.completeUploadExternal", Fault(503, done=True)),
        ("files.completeUploadExternal", Fault(error="internal_error", done=True)),
    ],
)
def test_a_workbook_is_neither_lost_nor_uploaded_twice(
    people: People, space: Workspace, method: str, fault: Fault
) -> None:
    people.write("UANN", ASK)
    space.fault(method, fault)
    people.press("UANN", space.said()[-1], "export")
    assert len([one for one in space.said() if one.get("files")]) == 1


def test_an_upload_that_is_not_allowed_is_said(people: People, space: Workspace) -> None:
    people.write("UANN", ASK)
    space.fault("files.getUploadURLExternal", Fault(error="missing_scope"))
    people.press("UANN", space.said()[-1], "export")
    assert "files:write" in answered(space)


def _gone(space: Workspace, file: dict[str, Any]) -> None:
    del space.files[file["id"]]


def _large(space: Workspace, file: dict[str, Any]) -> None:
    space.files[file["id"]]["size"] = LIMIT + 1


def _elsewhere(space: Workspace, file: dict[str, Any]) -> None:
    space.files[file["id"]]["url_private_download"] = "https://files.example.com/form.xlsx"


def _forbidden(space: Workspace, file: dict[str, Any]) -> None:
    space.files[file["id"]]["url_private_download"] = f"{space.url}/download/unknown"


def _empty(space: Workspace, file: dict[str, Any]) -> None:
    space.files[file["id"]]["data"] = b""


def _garbled(space: Workspace, file: dict[str, Any]) -> None:
    space.files[file["id"]]["data"] = b"PK\x03\x04 nothing of a workbook"


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (_gone, "cannot fetch “form.xlsx”"),
        (_large, "20 MB"),
        (_elsewhere, "cannot fetch “form.xlsx”"),
        (_forbidden, "cannot fetch “form.xlsx”"),
        (_empty, "form.xlsx"),
        (_garbled, "form.xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(people: People, space: Workspace, spoilt: Any, said: str) -> None:
    file = space.attach("form.xlsx", b"x")
    spoilt(space, file)
    people.write("UANN", "check this", files=[file])
    assert said in answered(space)


def test_several_files_are_asked_for_one_by_one(bot: Bot, people: People, space: Workspace) -> None:
    files = [space.attach(f"{number}.csv", b"KPI,Weight\nSales,60\nCash,40\n") for number in range(3)]
    people.write("UANN", "check these", files=files)
    assert "There are 3 files" in answered(space)
    assert bot.inbox.waiting() == 0 and space.messages[DM]

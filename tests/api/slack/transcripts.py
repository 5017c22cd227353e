"""Dialogues in Slack as they read on a phone.

Lines that begin with ``>`` are what people do, the rest is what they see then:

    > ULI: 销售代表，加快回款                  a direct message
    > ULI in #sales: <@UBOT> 销售代表          a message in a channel
    > ULI in thread: 回款提高到25%             in the thread that was answered last
    > ULI /kpi 销售代表                        the command, in #sales
    > ULI presses 调整权重                     the latest button of that name that they see
    > ULI sets 回款率=25 keeps 销售额           the window that was opened last
    > ULI applies                              the window that shows what moves
    > ULI shares into #sales                   the window that asks for a channel
    > ULI checks: ...                          the shortcut, on a message of somebody's; \\n is a line
    > ULI attaches form.xlsx: ...              a direct message with a file of tests/cases/slack
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.api.slack.printed import label, printed
from tests.api.slack.slack import People, buttons
from tests.api.slack.workspace import CHANNEL, DM, PARTNERS, PRIVATE, Workspace

FOLDER = Path(__file__).parents[2] / "cases" / "slack"
CHANNELS = {"#sales": CHANNEL, "#hr": PRIVATE, "#partners": PARTNERS}
STEP = re.compile(
    r"> (?P<who>U\w+)(?: in (?P<where>#\w+|thread))?"
    r"(?: (?P<how>/kpi|presses|sets|applies|shares into|checks|attaches))?"
    r"(?: (?P<what>[^:]*?))?(?:: (?P<text>.*))?$"
)


@dataclass
class Seen:
    """What has been shown so far."""

    space: Workspace
    messages: dict[str, int] = field(default_factory=dict)
    private: dict[str, int] = field(default_factory=dict)
    windows: int = 0
    last: dict[str, Any] = field(default_factory=dict)
    """The message that the bot posted last in a channel."""

    def fresh(self) -> list[str]:
        """Return what is new to see, as text."""
        shown = []
        for channel in sorted(self.space.messages):
            said = self.space.said(channel)
            for one in said[self.messages.get(channel, 0) :]:
                shown.append(_message(one, channel))
                if not channel.startswith("D"):
                    self.last = {**one, "channel": channel}
            self.messages[channel] = len(said)
        for user in sorted(self.space.ephemeral):
            told = self.space.ephemeral[user]
            shown += [f"[only {user}]\n{_body(one)}" for one in told[self.private.get(user, 0) :]]
            self.private[user] = len(told)
        shown += [f"[window]\n{_window(one)}" for one in self.space.windows[self.windows :]]
        self.windows = len(self.space.windows)
        return shown


def played(transcript: str, space: Workspace, people: People) -> str:
    """Carry out what people do in a transcript and return it with what they see."""
    seen = Seen(space)
    out: list[str] = []
    for line in transcript.splitlines():
        if line.startswith("# "):
            out.append(line)
        if not line.startswith("> "):
            continue
        told = _done(line, seen, people)
        out += [line, *told, *seen.fresh()]
    return "\n".join(out) + "\n"


def _done(line: str, seen: Seen, people: People) -> list[str]:
    found = STEP.fullmatch(line)
    assert found is not None, line
    who, how, what, text = found["who"], found["how"], found["what"] or "", (found["text"] or "").replace("\\n", "\n")
    if how is None:
        _written(who, found["where"], text, seen, people)
    elif how == "/kpi":
        people.command(who, line.partition("/kpi")[2].strip())
    elif how == "presses":
        message, channel, private = _with_button(who, what, seen)
        button = next(one for one in buttons(message) if _named(one, what))
        people.press(who, message, button["action_id"].removeprefix("scorecraft_"), channel, private, what)
    elif how in {"sets", "applies"}:
        chosen, _, kept = what.partition(" keeps ")
        values = dict(pair.split("=") for pair in chosen.split(", ") if "=" in pair)
        return _answered(people.submit(who, seen.space.windows[-1], values, tuple(kept.split(", "))), seen)
    elif how == "shares into":
        return _answered(people.submit(who, seen.space.windows[-1], {"channel": CHANNELS[what]}), seen)
    elif how == "checks":
        people.shortcut(who, seen.space.write("UBOB", CHANNEL, text))
    elif how == "attaches":
        people.write(who, text, files=[seen.space.attach(what, (FOLDER / what).read_bytes())])
    return []


def _written(who: str, where: str | None, text: str, seen: Seen, people: People) -> None:
    if where == "thread":
        people.write(who, text, seen.last["channel"], seen.last["thread_ts"])
    else:
        people.write(who, text, CHANNELS[where] if where else DM)


def _answered(answer: Any, seen: Seen) -> list[str]:
    """Return what a submitted window says to it; a window that follows is the one in hand then."""
    if not answer:
        return ["[the window closes]"]
    if answer["response_action"] == "errors":
        names = {one["block_id"]: one["label"]["text"] for one in seen.space.windows[-1]["blocks"] if "label" in one}
        return [f"[below {names[block]}] {said}" for block, said in answer["errors"].items()]
    seen.space.windows.append(answer["view"])
    return []


def _with_button(who: str, name: str, seen: Seen) -> tuple[dict[str, Any], str, bool]:
    space = seen.space
    found = [
        (one, channel, False)
        for channel in space.messages
        if not channel.startswith("D") or channel in {DM, f"D-{who}"}
        for one in space.said(channel)
    ]
    told = [(one, CHANNEL, True) for one in space.ephemeral[who]]
    pressed = [one for one in [*found, *told] if any(_named(button, name) for button in buttons(one[0]))]
    assert pressed, name
    return pressed[-1]


def _named(button: dict[str, Any], name: str) -> bool:
    if button["type"] == "feedback_buttons":
        return name in {button[one]["text"]["text"] for one in ("positive_button", "negative_button")}
    if button["type"] == "static_select":
        return name in {label(one) for one in button["options"]}
    return label(button) == name


def _message(one: dict[str, Any], channel: str) -> str:
    names = {id: name for name, id in CHANNELS.items()}
    where = names.get(channel, "direct")
    return f"[{where}{' thread' if one.get('thread_ts') else ''}]\n{_body(one)}"


def _body(one: dict[str, Any]) -> str:
    if one.get("files"):
        return "\n".join(f"<file {file['title']}>" for file in one["files"])
    return printed(one["blocks"]) if one.get("blocks") else str(one["text"])


def _window(view: dict[str, Any]) -> str:
    foot = " ".join(f"[{view[name]['text']}]" for name in ("close", "submit") if name in view)
    return f"## {view['title']['text']}\n{printed(view['blocks'])}\n{foot}"

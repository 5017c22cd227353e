"""Changes that a person asks for on a form in the chat: another weight for a line, or the line gone."""

import re

from assistant.actions import LineChange
from assistant.language.offline.patterns import spoken

# A line and its weight: 把销售额的权重改成40%, "set revenue to 40", "visits: 15".
_WEIGHT = re.compile(
    r"^(?:请|帮我|把|将|please|make|set|put|change|raise|lower|reduce|increase|cut)*\s*"
    r"(?P<name>\D.*?)\s*(?:的?权重)?\s*"
    r"(?:改成|改为|改到|调成|调为|调到|提高到|提到|降到|降为|降低到|设为|设成|定为|to|at|=|：|:|\s)\s*"
    r"(?P<weight>\d{1,3})\s*[%％]?\s*[。.]?$",
    re.IGNORECASE,
)
# A line that is to go: 去掉拜访量, 把拜访量删掉, "remove visits".
_DROP = spoken(
    r"^(?:请|帮我)?(?:把|将)?\s*(?:去掉|删掉|删除|不要|拿掉|drop|remove|delete|take off)\s*(?P<name>.+?)\s*[。.]?$",
    r"^(?:把|将)\s*(?P<after>.+?)\s*(?:去掉|删掉|删除|拿掉)\s*[。.]?$",
)


def change_in(message: str) -> LineChange | None:
    """Return the change that a message asks for, ``None`` where it asks for none."""
    said = message.strip()
    if match := _DROP.match(said):
        return LineChange(name=(match["name"] or match["after"]).strip())
    match = _WEIGHT.match(said)
    if match is None or not 1 <= int(match["weight"]) <= 100:
        return None
    return LineChange(name=match["name"].strip(" ，,"), weight=int(match["weight"]))

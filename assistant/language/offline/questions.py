"""Questions: on KPI design, on a line of the card, on what a KPI means."""

from assistant.actions import Action, Define, Explain, Question
from assistant.language.offline.patterns import spoken
from assistant.language.offline.utterance import Utterance
from assistant.language.reading import Reading

ABOUT_CARD = frozenset({"undo", "reset", "alternatives", "show", "why", "why_not"})
LONGEST = 2000
"""Characters of a question."""
_WHY = spoken(r"为什么|为啥|为何|凭什么|凭啥")
_WHAT_IS = spoken(r"\bwhat\s.{2,60}\s(?:is|are|means?)(?: exactly| really)?\s*[.?!]*$")
# A rule asked about, which holds for any card: 为什么不能单项超过50%, "why may no line exceed".
_OF_RULES = spoken(
    r"单项|单个指标|每一?[项个](?:指标)?(?:的?权重)?(?:不|最|有|上限|下限|能)|(?:不能|不得|不允许)(?:超过|低于|少于|多于)\s*\d"
)
# A weight that is doubted and not yet changed: 回款权重是不是太低了, "isn't margin too low?"
_DOUBTED = spoken(
    r"(?:是不是|会不会|是否)(?:有点|有些)?(?:太|偏|过)[低高重轻大小多少](?:了|啊|呢|吧)*[?？。]?$|(?:太|偏|过)[低高重轻大小](?:了)?吗[?？]?$",
    r"^\W*(?:and |but |hm+ |so )?(?:isn't|is|are|aren't|don't you think) [^,.;]{2,50}\btoo (?:low|high|heavy|light"
    r"|much|little|small)"
    r"(?: for [^?]{2,30})?\?$",
)
# Asked whether it must be: "could collection be left out or is it mandatory?", 回款能不能不考，还是必须的.
_EITHER_WAY = spoken(
    r"\bor (?:is it|is that|must it|does it have to|do we need|do we have to|is this)\b[^?]*\?",
    r"还是(?:必须|一定|非).{0,8}[?？]?$",
)
# A request in the form of a question: "can you do only 4?".
_REQUEST = spoken(r"\b(?:can|could|would|will) (?:you|we|i)\b", r"能不能|能否|可以|行吗|好吗")
# Two things that were spoken of before: 这两个, "both of them".
_THOSE = spoken(r"这两|那两|两个|两者|两张|它们|他们", r"\b(?:those|these|the|both) two\b|\bthem\b|\bthose\b|\bboth\b")


def question(said: Utterance) -> Action | None:
    """Take a question; which position is meant comes first where that is open."""
    if said.shown and said.indicators and _DOUBTED.search(said.message.strip()):
        return Explain(indicators=said.indicators)
    if not asks(said):
        return None
    if len(said.reading.roles) == 1 and said.reading.roles[0].id is None:
        return None
    if (about := _of_line(said)) is not None:
        return about
    return Question(question=said.message[:LONGEST], role=said.role, border="border" in said.reading.commands)


def asks(said: Utterance) -> bool:
    """Tell whether a message is a question; to compare two positions spoken of before is none."""
    spoken_of = {role for one in said.before.recent for role in one.roles}
    if "compare" in said.reading.commands and len(spoken_of) > 1 and _THOSE.search(said.message):
        return False
    if _OF_RULES.search(said.message) and _WHY.search(said.message) and not said.reading.mentions:
        return True
    if _EITHER_WAY.search(said.message):
        return True
    if said.shown and said.reading.count and _REQUEST.search(said.message):
        return False
    return is_question(said.reading, shown=said.shown)


def is_question(reading: Reading, *, shown: bool) -> bool:
    """Tell whether a message asks about KPI design rather than for a card, a change of it or something about it."""
    commands = reading.commands
    if not reading.asking or reading.drafting or "decline" in commands:
        return False
    if reading.advice:
        return True
    of_card = (
        reading.wanted
        or (reading.roles and (reading.themes or reading.profile))
        or ("define" in commands and reading.mentions and not reading.roles)
        or (shown and reading.profile)
        or ("compare" in commands and len(reading.roles) + len(reading.themes) + shown > 1)
        or {"help", "quit"}.intersection(commands)
        or (shown and ABOUT_CARD.intersection(commands))
    )
    return not of_card


def last_asked(commands: tuple[str, ...]) -> str | None:
    """Return which of why and what a message asks in the end."""
    return next((command for command in reversed(commands) if command in {"why", "why_not", "define"}), None)


def _of_line(said: Utterance) -> Action | None:
    """Take a question that names a KPI and asks why, or what it means, as one about it."""
    named = said.indicators
    if not named or said.reading.roles:
        return None
    wanted = last_asked(said.reading.commands)
    if wanted == "define" or (len(named) == 1 and _WHAT_IS.search(said.message)):
        return Define(indicators=named)
    return Explain(indicators=named) if wanted and said.shown else None

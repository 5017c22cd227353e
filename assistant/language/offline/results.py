"""Results that a message states or supposes over a card: "John did 110% on revenue", "what if collection hits 90%?"."""

from assistant.actions import Action, Score
from assistant.language.offline.patterns import spoken
from assistant.language.offline.people import names_someone
from assistant.language.offline.supposed import actuals_of, asks_result
from assistant.language.offline.utterance import Utterance

# What figures do that are results; a weight is made, set or put.
_REACHED = spoken(
    r"\b(?:hits?|reach(?:es|ed)?|achieves?d?|comes? in|came in|land(?:s|ed)?(?: at)?|delivers?|delivered|ends? up|ended"
    r"|finish(?:es|ed)?|closes?d? at|attains?|attained|makes only|gets to|got to|did|scored|brought in)\b",
    r"\b(?:results?|actuals?|performance|attainment|achievement) (?:was|were|is|are|of|for|:)",
    r"\b(?:her|his|their|\w+'s) (?:\w+ )?(?:results|actuals|figures|numbers)\b",
    r"(?:完成了?|达到|达成|做到|实际)\s*\d",
)
_SUPPOSED = spoken(
    r"^\W*(?:and |so |but |ok,? )?(?:what if|what happens if|what would happen if|what do (?:they|we|you) get if)\b",
    r"^\W*(?:and |so |but |ok,? )?(?:if|suppose|supposing|say|assume|assuming)\b",
    r"如果|假如|假设|要是",
)
_WEIGHT = spoken(
    r"\b(?:weight\w*|set|make|put|raise|lower|cut|give|card|scorecard|kpis|change|adjust|targets?|fire|why)\b",
    r"权重|占|改|调|设|降|升|表|怎么办",
)


def says_weight(message: str) -> bool:
    """Tell whether a message speaks of weights, targets or the card, so that a figure in it is no result."""
    return _WEIGHT.search(message) is not None


def results(said: Utterance) -> Action | None:
    """Take results as a dry run of the card: those that are supposed, and those of somebody who is named."""
    message = said.message
    supposed = asks_result(message)
    if not (supposed or _REACHED.search(message)) or says_weight(message) or not said.reading.mentions:
        return None
    if not (said.shown and (supposed or _SUPPOSED.search(message))) and not names_someone(message):
        return None
    told = actuals_of(message)
    return Score(actuals=told) if told else None

"""A card shown to a channel: to be read, with no buttons, since it stays its maker's."""

from slack_sdk.models.blocks import RichTextBlock, RichTextElementParts, RichTextSectionElement

from api.slack.blocks.cards import drafted, percent, table, title
from api.slack.blocks.paging import MOST, Post, paged
from api.slack.blocks.text import Block, header, words
from api.slack.people import Person
from assistant.conversation import DraftVersion, Held
from assistant.models import Scorecard
from assistant.wording import worded
from knowledge.models import Catalogue


def shared_card(version: DraftVersion | Held, catalogue: Catalogue, person: Person) -> Post:
    """Return the one message that shows a card to others, and who shares it."""
    language = person.language
    if isinstance(version, DraftVersion):
        card = version.suggestion.scorecard
        blocks = list(drafted(version.suggestion, catalogue, language, (), whole=False))
    else:
        card = version.card
        blocks = [header(title(card, catalogue, language)), *table(card, catalogue, language)]
    return paged([*blocks[: MOST - 1], _by(person)], _notice(card, catalogue, person))[0]


def _notice(card: Scorecard, catalogue: Catalogue, person: Person) -> str:
    total = percent(sum(item.points for item in card.items))
    return f"{title(card, catalogue, person.language)} – {worded('label.total', person.language)} {total}"


def _by(person: Person) -> Block:
    who = RichTextElementParts.User(user_id=person.id)
    said = words(worded("slack.shared_by", person.language))
    made: Block = RichTextBlock(elements=[RichTextSectionElement(elements=[said, who])]).to_dict()
    return made

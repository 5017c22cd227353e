"""A card shown to a channel: to be read, with no buttons, since it stays its maker's."""

from slack_sdk.models.blocks import RichTextBlock, RichTextElementParts, RichTextSectionElement

from api.slack.blocks.cards import drafted, percent, table, title
from api.slack.blocks.paging import Post, paged
from api.slack.blocks.text import Block, header, words
from assistant.conversation import DraftVersion, Held
from assistant.models import Scorecard
from assistant.wording import worded
from knowledge.models import Catalogue, Language


def shared_card(version: DraftVersion | Held, catalogue: Catalogue, language: Language, user: str) -> tuple[Post, ...]:
    """Return the messages that show a card to others, and which ``user`` shares it."""
    if isinstance(version, DraftVersion):
        card = version.suggestion.scorecard
        blocks = list(drafted(version.suggestion, catalogue, language, (), whole=False))
    else:
        card = version.card
        blocks = [header(title(card, catalogue, language)), *table(card, catalogue, language)]
    return paged([*blocks, _by(user, language)], _notice(card, catalogue, language))


def _notice(card: Scorecard, catalogue: Catalogue, language: Language) -> str:
    total = percent(sum(item.points for item in card.items))
    return f"{title(card, catalogue, language)} – {worded('label.total', language)} {total}"


def _by(user: str, language: Language) -> Block:
    who = RichTextElementParts.User(user_id=user)
    said = words(worded("slack.shared_by", language))
    made: Block = RichTextBlock(elements=[RichTextSectionElement(elements=[said, who])]).to_dict()
    return made

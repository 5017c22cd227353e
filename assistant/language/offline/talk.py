"""Words that mean something only within a conversation, found in a message."""

import re
from functools import cached_property

from assistant.language.offline.lexicon import Hit, Lexicon, plain
from assistant.language.offline.patterns import either
from knowledge.models import Catalogue

TALK = (
    "thanks", "hello", "quit", "agree", "careful", "bold", "toward_cash", "toward_stretch", "toward_balanced",
    "toward_growth", "toward_ramp", "toward_territory", "toward_position", "rate_person", "remove_person", "pay_talk",
    "secret", "off_topic", "list_known", "list_roles", "list_indicators", "list_themes", "list_profiles", "list_rules",
    "list_versions", "show_again", "border", "leads_team", "works_alone",
)  # fmt: skip
# What stands beside such words and says nothing: 好的呀！, "thanks a lot then".
_BARE = re.compile(
    either(
        r"[\s，。,.!！~～…、;；:：?？]+",
        r"啊|呀|啦|了|哈|吧|哦|噢|呢",
        r"very much|so much|a lot|then|very|really|again|so|that",
    )
)


class Talk:
    """Finds the words of the conversation; the lists are made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, TALK)

    def hits(self, message: str) -> dict[str, list[Hit]]:
        """Return the words of a message by what they mean."""
        found: dict[str, list[Hit]] = {}
        for hit in self._lexicon.find(plain(message)):
            if hit.words == "his":  # no plural of "hi"
                continue
            for meaning in hit.meanings:
                found.setdefault(meaning, []).append(hit)
        return found

    def only(self, message: str, *ids: str) -> bool:
        """Tell whether a message says nothing but words of some lists."""
        text = plain(message)
        known = self.hits(message)
        hits = [hit for id in ids for hit in known.get(id, ())]
        rest = "".join(letter for place, letter in enumerate(text) if not any(h.start <= place < h.end for h in hits))
        return bool(hits) and not _BARE.sub("", rest)

"""Conversations for tests: small ones, and ones with cards that the advisor drafted."""

from assistant.advisor import Advisor
from assistant.conversation import Conversation, DraftVersion, Held, Numbered, Reply, Step, Version
from assistant.principal import Principal
from assistant.requests import Request
from assistant.storage.store import Kept, Store, Turn

ANN = Principal(workspace="acme", subject="ann", scopes=frozenset({"read", "write"}))
BOB = Principal(workspace="acme", subject="bob", scopes=frozenset({"read", "write"}))
CHIEF = Principal(workspace="acme", subject="chief")
STRANGER = Principal(workspace="other", subject="ann")


def turn(kept: Kept, key: str, said: str = "hello", conversation: Conversation | None = None) -> Turn:
    reply = Reply(language="en", said=(f"Re: {said}",))
    return Turn(key=key, said=said, conversation=conversation or kept.conversation, replies=(reply,))


def talked(store: Store, said: tuple[str, ...] = ("hello",), by: Principal = ANN) -> Kept:
    """Return a conversation of some messages, each stored."""
    kept = store.load(by, store.begin(by, Conversation()))
    for number, one in enumerate(said, 1):
        kept = store.commit(by, kept, turn(kept, f"key {number}", one))
    return kept


def draft(advisor: Advisor, role: str = "sales_representative", strategy: str = "") -> DraftVersion:
    request = Request(role=role, strategy=strategy)
    understanding = advisor.understander.understand(request)
    return DraftVersion(
        brief=understanding.brief, evidence=understanding.evidence, suggestion=advisor.draft(understanding)
    )


def held(version: DraftVersion, name: str = "last year.xlsx") -> Held:
    return Held(name=name, card=version.suggestion.scorecard, places=("A1", "A2"), understood=("read as such",))


def with_version(conversation: Conversation, version: Version) -> Conversation:
    """Return a conversation with a new version in hand, as a turn makes it."""
    number = conversation.made + 1
    in_hand = {"form": version} if isinstance(version, Held) else {"form": None, "current": version}
    return conversation.model_copy(
        update={
            "made": number,
            "steps": (*conversation.steps, Step(number=number, kind=version.kind)),
            "fresh": (*conversation.fresh, Numbered(number=number, version=version)),
            **in_hand,
        }
    )

"""Two readings of one message: the offline one stands, the model's fills what it leaves open."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.actions import (
    MOST_ACTIONS,
    Action,
    Alternatives,
    Decline,
    Draft,
    Explain,
    Export,
    PersonCase,
    Question,
    Reset,
    Revise,
    Undo,
)
from assistant.advisor import Advisor
from assistant.conversation import Choice, Conversation, Pending
from assistant.errors import ModelUnavailable
from assistant.language.interpretation import Interpretation
from assistant.language.model.interpreter import ModelInterpreter
from assistant.language.model.wire import ASKS, DETAILS, KINDS
from assistant.language.offline.interpreter import Offline
from assistant.models import Evidence
from knowledge import shipped
from tests.assistant.language.examinees import Absent, Examinee
from tests.talking import said

SDR = Evidence(kind="role", id="sdr", words="SDRs")
CASH = Evidence(kind="theme", id="cash", words="cash")
READER = Advisor(shipped.load()).reader


@pytest.fixture(scope="module")
def shown(advisor: Advisor) -> Conversation:
    return said(Conversation(), "Sales representative, gain market share", advisor)[0]


def read(
    message: str, first: Interpretation, *asked: dict[str, Any], conversation: Conversation | None = None
) -> Interpretation:
    model = Examinee({"actions": list(asked), "unclear": ""})
    interpreter = ModelInterpreter(model, Offline(READER), READER)
    return interpreter.read(message, conversation or Conversation(), first=first)


def open_(*actions: Action, left: tuple[str, ...] = (), lost: bool = False) -> Interpretation:
    return Interpretation(language="en", actions=actions, left=left, lost=lost)


def asked(kind: str, quote: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "quote": quote, **more}


# What the offline reading found stands.


@pytest.mark.parametrize("certain", [Decline(why="person"), PersonCase()], ids=["decline", "person"])
def test_a_refusal_is_never_touched(certain: Action) -> None:
    first = open_(certain, left=("bob", "team"))
    assert read("get Bob off the team, sales reps", first, asked("draft", "sales reps")) is first


def test_a_position_that_was_found_stays() -> None:
    message, first = "SDRs: the cupboard is bare", open_(Draft(role="sdr", evidence=(SDR,)), left=("cupboard", "bare"))
    after = read(message, first, asked("draft", message, roles=["sales_director"], themes=["pipeline_build"]))
    (draft,) = after.actions
    assert isinstance(draft, Draft) and (draft.role, draft.themes) == ("sdr", ("pipeline_build",))
    assert draft.evidence == (SDR, Evidence(kind="theme", id="pipeline_build", words=message))
    assert after.by == "model" and after.complete


def test_a_weight_that_was_found_stays(shown: Conversation) -> None:
    message = "Collection rate at 20, lose the meetings thing"
    found = Offline(READER).read("Collection rate at 20", shown).actions[0]
    more = {"ask": "exclude", "indicator": "meetings_held", "quote": "lose the meetings thing"}
    less = {"ask": "set", "indicator": "collection_rate", "value": 20, "quote": message}
    first = open_(found, left=("lose", "meetings", "thing"))
    after = read(message, first, asked("revise", message, wishes=[less, more]), conversation=shown)
    (revise,) = after.actions
    assert isinstance(revise, Revise) and isinstance(found, Revise)
    assert revise.wishes[0] == found.wishes[0] and [one.indicator for one in revise.wishes[1:]] == ["meetings_held"]


def test_a_priority_is_added_only_from_a_clause_of_its_own() -> None:
    first = open_(Draft(role="sdr", themes=("cash",), evidence=(SDR, CASH)), left=("phones", "dead", "barn", "full"))
    same = read("SDRs want cash, phones dead", first, asked("draft", "cash, phones dead", themes=["volume"]))
    assert same is first
    after = read("SDRs want cash. The barn is full", first, asked("draft", "The barn is full", themes=["destock"]))
    (draft,) = after.actions
    assert isinstance(draft, Draft) and draft.themes == ("cash", "destock")


def test_a_priority_that_was_taken_back_stays_back() -> None:
    denied = Evidence(kind="theme", id="cash", words="cash", negated=True)
    first = open_(Draft(role="sdr", evidence=(SDR, denied)), left=("matter", "less"))
    assert read("SDRs: cash must matter less", first, asked("draft", "matter less", themes=["cash"])) is first


def test_nothing_that_changes_the_conversation_is_added_beside_a_card() -> None:
    first = open_(Draft(role="sdr", evidence=(SDR,)), left=("wipe", "everything"))
    for kind in ("reset", "leave", "undo", "thanks"):
        assert read("SDRs. wipe everything", first, asked(kind, "wipe everything")) is first
    after = read("SDRs. wipe everything", first, asked("export", "wipe everything", detail="md"))
    assert after.actions == (*first.actions, Export(target="md"))


# What it left open is filled.


def test_what_was_lost_is_what_the_model_reads(shown: Conversation) -> None:
    first = open_(left=("stab", "flavour"), lost=True)
    after = read("another stab", first, asked("alternatives", "another stab"), conversation=shown)
    assert after.actions == (Alternatives(),) and (after.by, after.lost, after.left) == ("model", False, ("flavour",))


@pytest.mark.parametrize(
    "answer",
    [[], [asked("draft", "made up", themes=["cash"])], [asked("nonsense", "")]],
    ids=["none", "made-up", "odd"],
)
def test_what_the_model_cannot_read_either_stays_lost(answer: list[dict[str, Any]]) -> None:
    first = open_(left=("stab",), lost=True)
    assert read("another stab", first, *answer) is first


def test_a_wish_that_was_not_understood_gives_way_to_one_that_is(shown: Conversation) -> None:
    unread = Offline(READER).read("Include the wibbly promoter things", shown)
    assert isinstance(unread.actions[0], Revise) and not unread.complete
    wish = {"ask": "include", "indicator": "nps", "quote": "the wibbly promoter things"}
    after = read(
        "Include the wibbly promoter things",
        unread,
        asked("revise", "wibbly promoter", wishes=[wish]),
        conversation=shown,
    )
    (revise,) = after.actions
    assert isinstance(revise, Revise) and [one.indicator for one in revise.wishes] == ["nps"]


def test_a_question_can_turn_out_to_be_a_request(shown: Conversation) -> None:
    message = "How satisfied buyers are should carry less, 5 will do"
    first = open_(Question(question=message), left=("carry", "less", "5"))
    wish = {"ask": "set", "indicator": "customer_satisfaction", "value": 5, "quote": message}
    after = read(message, first, asked("revise", message, wishes=[wish]), conversation=shown)
    (revise,) = after.actions
    assert isinstance(revise, Revise) and revise.wishes[0].value == 5


@pytest.mark.parametrize("kind", ["draft", "ask", "reset", "undo", "decline", "thanks", "leave"])
def test_a_question_does_not_turn_into_anything_else(kind: str, shown: Conversation) -> None:
    first = open_(Question(question="why oh why?"), left=("oh",))
    assert read("why oh why?", first, asked(kind, "why oh why"), conversation=shown).actions == first.actions


def test_a_question_beside_the_task_stays_one() -> None:
    first = open_(Question(question="bell curve?", border=True), left=("bell",))
    assert read("bell curve?", first, asked("draft", "bell curve", themes=["productivity"])) is first


def test_a_draft_that_waits_for_its_position_keeps_what_it_was_told() -> None:
    waiting = Pending(action=Draft(themes=("cash",)), about="role", choices=(Choice(id="sdr", label="SDR"),))
    first = open_(left=("folks",), lost=True)
    conversation = Conversation(pending=waiting)
    after = read("folks who dial", first, asked("draft", "folks who dial", roles=["sdr"]), conversation=conversation)
    (draft,) = after.actions
    assert isinstance(draft, Draft) and (draft.role, draft.themes) == ("sdr", ("cash",))


def test_several_requests_are_read_in_order_without_repeats(shown: Conversation) -> None:
    first = open_(left=("a", "b"), lost=True)
    twice = [asked("alternatives", "do it all"), asked("explain", "do it all"), asked("alternatives", "do it all")]
    assert read("do it all", first, *twice, conversation=shown).actions == (Alternatives(), Explain())


def test_a_model_that_is_of_no_use_says_so() -> None:
    interpreter = ModelInterpreter(Absent("slow"), Offline(READER), READER)
    with pytest.raises(ModelUnavailable):
        interpreter.read("gibberish of a kind", Conversation())


def test_the_offline_reading_is_made_where_none_is_given() -> None:
    interpreter = ModelInterpreter(Absent("slow"), Offline(READER), READER)
    done = interpreter.read("Sales representative, gain market share", Conversation())
    assert done.by == "offline" and isinstance(done.actions[0], Draft)


# Whatever a model answers.

WORDS = st.sampled_from(["", "sales", "nps 140", "collection rate", "20", "our bills", "回款率", "zzz"])
IDS = st.sampled_from(["", "sdr", "sales_director", "cash", "nps", "collection_rate", "sql_injection", "140"])
NUMBERS = st.integers(-200, 2000)
ANSWERS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([*KINDS, "other"]),
        "quote": WORDS,
        "roles": st.lists(IDS, max_size=3),
        "themes": st.lists(IDS, max_size=3),
        "indicators": st.lists(IDS, max_size=3),
        "wishes": st.lists(
            st.fixed_dictionaries(
                {"ask": st.sampled_from([*ASKS, "by"]), "indicator": IDS, "value": NUMBERS, "quote": WORDS}
            ),
            max_size=3,
        ),
        "lines": NUMBERS,
        "detail": st.sampled_from([*DETAILS, "other"]),
    }
)
MESSAGES = (
    "Sales representatives, our bills nps 140 zzz",
    "zzz our bills 20",
    "回款率调到20，nps 140也要",
    "Why is collection rate so low? zzz",
    "Fire Bob, he only hit 60% of target, zzz our bills",
)


@settings(max_examples=150, deadline=None)
@given(message=st.sampled_from(MESSAGES), answers=st.lists(ANSWERS, max_size=6), brings=st.booleans())
def test_no_answer_takes_away_what_was_found_or_adds_a_number_that_nobody_said(
    message: str, answers: list[dict[str, Any]], brings: bool
) -> None:
    advisor = Advisor(shipped.load())
    conversation = said(Conversation(), "Sales representative, cash", advisor)[0] if brings else Conversation()
    first = Offline(READER).read(message, conversation)
    after = read(message, first, *answers, conversation=conversation)
    assert len(after.actions) <= MOST_ACTIONS
    for action in first.actions:
        if isinstance(action, Decline | PersonCase):
            assert after is first
        if isinstance(action, Draft | Revise):
            kept = [one for one in after.actions if isinstance(one, Draft | Revise)]
            assert kept and set(action.themes) <= set(kept[0].themes)
            assert getattr(kept[0], "role", None) == getattr(action, "role", None) or not getattr(action, "role", None)
            weighed = [wish for wish in action.wishes if wish.value is not None]
            assert set(weighed) <= set(kept[0].wishes)
            assert not any(isinstance(one, Reset | Undo) for one in after.actions)
    stated = {wish.value for action in first.actions for wish in getattr(action, "wishes", ())}
    for action in after.actions:
        for wish in getattr(action, "wishes", ()):
            assert wish.value in {None, 5, -5, 20, -20, *stated}
            assert READER.indicators.meaning(wish.indicator).name and wish.indicator != "sql_injection"

"""The exam, the trust it earns, and who then reads and words."""

import subprocess
import sys
from functools import partial

import pytest

from assistant.advisor import Advisor
from assistant.conversation import Conversation
from assistant.errors import Cause, ModelUnavailable
from assistant.language.model.exam import ReadingCase, fits, harms, load, sit_exam
from assistant.language.model.interpreter import ModelInterpreter
from assistant.language.model.mind import mind
from assistant.language.model.model import Remembered
from assistant.language.model.trust import Marks, fingerprint, key, marks, remember
from assistant.language.offline.interpreter import Offline
from assistant.settings import Settings
from tests.assistant.language.examinees import Absent, Crammer, Examinee
from tests.talking import said

EXAM = load()
SETTINGS = Settings(llm_model="some", llm_base_url="http://localhost:1/v1")
EARNED = Marks(read=16, readings=16, worded=4, wordings=4, seconds=1)


def before(case: ReadingCase, advisor: Advisor) -> Conversation:
    conversation = Conversation()
    for message in case.before:
        conversation, _ = said(conversation, message, advisor)
    return conversation


@pytest.mark.parametrize("case", EXAM.reading, ids=lambda case: case.id)
def test_a_case_asks_what_the_offline_reading_leaves_open(case: ReadingCase, advisor: Advisor) -> None:
    """Also that the case names what the catalogue has."""
    first = Offline(advisor.reader).read(case.message, before(case, advisor))
    alone = len(first.actions) == 1 and fits(first.actions[0], case.expect, advisor)
    assert not first.complete
    assert alone == case.id.endswith("nothing-to-add")
    assert not harms(first.actions, case.expect, advisor)
    assert set(case.expect.themes) <= set(advisor.catalogue.themes)


def test_both_languages_weigh_the_same() -> None:
    for cases in (EXAM.reading, EXAM.wording):
        assert [case.id[:2] for case in cases].count("zh") * 2 == len(cases)


def test_whoever_knows_everything_passes(advisor: Advisor) -> None:
    told: list[tuple[int, int]] = []
    earned = sit_exam(Crammer(), advisor, lambda done, total: told.append((done, total)))
    assert (earned.missed, earned.harmful) == ((), 0)
    assert earned.may_read and earned.may_word
    assert told[-1] == (20, 20) and [done for done, _ in told] == list(range(1, 21))


def test_whoever_says_nothing_reads_nothing(advisor: Advisor) -> None:
    earned = sit_exam(Examinee({"actions": [], "unclear": "all of it"}, prose="我不知道。 I do not know."), advisor)
    assert earned.read == 2 and earned.worded == 0
    assert not earned.may_read and not earned.may_word


def test_prose_with_one_bad_sentence_is_not_passed(advisor: Advisor) -> None:
    earned = sit_exam(Crammer(prose="All is fine. The lines stand. Studies show that 83% of sellers agree."), advisor)
    assert earned.worded == 0 and earned.may_read


def test_a_harmful_reading_is_not_trusted_however_many_are_right() -> None:
    assert EARNED.may_read
    assert not EARNED.model_copy(update={"harmful": 1}).may_read
    assert not EARNED.model_copy(update={"read": 14}).may_read
    assert not EARNED.model_copy(update={"worded": 2}).may_word


@pytest.mark.parametrize("cause", ["slow", "garbled", "empty", "resting"])
def test_a_model_that_cannot_answer_fails_the_case(cause: Cause, advisor: Advisor) -> None:
    earned = sit_exam(Absent(cause), advisor)
    assert earned.read <= 1 and not earned.may_read and not earned.may_word


@pytest.mark.parametrize("cause", ["refused", "key", "settings", "limit"])
def test_a_model_that_is_not_there_is_not_examined(cause: Cause, advisor: Advisor) -> None:
    with pytest.raises(ModelUnavailable):
        sit_exam(Absent(cause), advisor)


# Trust.


def test_marks_are_kept_for_the_endpoint_and_the_model() -> None:
    learned = Remembered()
    remember(SETTINGS, learned, EARNED)
    assert marks(SETTINGS, learned) == EARNED
    assert marks(SETTINGS.model_copy(update={"llm_model": "other"}), learned) is None
    assert marks(SETTINGS.model_copy(update={"llm_base_url": "http://localhost:2/v1"}), learned) is None


def test_marks_are_void_once_a_prompt_or_the_exam_has_changed() -> None:
    learned = Remembered()
    learned.learn(key(SETTINGS).replace(fingerprint(), "another"), EARNED.model_dump())
    assert marks(SETTINGS, learned) is None


def test_marks_of_another_make_are_no_marks() -> None:
    learned = Remembered()
    learned.learn(key(SETTINGS), {"grade": "A"})
    assert marks(SETTINGS, learned) is None


# Who reads and who words.


def test_without_a_model_everything_is_offline(advisor: Advisor) -> None:
    made = mind(advisor.reader, Settings(), Remembered())
    assert (made.mind.model, made.mind.narrator, made.note, made.model) == (None, None, None, None)


def test_an_unexamined_model_is_used_for_nothing_and_that_is_said(advisor: Advisor) -> None:
    made = mind(advisor.reader, SETTINGS, Remembered())
    assert (made.mind.model, made.mind.narrator, made.note) == (None, None, "doctor.unexamined")


@pytest.mark.parametrize(
    ("change", "reads", "words"),
    [({}, True, True), ({"read": 3}, False, True), ({"harmful": 1}, False, True), ({"worded": 0}, True, False)],
    ids=["both", "wording", "harmful", "reading"],
)
def test_a_model_is_used_as_far_as_it_is_trusted(
    change: dict[str, int], reads: bool, words: bool, advisor: Advisor
) -> None:
    learned = Remembered()
    remember(SETTINGS, learned, EARNED.model_copy(update=change))
    made = mind(advisor.reader, SETTINGS, learned)
    assert isinstance(made.mind.model, ModelInterpreter) == reads
    assert (made.mind.narrator is not None) == words
    assert made.note is None and made.model is not None


def test_a_failed_model_is_not_even_made(advisor: Advisor) -> None:
    learned = Remembered()
    remember(SETTINGS, learned, EARNED.model_copy(update={"read": 0, "worded": 0}))
    made = mind(advisor.reader, SETTINGS, learned)
    assert (made.mind.model, made.mind.narrator, made.note, made.model) == (None, None, None, None)


def test_no_client_is_loaded_before_a_model_is_called() -> None:
    code = """
import sys
from assistant.language.model.mind import mind
from assistant.language.model.model import Remembered
from assistant.language.model.trust import Marks, remember
from assistant.language.offline.reader import Reader
from assistant.settings import Settings
from knowledge import shipped
reader, learned = Reader(shipped.load()), Remembered()
mind(reader, Settings(), learned)
settings = Settings(llm_model="some", llm_base_url="http://localhost:1/v1")
remember(settings, learned, Marks(read=16, readings=16, worded=4, wordings=4, seconds=1))
assert mind(reader, settings, learned).mind.model
sys.exit([name for name in ("langchain_core", "langchain_openai", "openai", "sqlalchemy") if name in sys.modules])
"""
    run = partial(subprocess.run, capture_output=True, text=True, encoding="utf-8", check=False)
    done = run([sys.executable, "-c", code])
    assert done.stderr.strip() in {"", "[]"}, done.stderr

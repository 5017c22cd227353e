"""Words of a text as they are compared: Chinese cut into words, English reduced to stems."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from knowledge.words import folded

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[a-z0-9]+(?:[.'’&-][a-z0-9]+)*")
# Common in questions, and silent about what they are about.
_ASKING = (
    *("怎么", "如何", "什么", "哪些", "哪个", "为什么", "怎样", "多少", "是否", "可以", "应该", "需要", "有没有"),
    *("是不是", "能不能", "请问", "一下", "我们", "你们", "公司", "问题", "办", "呢", "吗", "吧"),
    *(
        "how",
        "what",
        "which",
        "why",
        "when",
        "who",
        "should",
        "can",
        "could",
        "would",
        "does",
        "do",
        "did",
        "we",
        "our",
    ),
    *("my", "you", "your", "i", "please", "need", "want", "much", "many", "company", "one", "get", "make", "use"),
)


def tokens(text: str) -> list[str]:
    """Return the words of a text, those that say nothing left out."""
    return [token for run in _RUN.findall(folded(text)) for token in _of_run(run)]


def _of_run(run: str) -> Iterator[str]:
    if not run[0].isascii():
        yield from (word for word in _chinese(run) if word not in _silent())
    elif run not in _silent():
        yield _stem(run)


@lru_cache(maxsize=1 << 14)
def _chinese(run: str) -> tuple[str, ...]:
    import rjieba

    words = tuple(rjieba.cut_for_search(run))
    # A name of the trade is often longer than a word: neighbours count together too.
    return (*words, *(first + second for first, second in pairwise(run)))


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@cache
def _silent() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_CHINESE, STOPWORDS_EN_PLUS

    return frozenset((*_ASKING, *STOPWORDS_CHINESE, *STOPWORDS_EN_PLUS))

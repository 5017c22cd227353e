"""Places as people say them: 三, "third", "3"."""

HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
ENGLISH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}


def place_of(word: str) -> int:
    """Return the place that a word or figure names, from 1; 0 where it names none."""
    return int(word) if word.isdigit() else HAN.get(word) or ENGLISH.get(word, 0)

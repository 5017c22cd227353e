"""Characters that fonts in PDF put in place of the usual ones: parts of characters, ligatures."""

import unicodedata

# Forms of radicals that Unicode does not lead back to the character by itself.
_RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺉⺠⺫⻁⻄⻅⻆⻉⻋⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂乙冂几刂民目虎西见角贝车镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
_OTHERS = (range(0x2F00, 0x2FD6), range(0xFB00, 0xFB07))
_USUAL = _RADICALS | {code: unicodedata.normalize("NFKC", chr(code)) for codes in _OTHERS for code in codes}


def usual(text: str) -> str:
    """Return a text in the characters that people write."""
    return text.translate(_USUAL)

"""Statements that are not for a model to make, whatever the facts."""

import re
from functools import lru_cache

from assistant.language.guards.said import Said

_PERSON = re.compile(
    r"(?<!其)[他她](?!人|山|乡)|\b(?:he|she|him|his|her|hers|himself|herself)\b"
    r"|不?胜任|不合格|不称职|不达标的(?:员工|人)|能力(?:不足|差|太差|有限)|表现(?:差|不佳|不行|很差|糟糕|优秀)|(?:工作)?态度(?:差|恶劣)|绩效差|懒惰|无能|拖后腿"
    r"|(?:评为|评级|打分为|等级为)|(?:优秀|较差|差劲|垫底)的?(?:员工|销售)"
    r"|\bunder-?perform\w*|\bincompeten\w+"
    r"|\b(?:low|poor|weak|bad|top|star|best|worst) (?:performers?|sellers?|employees?|reps?)\b|\bunfit\b|\blazy\b"
    r"|\bnot (?:competent|qualified|up to)\b|\bgood enough\b|\bperform(?:s|ed|ing)? (?:poorly|badly)"
    r"|\b(?:rated?|ranked?|graded?) (?:as |at |an? )|\bthis (?:person|employee|rep|individual)\b"
    r"|这[个位名](?:员工|人|同事|下属|销售员)"
)
_DISMISSAL = re.compile(
    r"开除|辞退|解雇|裁(?:掉|员|撤)|炒(?:掉|鱿鱼)|走人|劝退|逼[走他她退]|离职|淘汰|不续签|解除(?:劳动)?合同|末位|强制分布|罚款|扣(?:工资|薪)|降(?:薪|职)"
    r"|\b(?:fir(?:e|ed|ing)|dismiss\w*|lay(?:ing)? ?off|laid off|sack\w*|get rid of|push\w* (?:\w+ )?out"
    r"|manage\w* (?:\w+ )?out|forc\w* (?:\w+ )?out|resign\w*|quit|terminat\w*|demot\w*|fines?|fined)\b"
    r"|\b(?:forced (?:ranking|distribution)|stack rank\w*|bottom rank\w*|let (?:\w+ )?go)\b"
)
_LAW = re.compile(
    r"合法|合规|不违法|不违反|法律(?:上)?(?:没有|没|无|允许|支持)|符合.{0,8}法|胜诉|仲裁"
    r"|\b(?:legal(?:ly)?|lawful(?:ly)?|complian(?:t|ce)|complies|court|lawsuit|liab\w+)\b"
)
_PROMISE = re.compile(
    r"保证|确保(?:完成|达成|成功|增长)|一定(?:能|会)|必然|必定|\bguarant\w+|\bwill (?:certainly|definitely|surely)\b"
    r"|\bensures? (?:success|growth)|(?:取得|实现)了?.{0,6}(?:进展|成效|成果|突破|进步)"
    r"|(?:超出|好于|高于|低于)预期|表现出色|显著(?:成|提升|进)"
    r"|\b(?:significant|great|good|real) (?:progress|improvement|success)|\bthan expected\b"
    r"|\b(?:more|less|very|highly) (?:successful|effectively)"
)
_OPTIMAL = re.compile(
    r"最(?:优|佳|合理|理想|完美|科学|好)|完美|无懈可击"
    r"|\boptim\w+|\bperfect\w*|\bideal\w*|\bbest (?:possible|weights?|card|mix|balance|scorecard|allocation|choice)"
)
_DEED = re.compile(
    r"(?:已经?|刚刚?|帮您|为您|替您)(?:将|把|给|向|由|经|在|.{0,8}?)(?:发送|发给|发出|发邮件|保存|存档|提交|审批|批准|通知|发布|上传|归档|备案|同步|录入|签字|签署|生效|删除"
    r"|下载|打印)"
    r"|审批通过|获(?:得)?批准|批准了|通过了?审批|我(?:已|会|将|可以|能)"
    r"|\b(?:I|we)(?:'ve|’ve|'ll|’ll| have| will| can| am| did| just)?\s+(?:already |now |just )?(?:e-?mail\w*"
    r"|sen[dt]\w*|sav\w+|approv\w+|submit\w*|notif\w+|publish\w*|upload\w*|delet\w+|updat\w+|schedul\w+|download\w*"
    r"|creat\w+|set up|shar\w+|stor\w+|fil\w+)\b"
    r"|\b(?:has|have|had|is|are|was|were|been|got|already)(?: been| now| already)? (?:e-?mailed|sent|saved|approved"
    r"|submitted|notified|published|uploaded|deleted|signed|archived|shared|stored|filed|authori[sz]ed)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"系统提示|提示词|(?:我|你)的(?:指令|规则|设定|提示)|指令|语言模型|人工智能|作为(?:一[个名])?(?:ai|助手|模型)|越狱|密钥|口令|密码|开发者模式|不受限制|忽略(?:之前|以上|前面|上面)"
    r"|\bsystem prompt|\bprompts?\b|\bmy (?:instructions?|rules|guidelines|prompt)|\binstruct(?:ions?|ed)\b"
    r"|\bas an? (?:ai|assistant|language model)|\blanguage model|\bai model|\bapi[ _-]?keys?\b|\bpasswords?\b"
    r"|\bsecret\w*\b|\bsk-\w+|\bscorecraft_|\bjailbr\w+"
    r"|\bdeveloper mode|\bDAN\b|\bunrestricted\b|\bignor(?:e|ing) (?:all|the|previous|prior|any)"
    r"|\bI(?:'m| am) (?:now|an?|no longer)\b|\bfact markers?\b|\bbetween the markers\b|标记之间",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z']+|[\u4e00-\u9fff]")
OVERLAP_WORDS, OVERLAP_HAN = 6, 10


def person(said: Said) -> bool:
    """No verdict on a person, and nobody spoken of as one."""
    return bool(_PERSON.search(said.bare))


def dismissal(said: Said) -> bool:
    """No advice to push anybody out, and no penalties."""
    return bool(_DISMISSAL.search(said.bare))


def law(said: Said) -> bool:
    """No legal opinion."""
    return bool(_LAW.search(said.bare))


def promise(said: Said) -> bool:
    """No success foretold, or read into weights, which say nothing of results."""
    return bool(_PROMISE.search(said.bare))


def optimal(said: Said) -> bool:
    """Weights set without a company's data are a starting point, no more."""
    return bool(_OPTIMAL.search(said.bare))


def deed(said: Said) -> bool:
    """Nothing is said to have been done that wording a result cannot do."""
    return bool(_DEED.search(said.text))


def inside(said: Said) -> bool:
    """Nothing of the prompt, of keys or of the model itself."""
    return bool(_INSIDE.search(said.plain)) or (bool(said.fence) and said.fence in said.plain) or _repeats(said)


def _repeats(said: Said) -> bool:
    """Tell whether a run of words stands in the prompt too, unless it stands in the facts."""
    for size, words in (
        (OVERLAP_WORDS, said.plain),
        (OVERLAP_HAN, "".join(re.findall(r"[\u4e00-\u9fff]", said.plain))),
    ):
        shared = _runs(words, size) & _runs(said.system.casefold(), size)
        if shared - _runs(said.facts.text, size):
            return True
    return False


@lru_cache(64)  # the prompt and the facts are the same for every sentence
def _runs(text: str, size: int) -> frozenset[tuple[str, ...]]:
    words = _WORDS.findall(text)
    return frozenset(tuple(words[place : place + size]) for place in range(len(words) - size + 1))

"""The formula reader's allow-list: arithmetic over named variables, and nothing that could run."""

import pytest

from knowledge import formula

ACCEPTED = [
    ("sales", {"sales"}),
    ("sales / target", {"sales", "target"}),
    ("(won - lost) / (won + lost)", {"won", "lost"}),
    ("-returns * 1.5", {"returns"}),
    ("1 - abs(actual - forecast) / forecast", {"actual", "forecast"}),
    ("max(0, min(sales, cap))", {"sales", "cap"}),
    ("max", {"max"}),
    ("100", set()),
    ("2e3 * a1_b", {"a1_b"}),
    ("a\t/ b", {"a", "b"}),
]
REFUSED = [
    ("", "does not parse"),
    ("sales /", "does not parse"),
    ("sales target", "does not parse"),
    ("sales = 1", "does not parse"),
    ("sales; target", "does not parse"),
    ("销售额 ÷ 目标", "does not parse"),
    ("sales / 目标 %", "does not parse"),
    ("a\x00b", "does not parse"),
    ("(" * 5000 + "a" + ")" * 5000, "does not parse"),
    ("__import__('os').system('x')", "calls something other"),
    ("eval(sales)", "calls something other"),
    ("sum(sales)", "calls something other"),
    ("max(sales, key=target)", "calls something other"),
    ("max(*sales)", "Starred"),
    ("sales.real", "Attribute"),
    ("sales[0]", "Subscript"),
    ("[sales]", "List"),
    ("{'a': sales}", "Dict"),
    ("lambda: sales", "Lambda"),
    ("sales if target else 0", "IfExp"),
    ("[x for x in sales]", "ListComp"),
    ("sales and target", "BoolOp"),
    ("not sales", "Not"),
    ("sales > target", "Compare"),
    ("sales ** 99", "Pow"),
    ("sales % 2", "Mod"),
    ("sales // 2", "FloorDiv"),
    ("sales << 9", "LShift"),
    ("(sales := 1)", "NamedExpr"),
    ("f'{sales}'", "JoinedStr"),
    ("'sales'", "not a number"),
    ("b'sales'", "not a number"),
    ("True * sales", "not a number"),
    ("None", "not a number"),
    ("1j * sales", "not a number"),
    ("... * sales", "not a number"),
]


@pytest.mark.parametrize(("text", "names"), ACCEPTED, ids=[text for text, _ in ACCEPTED])
def test_a_formula_names_its_variables(text: str, names: set[str]) -> None:
    assert formula.names(text) == names


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[text[:20] or "nothing" for text, _ in REFUSED])
def test_what_is_no_formula_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        formula.names(text)

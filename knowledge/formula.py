"""Formulas of indicators: read by an allow-listed walk of their syntax tree, never evaluated."""

import ast
from functools import lru_cache

FUNCTIONS = frozenset({"abs", "max", "min"})
_ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.USub,
    ast.Load,
    ast.Name,
    ast.Constant,
    ast.Call,
)


@lru_cache(maxsize=4096)
def names(text: str) -> frozenset[str]:
    """Return the variables a formula uses; ``ValueError`` says what in it is not a formula."""
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(f"formula does not parse: {text!r}") from error
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        _allow(node)
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called)


def _allow(node: ast.AST) -> None:
    if not isinstance(node, _ALLOWED):
        raise ValueError(f"formula holds {type(node).__name__}, which is not allowed")
    if isinstance(node, ast.Constant) and (isinstance(node.value, bool) or not isinstance(node.value, int | float)):
        raise ValueError(f"formula holds {node.value!r}, which is not a number")
    if isinstance(node, ast.Call):
        _allow_call(node)


def _allow_call(node: ast.Call) -> None:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
        raise ValueError(f"formula calls something other than {', '.join(sorted(FUNCTIONS))}")

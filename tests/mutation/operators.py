"""The kinds of faults: each looks at one node of the syntax tree and says which edits it allows.

An edit that can make no difference is not offered where that is plain from the node (a message, an annotation).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Place = tuple[int, int]
"""A line from 1 and a column in bytes from 0, as the syntax tree counts."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that is put in the place of what stands between two places."""

    begin: Place
    end: Place
    text: str


Located = ast.expr | ast.stmt | ast.pattern
Operator = Callable[[ast.AST], Iterator[Edit]]

_COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def _begin(node: Located) -> Place:
    return node.lineno, node.col_offset


def _end(node: Located) -> Place:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def _instead(node: Located, text: str) -> Edit:
    return Edit(_begin(node), _end(node), text)


def comparison(node: ast.AST) -> Iterator[Edit]:
    """`==` becomes `!=`, `<` becomes `<=`, `in` becomes `not in`, and the other way round."""
    if not isinstance(node, ast.Compare):
        return
    for number, found in enumerate(node.ops):
        if type(found) in _COMPARISONS:
            swapped: list[ast.cmpop] = [*node.ops]
            swapped[number] = _COMPARISONS[type(found)]()
            yield _instead(node, ast.unparse(ast.Compare(node.left, swapped, node.comparators)))


def junction(node: ast.AST) -> Iterator[Edit]:
    """`and` becomes `or`, `or` becomes `and`."""
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield _instead(node, f"({ast.unparse(ast.BoolOp(other, node.values))})")


def operand(node: ast.AST) -> Iterator[Edit]:
    """One operand of `and` or `or` is left out."""
    if isinstance(node, ast.BoolOp):
        for number in range(len(node.values)):
            rest = [*node.values[:number], *node.values[number + 1 :]]
            kept = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield _instead(node, f"({ast.unparse(kept)})")


def negation(node: ast.AST) -> Iterator[Edit]:
    """A `not` is left out."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _instead(node, f"({ast.unparse(node.operand)})")


def condition(node: ast.AST) -> Iterator[Edit]:
    """What a branch asks is always so, or never."""
    tests: list[ast.expr] = []
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        tests = [node.test]
    elif isinstance(node, ast.comprehension):
        tests = node.ifs
    for test in tests:
        yield _instead(test, "True")
        yield _instead(test, "False")


def number(node: ast.AST) -> Iterator[Edit]:
    """A whole number is one more; True becomes False."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield _instead(node, str(not node.value))
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield _instead(node, str(node.value + 1))


def word(node: ast.AST) -> Iterator[Edit]:
    """A text that something is compared with, or looked up by, is another text."""
    texts: list[ast.expr] = []
    if isinstance(node, ast.Compare):
        texts = [node.left, *node.comparators]
    elif isinstance(node, ast.MatchValue):
        texts = [node.value]
    elif isinstance(node, ast.Subscript):
        texts = [node.slice]
    for text in texts:
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield _instead(text, repr(text.value + "~"))


def arithmetic(node: ast.AST) -> Iterator[Edit]:
    """`+` becomes `-`, `-` becomes `+`, `*` becomes `+`."""
    others: dict[type[ast.operator], ast.operator] = {ast.Add: ast.Sub(), ast.Sub: ast.Add(), ast.Mult: ast.Add()}
    if isinstance(node, ast.BinOp) and type(node.op) in others:
        yield _instead(node, f"({ast.unparse(ast.BinOp(node.left, others[type(node.op)], node.right))})")


def answer(node: ast.AST) -> Iterator[Edit]:
    """A function returns nothing."""
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield _instead(node.value, "None")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def statement(node: ast.AST) -> Iterator[Edit]:
    """A call, a raise, a change of a variable or a jump is left out."""
    if isinstance(node, ast.Expr | ast.Raise | ast.AugAssign | ast.Break | ast.Continue):
        yield _instead(node, "None" if isinstance(node, ast.Expr) else "pass")


def wrapper(node: ast.AST) -> Iterator[Edit]:
    """A call that changes one value is left out: `f(x)` becomes `x`, `x.strip()` becomes `x`."""
    if not isinstance(node, ast.Call) or node.keywords:
        return
    if isinstance(node.func, ast.Name) and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield _instead(node, f"({ast.unparse(node.args[0])})")
    elif isinstance(node.func, ast.Attribute) and not node.args:
        yield _instead(node, f"({ast.unparse(node.func.value)})")


def argument(node: ast.AST) -> Iterator[Edit]:
    """An argument that has a name is not handed over."""
    if isinstance(node, ast.Call):
        for given in node.keywords:
            if given.arg is not None:
                rest = [one for one in node.keywords if one is not given]
                yield _instead(node, ast.unparse(ast.Call(node.func, node.args, rest)))


def entry(node: ast.AST) -> Iterator[Edit]:
    """An entry of a table is left out."""
    if isinstance(node, ast.Dict):
        for at in range(len(node.keys)):
            keys, values = [*node.keys], [*node.values]
            del keys[at], values[at]
            yield _instead(node, ast.unparse(ast.Dict(keys, values)))
    elif isinstance(node, ast.Set) and len(node.elts) > 1:
        for at in range(len(node.elts)):
            yield _instead(node, ast.unparse(ast.Set([*node.elts[:at], *node.elts[at + 1 :]])))


def form(node: ast.AST) -> Iterator[Edit]:
    """One case of a match is never taken."""
    if isinstance(node, ast.match_case):
        if node.guard is None:
            yield Edit(_end(node.pattern), _end(node.pattern), " if False")
        else:
            yield _instead(node.guard, "True")
            yield _instead(node.guard, "False")


OPERATORS: Mapping[str, Operator] = {
    plant.__name__: plant
    for plant in (
        comparison,
        junction,
        operand,
        negation,
        condition,
        number,
        word,
        arithmetic,
        answer,
        statement,
        wrapper,
        argument,
        entry,
        form,
    )
}

"""Variables of XPath 2.0 and later that nothing can bind (XML Path Language 3.1, section 3.1.2: a static error).

Arazzo hands no variables to an expression. So each name must be bound within it: by ``for``, ``let``, ``some`` or
``every``. The parameters of inline functions may hold types of any shape, so where there is one nothing is said here.
"""

from __future__ import annotations

import re

from arazzo_runner.expressions.grammar import Fault

_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"|\(:.*?:\)", re.DOTALL)
_FUNCTION = re.compile(r"\bfunction\s*\(")
_VARIABLE = re.compile(r"\$\s*([^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)(\s*:=|\s+in\b)?")


def unbound_variable(text: str) -> Fault | None:
    """Return the fault of the first variable that is bound nowhere in an expression. Never raises."""
    bare = _TEXT.sub(lambda found: " " * len(found[0]), text)
    if "$" not in bare or _FUNCTION.search(bare):
        return None
    variables = list(_VARIABLE.finditer(bare))
    bound = {found[1] for found in variables if found[2]}
    unbound = next((found for found in variables if found[1] not in bound), None)
    if unbound is None:
        return None
    name = f"${unbound[1]}"
    help = f"a runtime expression stands in braces here: {{{name}}}"
    return Fault(f"'{name}' is no variable of this expression", unbound.start(), help, "query-malformed")

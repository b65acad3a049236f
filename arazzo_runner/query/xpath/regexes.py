"""How far a regular expression in an XPath function can go back and forth, in the worst case.

Those functions run on Python's `re`, which can't be stopped. So the number of ways in which a pattern can match a text
of some length is estimated from its tree, always too high rather than too low. What is not in the language that our
reader knows counts as endless.
"""

from __future__ import annotations

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.read import read_pattern
from arazzo_runner.query.regex.syntax import Char, Choice, Group, Look, Modified, Node, Repeat, Sequence, Start
from arazzo_runner.query.regex.tree import size

ENDLESS = 10**12
"""The highest estimate."""


def backtracks(pattern: str, length: int) -> int:
    """Return about how many steps a search for the pattern in a text of this length can take, at most `ENDLESS`."""
    tree = read_pattern(pattern)
    if isinstance(tree, Fault):
        return ENDLESS
    starts = 1 if _starts_at_start(tree) else length + 1
    return min(starts * _ways(tree, length, last=True) * size(tree) + length, ENDLESS)


def _starts_at_start(tree: Node) -> bool:
    return isinstance(tree, Start) or (isinstance(tree, Sequence) and tree.parts[:1] == (Start(),))


def _ways(node: Node, length: int, *, last: bool) -> int:
    """Return in how many ways a node can match from one place on; `last` if nothing follows that could fail."""
    match node:
        case Sequence(parts):
            total = 1
            for number, part in enumerate(parts, 1):
                total = min(total * _ways(part, length, last=last and number == len(parts)), ENDLESS)
            return total
        case Choice(options):
            ways = [_ways(option, length, last=False) for option in options]
            return min(max(ways) if _start_apart(options) else sum(ways), ENDLESS)
        case Group(inner) | Modified(inner) | Look(inner):
            return _ways(inner, length, last=last)
        case Repeat():
            return _repeated(node, length, last=last)
        case _:
            return 1


def _repeated(node: Repeat, length: int, *, last: bool) -> int:
    ways = _ways(node.inner, length, last=False)
    most = length if node.most is None else min(node.most, length)
    if ways > 1:
        return ENDLESS if most * ways.bit_length() > 40 else ways**most
    return 1 if last else max(most - node.least, 0) + 1


def _start_apart(options: tuple[Node, ...]) -> bool:
    """Tell whether alternatives begin with different characters, so that only one of them can match."""
    firsts = [option.parts[0] if isinstance(option, Sequence) and option.parts else option for option in options]
    codes = {first.code for first in firsts if isinstance(first, Char)}
    return len(codes) == len(options)

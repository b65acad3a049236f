"""JSONPath of the draft of 2007 (`draft-goessner-dispatch-jsonpath-00`): read by `jsonpath-ng`, evaluated by `walk`.

The extended grammar of that library is taken (practical reading P7), as far as it selects: what sorts, calculates or
rewrites values is refused. The draft's one script that can be read without running it, ``(@.length-1)``, is an index
from the end. In filters ``.length`` of an array or string is its length, as in the language that the draft embeds.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import filters, walk
from arazzo_runner.query.jsonpath.comparison import NOTHING, holds
from arazzo_runner.query.jsonpath.query import Query, oversize
from arazzo_runner.query.jsonpath.walk import Located, Segment, Selector, Test, Trail, Walk
from arazzo_runner.query.regex import Pattern, compile_pattern
from arazzo_runner.values import Value

if TYPE_CHECKING:
    from jsonpath_ng import JSONPath
    from jsonpath_ng.ext.filter import Expression

_SCRIPT = re.compile(r"\[\s*\(\s*@\.length\s*-\s*([1-9][0-9]{0,8})\s*\)\s*\]")
_ANY_SCRIPT = re.compile(r"\[\s*\(")
_COLUMN = re.compile(r"(?:at |Error on line )[0-9]+(?::|, col )([0-9]+)")
_PLACE = re.compile(r"^Error on line [0-9]+, col [0-9]+[^:]*: | at [0-9]+:[0-9]+")
_ADVICE = "the draft has names, wildcards, indexes, slices, filters ?(...) and the script (@.length-1)"

Pairs: TypeAlias = list[tuple["JSONPath", bool]]
"""The steps of a query from the root on; true where a step goes to all descendants."""


class _Refused(Exception):
    """A part of the library's grammar that is not taken."""


@lru_cache(maxsize=256)
def compile_goessner(text: str) -> Query | Fault:
    """Compile a query, or say why it is none (checklist JPC-10). Never raises."""
    fault = oversize(text) or _script(text)
    if fault is not None:
        return fault
    try:
        tree = _parsed(_SCRIPT.sub(_index_from_end, text))
        reader = _Reader(text)
        segments = reader.segments(tree)
    except _Refused as refused:
        return Fault(str(refused), 0, _ADVICE, "query-unsupported")
    except RecursionError:
        return Fault("the query is nested too deeply", 0, "", "query-too-large")
    except Exception as error:  # the library raises its own errors, and whatever its parser stumbles over
        message = str(error)
        column = _COLUMN.search(message)
        offset = int(column[1]) if column else len(text)
        return Fault(_PLACE.sub("", message) or "this is no query", min(offset, len(text)), _ADVICE, "query-malformed")
    return Query(text, reader.singular, segments, tuple(reader.extensions))


def _script(text: str) -> Fault | None:
    """Refuse scripts but the one that has a plain meaning; they are never run."""
    found = _ANY_SCRIPT.search(_SCRIPT.sub(_index_from_end, text))
    if found is None:
        return None
    message = "only one script can be read here: (@.length-1), with any number"
    return Fault(message, found.start(), "", "query-unsupported")


def _index_from_end(found: re.Match[str]) -> str:
    """Write a script as an index, in the same width, so that offsets stay."""
    return f"[-{found[1]}".ljust(len(found[0]) - 1) + "]"


def _parsed(text: str) -> JSONPath:
    from jsonpath_ng.ext.parser import parse

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # words without quotes, `&`: old spellings, still read
        return parse(text)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.singular = True
        self.extensions: list[str] = []

    def segments(self, tree: JSONPath) -> tuple[Segment, ...]:
        from jsonpath_ng import Root

        steps = _steps(tree)
        if not isinstance(steps[0][0], Root):
            raise _Refused("a query starts with '$'")
        found = tuple(Segment((self.selector(step),), descend) for step, descend in steps[1:])
        self.singular = not any(descend for _, descend in steps) and all(_is_single(step) for step, _ in steps[1:])
        return found

    def selector(self, step: JSONPath) -> Selector:
        from jsonpath_ng import Fields, Index, Slice, Wildcard
        from jsonpath_ng.ext.filter import Filter
        from jsonpath_ng.ext.iterable import Len

        match step:
            case Fields():
                return _union(tuple(walk.name(str(name)) for name in step.fields))
            case Index():
                return _union(tuple(walk.index(index) for index in step.indices))
            case Slice():
                return walk.elements(step.start, step.end, step.step)
            case Wildcard():
                return walk.wildcard
            case Filter():
                return walk.filtered(filters.every(tuple(self.test(part) for part in step.expressions)))
            case Len():
                self.extensions.append("`len`")
                return _length
            case _:
                raise _Refused(f"'{step}' is not supported")

    def test(self, part: JSONPath) -> Test:
        from jsonpath_ng.ext.filter import And, Expression, Or

        match part:
            case And():
                return filters.every(tuple(map(self.test, part.operands)))
            case Or():
                return filters.some(tuple(map(self.test, part.operands)))
            case Expression():
                return self.expression(part)
            case _:
                raise _Refused(f"'{part}' is not supported in a filter")

    def expression(self, part: Expression) -> Test:
        found = self.values(part.target)
        match part.op:
            case None:
                return filters.exists(found)
            case "!":
                return filters.negated(filters.exists(found))
            case "=~":
                self.extensions.append("=~")
                return _matching(found, part.value)
        other = self.other(part.value)
        return _comparison(found, "==" if part.op == "=" else part.op, other)

    def other(self, value: object) -> filters.Operand:
        from jsonpath_ng import JSONPath

        if isinstance(value, JSONPath):
            return filters.single(self.values(value))
        return filters.constant(value)  # type: ignore[arg-type]  # a number, string, boolean or None of the grammar

    def values(self, target: JSONPath) -> filters.Nodes:
        """Read a query in a filter: from ``@``, from ``$``, or a bare name as below ``@``."""
        from jsonpath_ng import Root, This

        steps = _steps(target)
        from_root = isinstance(steps[0][0], Root)
        steps = steps[1:] if from_root or isinstance(steps[0][0], This) else steps
        segments = [Segment((self.selector(step),), descend) for step, descend in steps]
        if segments and _is_length(steps[-1]):
            segments[-1] = Segment((_name_or_length,))
        return filters.nodes(tuple(segments), from_root=from_root)


def _steps(tree: JSONPath) -> Pairs:
    """Return the steps of a query: the library has them as a tree that leans to the left."""
    from jsonpath_ng import Child, Descendants

    steps: Pairs = []
    while isinstance(tree, Child | Descendants):
        right = _steps(tree.right)
        steps[:0] = [(right[0][0], isinstance(tree, Descendants)), *right[1:]]
        tree = tree.left
    return [(tree, False), *steps]


def _is_single(step: JSONPath) -> bool:
    from jsonpath_ng import Fields, Index

    match step:
        case Fields():
            return len(step.fields) == 1
        case Index():
            return len(step.indices) == 1
        case _:
            return False


def _is_length(step: tuple[JSONPath, bool]) -> bool:
    from jsonpath_ng import Fields

    return isinstance(step[0], Fields) and tuple(step[0].fields) == ("length",) and not step[1]


def _union(selectors: tuple[Selector, ...]) -> Selector:
    if len(selectors) == 1:
        return selectors[0]

    def select(value: Value, trail: Trail, run: Walk) -> Iterator[Located]:
        for selector in selectors:
            yield from selector(value, trail, run)

    return select


def _name_or_length(value: Value, trail: Trail, run: Walk) -> Iterator[Located]:
    if isinstance(value, list | str):
        return _length(value, trail, run)
    return walk.name("length")(value, trail, run)


def _length(value: Value, trail: Trail, run: Walk) -> Iterator[Located]:
    run.spend()
    if isinstance(value, list | str | dict):
        yield len(value), (trail, "length")


def _comparison(found: filters.Nodes, operator: str, other: filters.Operand) -> Test:
    """Compare whatever a query finds; it holds if it does for one of the values, and `!=` where there is none."""

    def test(value: Value, run: Walk) -> bool:
        values, wanted = found(value, run), other(value, run)
        if not values:
            return holds(operator, NOTHING, wanted, run)
        return any(holds(operator, one, wanted, run) for one in values)

    return test


def _matching(found: filters.Nodes, pattern: object) -> Test:
    compiled = compile_pattern(pattern) if isinstance(pattern, str) else None
    if not isinstance(compiled, Pattern):
        raise _Refused("'=~' needs a regular expression")

    def test(value: Value, run: Walk) -> bool:
        return any(filters.searched(compiled, text, run) for text in found(value, run) if isinstance(text, str))

    return test

"""The tokens of `elementpath` with a count of what they do.

Most tokens are counted by what goes in and out of them. Some work inside, on more than that shows, and are counted
before they begin: comparisons of sequences, ranges, functions that look at the whole document, that write numbers as
wide as they are told, or that run a regular expression on Python's `re`, which can't be stopped.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from arazzo_runner.query.xpath.limits import MAX_EVALUATION_DEPTH, MAX_XPATH_STEPS
from arazzo_runner.query.xpath.regexes import backtracks

if TYPE_CHECKING:
    from elementpath import XPathToken

CODEPOINTS = "http://www.w3.org/2005/xpath-functions/collation/codepoint"
"""The collation that compares by code points."""

_TEXT_A_STEP = 64
_RE_STEPS_A_STEP = 32
_EQUALS_A_STEP = 16
_WIDE = re.compile(r"[0-9]{5}")
_PRECISION = 10_000


class Exhausted(Exception):
    """The steps are used up. It never leaves the room of queries."""


class TooDeep(Exception):
    """Tokens are evaluated too deep inside of each other. It never leaves the room of queries."""


class Unsupported(Exception):
    """Something that can't be done in the same way everywhere; the message says what. It never leaves the room."""


class Meter:
    """Counts the steps of one evaluation, in a document of `nodes` nodes."""

    __slots__ = ("depth", "inputs", "nodes", "steps")

    def __init__(self, nodes: int = 0) -> None:
        self.steps = MAX_XPATH_STEPS
        self.nodes = nodes
        self.depth = 0
        self.inputs: dict[int, int] = {}

    def spend(self, steps: int = 1) -> None:
        """Count steps. Raises `Exhausted`."""
        self.steps -= steps
        if self.steps < 0:
            raise Exhausted

    def descend(self) -> None:
        """Count a token that is evaluated inside of others, so that how deep a call goes hangs on no machine's stack.

        Raises `TooDeep`. After an exception the count is too high, but then the evaluation is over.
        """
        self.depth += 1
        if self.depth > MAX_EVALUATION_DEPTH:
            raise TooDeep

    def weigh(self, item: object) -> None:
        """Count the size of a value. Raises `Exhausted`."""
        match item:
            case str() | bytes():
                self.spend(len(item) // _TEXT_A_STEP)
            case int():
                self.spend(item.bit_length() // _TEXT_A_STEP)
            case Decimal():
                self.spend(len(item.as_tuple().digits) // _TEXT_A_STEP)
            case list() | tuple():
                self.spend(len(item))
            case _:
                self.spend(len(getattr(item, "_array", None) or getattr(item, "_map", None) or ()))


def counted(cls: type[XPathToken]) -> type[Any]:
    """Return a class of tokens like this one whose work is counted."""
    kinds = tuple(kind for kind in _KINDS if str(cls.symbol) in kind.symbols)
    made: Any = type(cls)
    counting: type[Any] = made(cls.__name__, (*kinds, _Counted, cls), {"__module__": __name__})
    return counting


class _Counted:
    """Any token. The class that it is mixed into comes next in the order of methods."""

    def meter(self, context: Any) -> Meter:
        found: Meter = getattr(context, "meter", None) or self.parser.meter  # type: ignore[attr-defined]  # the token's
        return found

    def evaluate(self, context: Any = None) -> Any:
        meter = self.meter(context)
        meter.spend()
        meter.descend()
        found = super().evaluate(context)  # type: ignore[misc]  # the token's
        meter.depth -= 1
        meter.weigh(found)
        return found

    def select(self, context: Any = None) -> Iterator[Any]:
        meter = self.meter(context)
        meter.spend()
        meter.descend()
        for item in super().select(context):  # type: ignore[misc]  # the token's
            meter.spend()
            meter.weigh(item)
            meter.depth -= 1  # who takes the item goes on outside
            yield item
            meter.descend()
        meter.depth -= 1


class _Comparing(_Counted):
    """Comparisons of sequences: each pair counts."""

    symbols = frozenset({"=", "!=", "<", "<=", ">", ">="})

    def iter_comparison_data(self, context: Any) -> Iterator[Any]:
        meter = self.meter(context)
        for pair in super().iter_comparison_data(context):  # type: ignore[misc]  # the token's
            meter.spend()
            yield pair


class _Ranging(_Counted):
    """``1 to n``: each number counts, before the list of them is made."""

    symbols = frozenset({"to"})

    def get_operands(self, context: Any, cls: Any = None) -> Any:
        start, stop = super().get_operands(context, cls)  # type: ignore[misc]  # the token's
        if isinstance(start, int) and isinstance(stop, int):
            self.meter(context).spend(max(0, stop - start + 1))
        return start, stop


class _Distinct(_Counted):
    """`distinct-values`: each value is compared with all before it."""

    symbols = frozenset({"distinct-values"})

    def select(self, context: Any = None) -> Iterator[Any]:
        meter = self.meter(context)
        for number, item in enumerate(super().select(context)):
            meter.spend(number // _EQUALS_A_STEP)
            yield item


class _Whole(_Counted):
    """Functions that look at the whole document."""

    symbols = frozenset("id idref element-with-id root document-uri innermost outermost path serialize".split())

    def evaluate(self, context: Any = None) -> Any:
        meter = self.meter(context)
        meter.spend(meter.nodes)
        return super().evaluate(context)

    def select(self, context: Any = None) -> Iterator[Any]:
        meter = self.meter(context)
        meter.spend(meter.nodes)
        yield from super().select(context)


class _Rounding(_Counted):
    """`round` to a number of digits: as many are written."""

    symbols = frozenset({"round", "round-half-to-even"})

    def evaluate(self, context: Any = None) -> Any:
        if len(self) > 1:  # type: ignore[arg-type]  # the token's
            for digits in self[1].select(copy(context)):  # type: ignore[index]  # the token's
                if not isinstance(digits, int) or abs(digits) > _PRECISION:
                    raise Exhausted
        return super().evaluate(context)


class _Matching(_Counted):
    """Functions with a regular expression: the steps that it can take back count, before it runs."""

    symbols = frozenset({"matches", "replace", "tokenize", "analyze-string"})

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's
        meter = self.meter(context)
        if index == 0:
            meter.inputs[id(self)] = len(str(found or ""))
        elif index == 1:
            meter.spend(backtracks(str(found), meter.inputs.get(id(self), 0)) // _RE_STEPS_A_STEP)
        else:
            meter.spend(len(str(found)) * meter.inputs.get(id(self), 0) // _TEXT_A_STEP)
        return found


class _Formatting(_Counted):
    """Functions that write numbers and dates: a Roman number is as long as its value, a date as wide as told."""

    symbols = frozenset({"format-integer", "format-number", "format-date", "format-dateTime", "format-time"})

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found: Any = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's
        if isinstance(found, int | Decimal) and not isinstance(found, bool):
            self.meter(context).spend(abs(int(found)) // 65_536)
        elif isinstance(found, str) and _WIDE.search(found):
            raise Exhausted
        return found


class _Power(_Counted):
    """`math:pow`: of doubles, as specified; the power of two integers could have more digits than there is memory."""

    symbols = frozenset({"pow", "{http://www.w3.org/2005/xpath-functions/math}pow"})

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found: Any = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's
        return float(found) if isinstance(found, int | Decimal) else found

    def evaluate(self, context: Any = None) -> Any:
        try:
            return super().evaluate(context)
        except OverflowError:
            base, exponent = self.get_argument(context), self.get_argument(context, 1)
            return math.copysign(math.inf, base if exponent % 2 == 1 else 1)


class _Joining(_Counted):
    """`string-join`: the separator counts once for each item, and there are at most as many as steps so far."""

    symbols = frozenset({"string-join"})

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's
        meter = self.meter(context)
        meter.spend(len(str(found or "")) * (MAX_XPATH_STEPS - meter.steps) // _TEXT_A_STEP)
        return found


class _Collating(_Counted):
    """Functions that take a collation: only the one by code points is the same on every machine."""

    places: ClassVar = {
        "compare": 2, "contains": 2, "starts-with": 2, "ends-with": 2, "substring-before": 2, "substring-after": 2,
        "index-of": 2, "deep-equal": 2, "contains-token": 2, "distinct-values": 1, "max": 1, "min": 1, "sort": 1,
    }  # fmt: skip
    symbols = frozenset(places)

    def get_argument(self, context: Any, index: int = 0, **options: Any) -> Any:
        found = super().get_argument(context, index, **options)  # type: ignore[misc]  # the token's
        symbol = str(self.symbol)  # type: ignore[attr-defined]  # the token's
        if index == self.places[symbol] and isinstance(found, str) and found != CODEPOINTS:
            raise Unsupported("the only collation is the one by code points")
        return found


_KINDS: tuple[Any, ...] = (
    _Comparing,
    _Ranging,
    _Distinct,
    _Whole,
    _Rounding,
    _Matching,
    _Formatting,
    _Power,
    _Joining,
    _Collating,
)

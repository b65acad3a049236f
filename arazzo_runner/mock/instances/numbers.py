"""Numbers within limits, multiples of what they have to be multiples of."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from arazzo_runner.mock.instances import names
from arazzo_runner.mock.instances.conjunction import NoInstance, Part, numbers, texts
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.limits import MAX_TRIES

_FORMATS: Final = {
    "int8": (-(2**7), 2**7 - 1),
    "uint8": (0, 2**8 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "uint16": (0, 2**16 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_USUAL: Final = 100
# Beyond this a float has no room for a step that is small beside it; whole numbers go as far as they like.
_LARGEST_FLOAT: Final = 2**53


class Limits:
    """The interval that the parts leave, exact: a float is taken as the decimal that it is written as."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        lows = [*_bounds(parts, "minimum", open_ended=False), *_bounds(parts, "exclusiveMinimum", open_ended=True)]
        highs = [*_bounds(parts, "maximum", open_ended=False), *_bounds(parts, "exclusiveMaximum", open_ended=True)]
        for name in texts(parts, "format"):
            if name in _FORMATS:
                lows.append((Fraction(_FORMATS[name][0]), False))
                highs.append((Fraction(_FORMATS[name][1]), False))
        self.low: Fraction | None = None
        self.high: Fraction | None = None
        self.above = self.below = False
        if lows:
            self.low, self.above = max(lows)
        if highs:
            self.high, self.below = min(highs, key=lambda limit: (limit[0], not limit[1]))
        self.steps = [_exact(found) for found in numbers(parts, "multipleOf") if found > 0]

    def allow(self, value: Fraction) -> bool:
        """Tell whether a number lies within."""
        if self.low is not None and (value < self.low or (self.above and value == self.low)):
            return False
        return self.high is None or value < self.high or (value == self.high and not self.below)


def _bounds(parts: tuple[Part, ...], keyword: str, *, open_ended: bool) -> list[tuple[Fraction, bool]]:
    return [(_exact(found), open_ended) for found in numbers(parts, keyword)]


def number(parts: tuple[Part, ...], name: str, draw: Draw, *, whole: bool) -> int | float | NoInstance:
    """Return a number that satisfies the numeric keywords, or why there is none."""
    limits = Limits(parts)
    if limits.low is not None and limits.high is not None and limits.low > limits.high:
        return NoInstance(f"no number is at least {_shown(limits.low)} and at most {_shown(limits.high)}")
    for candidate in _candidates(limits, name, draw, whole=whole):
        if limits.allow(candidate) and all((candidate / step).denominator == 1 for step in limits.steps):
            value = _plain(candidate, whole=whole)
            if value is not None and all(_divides(value, step) for step in limits.steps):
                return value
    kind = "whole number" if whole else "number"
    return NoInstance(f"no {kind} was found within the limits{' that is a multiple' if limits.steps else ''}")


def _candidates(limits: Limits, name: str, draw: Draw, *, whole: bool) -> Iterator[Fraction]:
    suggested = names.number_for(name, draw)
    if suggested is not None:
        yield Fraction(suggested)
    step = _common(limits.steps, whole=whole)
    if not step:
        step = Fraction(1)
    yield from _steps(limits, step, draw)
    if not whole and not limits.steps:
        # Too narrow for whole numbers: the interval itself is divided.
        low, high = _window(limits)
        for parts in (100, 1000, 10**6):
            yield low + (high - low) * Fraction(draw.between(1, parts - 1), parts)
        yield (low + high) / 2
        yield from (low, high)


def _steps(limits: Limits, step: Fraction, draw: Draw) -> Iterator[Fraction]:
    """Yield multiples of the step within the limits, drawn first, then from the lower end on."""
    low, high = _window(limits)
    first, last = math.ceil(low / step), math.floor(high / step)
    if first > last:
        return
    for _ in range(MAX_TRIES // 2):
        yield draw.between(first, last) * step
    for count in range(min(MAX_TRIES, last - first + 1)):
        yield (first + count) * step


def _window(limits: Limits) -> tuple[Fraction, Fraction]:
    """Return the stretch to draw from: the limits, brought to everyday numbers where they are far apart."""
    low, high = limits.low, limits.high
    widest = max([Fraction(_USUAL), *(step * 10 for step in limits.steps)])
    if low is None and high is None:
        return Fraction(1), widest
    if low is None:
        low = (high or Fraction(0)) - widest
    if high is None or (high - low > widest and not low < 0 < high):
        return low, low + widest
    return (Fraction(0), min(high, widest)) if high - low > widest else (low, high)


def _common(steps: list[Fraction], *, whole: bool) -> Fraction | None:
    """Return the least common multiple of the steps (and of 1, for whole numbers)."""
    if not steps:
        return None
    found = Fraction(1) if whole else steps[0]
    for step in steps:
        found = Fraction(math.lcm(found.numerator, step.numerator), math.gcd(found.denominator, step.denominator))
    return found


def _plain(value: Fraction, *, whole: bool) -> int | float | None:
    if value.denominator == 1:
        return int(value)
    if whole or abs(value) > _LARGEST_FLOAT:
        return None
    found = float(value)
    return round(found, 2) if Fraction(str(round(found, 2))) == value else found


def _divides(value: int | float, step: Fraction) -> bool:
    """Tell whether a checker that divides floats sees a multiple too."""
    if step.denominator == 1 and isinstance(value, int):
        return True
    quotient = value / float(step)
    return quotient == int(quotient)


def _exact(value: int | float) -> Fraction:
    written_in_full = isinstance(value, int) or abs(value) >= _LARGEST_FLOAT
    return Fraction(value) if written_in_full else Fraction(repr(value))


def _shown(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else str(float(value))

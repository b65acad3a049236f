"""Texts that a pattern matches, written from its tree, with a length in mind.

What a tree can't tell (look-arounds, word boundaries, an anchor in the middle) is left to chance and to the check
that every text gets: the texts are candidates, in an order that one key decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.pattern import Back, Chars, Choice, Edge, Group, Look, Repeat, Row, Tree, Unread, read
from arazzo_runner.mock.limits import MAX_STRING, MAX_TRIES

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_PLAIN: Final = _LETTERS + _LETTERS.upper() + "0123456789"
_PRINTABLE: Final = "".join(chr(point) for point in range(32, 127))
# Where the pattern sets no end: characters beyond the least, so that a text is neither bare nor endless.
_COMFORT: Final = 8
_COMFORT_WITH_LOOKS: Final = 20


def texts(pattern: str, low: int, high: int, draw: Draw) -> Iterator[str] | Unread:
    """Return candidates of `low` to `high` characters for a pattern (of ECMA-262), at most `MAX_TRIES`.

    The caller checks each: a candidate need not match where the pattern looks around.
    """
    tree = read(pattern)
    if isinstance(tree, Unread):
        return tree
    measures, longest = _Measures(), min(high, MAX_STRING)
    least, most = measures.least(tree), measures.most(tree)
    if least > longest:
        return Unread(f"a match has {least} characters or more, and {longest} are allowed")
    if most is not None and most < low and _is_anchored(tree):
        return Unread(f"a match has {most} characters or fewer, and {low} are wanted")
    return _candidates(tree, low, longest, draw)


def _candidates(tree: Tree, low: int, high: int, draw: Draw) -> Iterator[str]:
    writer = _Writer(draw)
    least, most = writer.sizes.least(tree), writer.sizes.most(tree)
    looks = [found for found in _looks(tree) if not found.negative]
    comfort = max(low, least) + (_COMFORT_WITH_LOOKS if looks else _COMFORT)
    longest = min(high, comfort, comfort if most is None else most)
    for turn in range(MAX_TRIES):
        wanted = draw.between(max(low, least), longest)
        text = writer.write(tree, max(0, wanted - least))
        if looks and turn % 2:
            text = _woven(text, looks, writer)
        yield _padded(text, tree, low, draw, apart=turn % 2 == 1)


def _woven(text: str, looks: list[Look], writer: _Writer) -> str:
    """Set what the look-aheads ask for somewhere into the text, in place of as much."""
    for look in looks:
        piece = writer.write(look.item, 0, terse=True)
        at = writer.draw.between(0, max(0, len(text) - len(piece)))
        text = text[:at] + piece + text[at + len(piece) :]
    return text


def _padded(text: str, tree: Tree, low: int, draw: Draw, *, apart: bool) -> str:
    """Fill a short text up where the pattern is open at its end or its start; `apart` keeps a blank between (`\\b`)."""
    missing = min(low, MAX_STRING) - len(text)
    if missing <= 0 or _is_anchored(tree):
        return text
    filling, blank = draw.text(_LETTERS, missing - apart), " " if apart else ""
    return f"{filling}{blank}{text}" if _holds_edge(tree, "$") else f"{text}{blank}{filling}"


def _looks(tree: Tree) -> Iterator[Look]:
    match tree:
        case Look():
            yield tree
        case Row(items):
            for item in items:
                yield from _looks(item)
        case Group(item):
            yield from _looks(item)
        case _:
            return


def _holds_edge(tree: Tree, sign: str) -> bool:
    match tree:
        case Edge(found):
            return found == sign
        case Row(items) | Choice(items):
            return any(_holds_edge(item, sign) for item in items)
        case Group(item) | Repeat(item):
            return _holds_edge(item, sign)
        case _:
            return False


def _is_anchored(tree: Tree) -> bool:
    return _holds_edge(tree, "^") and _holds_edge(tree, "$")


class _Measures:
    """How long the matches of a tree are. Each branch is measured once: trees nest, and texts are written often."""

    def __init__(self) -> None:
        self._least: dict[int, int] = {}
        self._most: dict[int, int | None] = {}

    def least(self, tree: Tree) -> int:
        """Return the length of the shortest match."""
        if id(tree) not in self._least:
            self._least[id(tree)] = self._shortest(tree)
        return self._least[id(tree)]

    def most(self, tree: Tree) -> int | None:
        """Return the length of the longest match, None where there is none."""
        if id(tree) not in self._most:
            self._most[id(tree)] = self._longest(tree)
        return self._most[id(tree)]

    def fixed(self, tree: Tree) -> bool:
        """Tell whether all matches have one length."""
        return self.least(tree) == self.most(tree)

    def _shortest(self, tree: Tree) -> int:
        match tree:
            case Chars():
                return 1
            case Row(items):
                return sum(self.least(item) for item in items)
            case Choice(options):
                return min(self.least(option) for option in options)
            case Repeat(item, low, _):
                return low * self.least(item)
            case Group(item):
                return self.least(item)
            case Back() | Look() | Edge():
                return 0
        assert_never(tree)

    def _longest(self, tree: Tree) -> int | None:
        match tree:
            case Chars():
                return 1
            case Row(items):
                known = [found for item in items if (found := self.most(item)) is not None]
                return sum(known) if len(known) == len(items) else None
            case Choice(options):
                known = [found for option in options if (found := self.most(option)) is not None]
                return max(known) if len(known) == len(options) else None
            case Repeat(item, _, high):
                inner = self.most(item)
                if inner == 0:
                    return 0
                return None if inner is None or high is None else inner * high
            case Group(item):
                return self.most(item)
            case Back():
                return None
            case Look() | Edge():
                return 0
        assert_never(tree)


class _Writer:
    """Writes texts of the least length and up to so many characters more (`extra`).

    `terse` leaves out the ``.*`` in front of what a look-ahead wants.
    """

    def __init__(self, draw: Draw) -> None:
        self.draw, self.sizes = draw, _Measures()
        self._groups: dict[str, str] = {}
        self._alphabets: dict[int, tuple[str, str]] = {}

    def write(self, tree: Tree, extra: int, *, terse: bool = False) -> str:
        """Write one text."""
        match tree:
            case Chars():
                return self._character(tree)
            case Row(items):
                return self._row(items, extra, terse)
            case Choice(options):
                return self._option(options, extra, terse)
            case Repeat():
                return self._repeat(tree, extra, terse)
            case Group(item, number, name):
                text = self.write(item, extra, terse=terse)
                self._groups |= {str(number): text, name: text}
                return text
            case Back(group):
                return self._groups.get(group, "")
            case Look() | Edge():
                return ""
        assert_never(tree)

    def _character(self, chars: Chars) -> str:
        if id(chars) not in self._alphabets:
            self._alphabets[id(chars)] = _members(chars, _PLAIN), _members(chars, _PRINTABLE)
        plain, printable = self._alphabets[id(chars)]
        if plain and self.draw.between(0, 7):
            return self.draw.pick(plain)
        return self.draw.pick(printable) if printable else _foreign(chars, self.draw)

    def _row(self, items: tuple[Tree, ...], extra: int, terse: bool) -> str:
        flexible = [index for index, item in enumerate(items) if not self.sizes.fixed(item)]
        written: list[str] = []
        for index, item in enumerate(items):
            share = 0
            if extra and index in flexible:
                most = self.sizes.most(item)
                slack = extra if most is None else max(0, min(extra, most - self.sizes.least(item)))
                share = slack if index == flexible[-1] else self.draw.between(0, slack)
                extra -= share
            written.append(self.write(item, share, terse=terse))
        return "".join(written)

    def _option(self, options: tuple[Tree, ...], extra: int, terse: bool) -> str:
        room = min(self.sizes.least(option) for option in options) + extra
        option = self.draw.pick([option for option in options if self.sizes.least(option) <= room])
        return self.write(option, room - self.sizes.least(option), terse=terse)

    def _repeat(self, tree: Repeat, extra: int, terse: bool) -> str:
        item, unit = tree.item, self.sizes.least(tree.item)
        if terse and tree.low <= 1 and isinstance(item, Chars) and item.negated:
            return ""
        if not unit:  # one that is filled, and as many empty ones as are wanted
            return self.write(item, extra, terse=terse) if tree.low or (extra and tree.high != 0) else ""
        more = extra // unit if tree.high is None else min(extra // unit, tree.high - tree.low)
        if more > 1 and not self.sizes.fixed(item):
            more = self.draw.between(1, more)
        return self._times(item, tree.low + more, extra - more * unit, terse)

    def _times(self, item: Tree, count: int, extra: int, terse: bool) -> str:
        written: list[str] = []
        for index in range(count):
            share = extra if index == count - 1 else self.draw.between(0, extra)
            text = self.write(item, share, terse=terse)
            extra = max(0, extra - max(0, len(text) - self.sizes.least(item)))
            written.append(text)
        return "".join(written)


def _belongs(point: int, chars: Chars) -> bool:
    return any(low <= point <= high for low, high in chars.ranges) is not chars.negated


def _members(chars: Chars, alphabet: str) -> str:
    return "".join(letter for letter in alphabet if _belongs(ord(letter), chars))


def _foreign(chars: Chars, draw: Draw) -> str:
    """Return a character of a set that has none of ASCII's; none where the set is empty."""
    if chars.negated or not chars.ranges:
        return next((chr(point) for point in range(0xA1, 0x17F) if _belongs(point, chars)), "")
    low, high = draw.pick(chars.ranges)
    point = draw.between(low, min(high, low + 200))
    return "\ufffd" if 0xD800 <= point <= 0xDFFF else chr(point)

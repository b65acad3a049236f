"""How much an expression of XPath 1.0 can cost, at worst, in a document of a given size.

`lxml` can't be stopped, so its work is estimated before it begins, always too high rather than too low. The estimate
follows how often an expression is evaluated (`times`) and how often for the same node (`repeats`): children of
different nodes are different nodes, so a predicate such as ``[status = 'sold']`` costs no more than the document is
large, while ``[//x]`` costs the document for each node.
"""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.query.xpath.tokens import Kind, Token

ENDLESS = 10**15
"""The cost of what can't be followed."""

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_ENDS = frozenset({")", "]", ","})


def cost(found: list[Token], size: int, depth: int) -> int:
    """Return the number of nodes that an expression can look at, in a document of that size and depth."""
    estimate = _Estimate(found, size, depth)
    try:
        estimate.expression(1, 1)
    except IndexError:
        return ENDLESS
    return estimate.work if estimate.at == len(found) else ENDLESS


@dataclass(slots=True)
class _Estimate:
    """`at` is the place in the tokens; an `IndexError` tells that they end too early."""

    tokens: list[Token]
    size: int
    depth: int
    at: int = 0
    work: int = 0

    def text(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self, wanted: str) -> bool:
        if self.text() != wanted:
            return False
        self.at += 1
        return True

    def expression(self, times: int, repeats: int) -> int:
        """Follow an expression up to its end; return how many nodes its operands give, over all times."""
        total, last, compared = 0, 0, False
        while self.at < len(self.tokens) and self.text() not in _ENDS:
            if self.tokens[self.at].kind is Kind.OPERATOR:
                compared = self.text() in _COMPARISONS
                self.at += 1
                continue
            found = self.operand(times, repeats)
            if compared:
                self.work += (last + found) * (min(last, found, self.size) + self.depth)
            total, last = total + found, found
        return total

    def operand(self, times: int, repeats: int) -> int:
        """Follow one operand; return how many nodes it gives, over all times."""
        self.work += times
        token = self.tokens[self.at]
        if token.kind in (Kind.LITERAL, Kind.VARIABLE):
            self.at += 1
            return 0
        if token.kind is Kind.FUNCTION:
            return self.following(self.call(times, repeats), times)
        if token.text == "(":
            self.at += 1
            total = self.expression(times, repeats)
            return self.following(total if self.take(")") else self.lost(), times)
        return self.path(times, repeats)

    def call(self, times: int, repeats: int) -> int:
        """Follow a call; its arguments may be read as text, which is as large as what is below them."""
        name = self.text()
        self.at += 2
        while not self.take(")"):
            found = self.expression(times, repeats)
            self.work += min(repeats * self.size * self.depth, found * self.size)
            if not self.take(",") and self.text() != ")":
                return self.lost()
        return times * self.size if name == "id" else 0

    def lost(self) -> int:
        self.work += ENDLESS
        raise IndexError

    def following(self, total: int, times: int) -> int:
        """Follow predicates and steps behind an operand in parentheses, or behind a call."""
        self.predicates(total, times)
        if self.text() in ("/", "//"):
            return self.steps(max(total, 1), times, times)
        return total

    def path(self, times: int, repeats: int) -> int:
        if self.text() in ("/", "//"):
            return self.steps(times, times, times)
        return self.steps(self.step("child", times, repeats, times)[0], times, repeats)

    def steps(self, total: int, times: int, repeats: int) -> int:
        while self.text() in ("/", "//"):
            if self.take("//"):
                total, repeats = self.spread("descendant", total, repeats, times)
            elif self.take("/") and not self.begins_step():
                continue
            total, repeats = self.step("child", total, repeats, times)
        return total

    def begins_step(self) -> bool:
        if self.at >= len(self.tokens):
            return False
        token = self.tokens[self.at]
        return token.kind in (Kind.NAME, Kind.AXIS, Kind.NODE_TYPE) or token.text in (".", "..", "@")

    def step(self, axis: str, total: int, repeats: int, times: int) -> tuple[int, int]:
        """Follow one step from `total` nodes; return how many it gives, and how often the same one."""
        if self.take("@"):
            axis = "attribute"
        elif self.tokens[self.at].kind is Kind.AXIS:
            axis = self.text()
            self.at += 2
        if self.text() in (".", ".."):
            axis = "self" if self.text() == "." else "parent"
        if self.tokens[self.at].kind is Kind.NODE_TYPE:
            while not self.take(")"):
                self.at += 1 if self.at < len(self.tokens) else self.lost()
        else:
            self.at += 1
        found = self.spread(axis, total, repeats, times)
        self.predicates(*found)
        return found

    def spread(self, axis: str, total: int, repeats: int, times: int) -> tuple[int, int]:
        most = times * self.size
        match axis:
            case "child" | "attribute" | "namespace":
                total = min(total * self.size, repeats * self.size, most)
            case "self":
                pass
            case "descendant" | "descendant-or-self":
                repeats = min(repeats * self.depth, times * self.depth)
                total = min(total * self.size, repeats * self.size, most * self.depth)
            case "parent":
                repeats = total
            case "ancestor" | "ancestor-or-self":
                total = repeats = total * self.depth
            case _:
                total = repeats = total * self.size
        self.work += total
        return total, max(repeats, 1)

    def predicates(self, total: int, repeats: int) -> None:
        while self.take("["):
            self.expression(max(total, 1), max(repeats, 1))
            if not self.take("]"):
                self.lost()

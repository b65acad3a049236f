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


@dataclass(frozen=True, slots=True)
class Nodes:
    """How many nodes an operand gives over all times that it is evaluated, and how often the same one at most."""

    total: int
    repeats: int


_NONE = Nodes(0, 0)


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

    def expression(self, times: int, repeats: int) -> Nodes:
        """Follow an expression up to its end; return the nodes that its operands give."""
        all_of, last, compared = _NONE, _NONE, False
        while self.at < len(self.tokens) and self.text() not in _ENDS:
            if self.tokens[self.at].kind is Kind.OPERATOR:
                compared = self.text() in _COMPARISONS
                self.at += 1
                continue
            found = self.operand(times, repeats)
            if compared:
                self.work += self.as_text(last) + self.as_text(found) + last.total * min(found.total, self.size)
            all_of, last = Nodes(all_of.total + found.total, max(all_of.repeats, found.repeats)), found
        return all_of

    def as_text(self, found: Nodes) -> int:
        """Return the cost of the text of nodes: it is as large as what is below them."""
        return min(found.repeats * self.size * self.depth, found.total * self.size)

    def operand(self, times: int, repeats: int) -> Nodes:
        """Follow one operand; return the nodes that it gives."""
        self.work += times
        token = self.tokens[self.at]
        if token.kind in (Kind.LITERAL, Kind.VARIABLE):
            self.at += 1
            return _NONE
        if token.kind is Kind.FUNCTION:
            return self.following(self.call(times, repeats), times)
        if token.text == "(":
            self.at += 1
            found = self.expression(times, repeats)
            self.expect(")")
            return self.following(found, times)
        return self.path(times, repeats)

    def call(self, times: int, repeats: int) -> Nodes:
        """Follow a call; its arguments may be read as text."""
        name = self.text()
        self.at += 2
        while not self.take(")"):
            argument = self.expression(times, repeats)
            self.work += self.as_text(argument)
            if not self.take(",") and self.text() != ")":
                raise IndexError
        return Nodes(times * self.size, times) if name == "id" else _NONE

    def expect(self, wanted: str) -> None:
        if not self.take(wanted):
            raise IndexError

    def following(self, found: Nodes, times: int) -> Nodes:
        """Follow predicates and steps behind an operand in parentheses, or behind a call."""
        self.predicates(found)
        if self.text() in ("/", "//"):
            return self.steps(Nodes(max(found.total, 1), times), times)
        return found

    def path(self, times: int, repeats: int) -> Nodes:
        """Follow a location path: from the document, or from the node that the expression is evaluated for."""
        if self.text() in ("/", "//"):
            return self.steps(Nodes(times, times), times)
        return self.steps(self.step(Nodes(times, repeats), times), times)

    def steps(self, found: Nodes, times: int) -> Nodes:
        while self.text() in ("/", "//"):
            if self.take("//"):
                found = self.spread("descendant", found, times)
            elif self.take("/") and not self.begins_step():
                continue
            found = self.step(found, times)
        return found

    def begins_step(self) -> bool:
        if self.at >= len(self.tokens):
            return False
        token = self.tokens[self.at]
        return token.kind in (Kind.NAME, Kind.AXIS, Kind.NODE_TYPE) or token.text in (".", "..", "@")

    def step(self, found: Nodes, times: int) -> Nodes:
        """Follow one step from nodes; return those that it gives."""
        axis = "child"
        if self.take("@"):
            axis = "attribute"
        elif self.tokens[self.at].kind is Kind.AXIS:
            axis = self.text()
            self.at += 2
        if self.text() in (".", ".."):
            axis = "self" if self.text() == "." else "parent"
        if self.tokens[self.at].kind is Kind.NODE_TYPE:
            while not self.take(")"):
                self.at += 1
                self.tokens[self.at]
        else:
            self.at += 1
        reached = self.spread(axis, found, times)
        self.predicates(reached)
        return reached

    def spread(self, axis: str, found: Nodes, times: int) -> Nodes:
        """Return what an axis reaches from nodes, and count it."""
        match axis:
            case "child" | "attribute" | "namespace":
                reached = Nodes(min(found.total, found.repeats, times) * self.size, found.repeats)
            case "self":
                reached = found
            case "descendant" | "descendant-or-self":
                repeats = found.repeats * self.depth
                reached = Nodes(min(found.total, repeats) * self.size, repeats)
            case "parent":
                reached = Nodes(found.total, found.total)
            case "ancestor" | "ancestor-or-self":
                reached = Nodes(found.total * self.depth, found.total * self.depth)
            case _:
                reached = Nodes(found.total * self.size, found.total * self.size)
        self.work += reached.total
        return reached

    def predicates(self, found: Nodes) -> None:
        while self.take("["):
            self.expression(max(found.total, 1), max(found.repeats, 1))
            self.expect("]")

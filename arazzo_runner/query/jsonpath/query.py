"""A compiled query, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath.limits import (
    MAX_QUERY_LENGTH,
    MAX_QUERY_NESTING,
    MAX_QUERY_OPERATORS,
    MAX_QUERY_STEPS,
)
from arazzo_runner.query.jsonpath.walk import Exhausted, Segment, Trail, Walk, find, path_of
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Path, Value


@dataclass(frozen=True, slots=True)
class Node:
    """A value, and the way that led to it."""

    value: Value
    trail: Trail = field(default=None, repr=False, compare=False)

    @property
    def path(self) -> Path:
        """Where the value stands: the names and indexes from the root."""
        return path_of(self.trail)


@dataclass(frozen=True, slots=True)
class Query:
    """A compiled query. `singular`: it gives one node at most, whatever the data (RFC 9535, section 2.3.5.1).

    `extensions` are the parts that its grammar takes and its dialect does not have.
    """

    text: str
    singular: bool
    segments: tuple[Segment, ...] = field(repr=False, compare=False)
    extensions: tuple[str, ...] = ()

    def nodes(self, value: Value) -> tuple[Node, ...] | Undecided:
        """Return the nodes that the query gives, in the order of the document; `Undecided` once a limit is reached."""
        try:
            found = find(self.segments, value, Walk(value))
        except Exhausted:
            return exhausted()
        return tuple(Node(node, trail) for node, trail in found)

    def selected(self, value: Value) -> Value | Nothing | Undecided:
        """Return what a selector gives: the value of a singular query, else the array of all values (SEL-07).

        A query that finds nothing gives no value, whichever it is (SEL-10).
        """
        nodes = self.nodes(value)
        if isinstance(nodes, Undecided):
            return nodes
        if not nodes:
            return Nothing(f"the query '{self.text}' finds nothing")
        return nodes[0].value if self.singular else [node.value for node in nodes]


def exhausted() -> Undecided:
    """Say that an evaluation took too many steps."""
    return Undecided(f"the query looks at more than {MAX_QUERY_STEPS:,} values", "max_query_steps")


def oversize(text: str) -> Fault | None:
    """Return the fault of a query that is too long, nested too deeply or has too many operators."""
    if len(text) > MAX_QUERY_LENGTH:
        return Fault(f"the query is longer than {MAX_QUERY_LENGTH:,} characters", 0, code="query-too-large")
    depth, operators, quote, at = 0, 0, "", 0
    while at < len(text):
        mark = text[at]
        if quote:
            at += mark == "\\"
            quote = "" if mark == quote else quote
        elif mark in "'\"":
            quote = mark
        elif mark in "([":
            depth += 1
        elif mark in ")]":
            depth -= 1
        elif mark in "&|!":
            operators += 1
        if depth > MAX_QUERY_NESTING:
            message = f"the query is nested deeper than {MAX_QUERY_NESTING} levels (max_query_nesting)"
            return Fault(message, at, code="query-too-large")
        if operators > 2 * MAX_QUERY_OPERATORS:
            message = f"the query has more than {MAX_QUERY_OPERATORS} logical operators (max_query_operators)"
            return Fault(message, at, code="query-too-large")
        at += 1
    return None

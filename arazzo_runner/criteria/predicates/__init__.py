"""Predicates over JSONPath queries: what most jsonpath criteria in use are (practical reading P6)."""

from __future__ import annotations

from arazzo_runner.criteria.predicates.evaluate import Predicate
from arazzo_runner.criteria.predicates.parser import parse_predicate
from arazzo_runner.criteria.predicates.tokens import CompileQuery, looks_like_predicate
from arazzo_runner.expressions.grammar import Fault

__all__ = ["CompileQuery", "Predicate", "looks_like_predicate", "read_predicate"]


def read_predicate(text: str, compile_query: CompileQuery) -> Predicate | Fault:
    """Compile a predicate whose queries are of one dialect, or say why it is none. Never raises."""
    tree = parse_predicate(text, compile_query)
    return tree if isinstance(tree, Fault) else Predicate(tree)

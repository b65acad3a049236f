"""Simple conditions (Arazzo 1.1, Criterion Object: Literals, Operators)."""

from arazzo_runner.criteria.simple.compile import SimpleCheck
from arazzo_runner.criteria.simple.criterion import compile_simple
from arazzo_runner.criteria.simple.limits import MAX_CONDITION_LENGTH, MAX_CONDITION_NESTING

__all__ = ["MAX_CONDITION_LENGTH", "MAX_CONDITION_NESTING", "SimpleCheck", "compile_simple"]

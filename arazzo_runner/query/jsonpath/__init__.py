"""JSONPath, in the dialects that Arazzo names (Arazzo 1.1, Expression Type Object), bounded."""

from arazzo_runner.query.jsonpath.goessner import compile_goessner
from arazzo_runner.query.jsonpath.query import Node, Query
from arazzo_runner.query.jsonpath.rfc9535 import compile_rfc9535

__all__ = ["Node", "Query", "compile_goessner", "compile_rfc9535"]

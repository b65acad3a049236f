"""Regular expressions with the meaning of ECMA-262, bounded (Arazzo 1.1, Criterion Object: regex)."""

from arazzo_runner.query.regex.engine import Pattern, compile_pattern

__all__ = ["Pattern", "compile_pattern"]

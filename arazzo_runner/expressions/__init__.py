"""Runtime expressions: read, written and evaluated (Arazzo 1.1, Runtime Expressions)."""

from arazzo_runner.expressions.embed import CompiledResult, Place, compile_output, compile_value, is_selector
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Remark, WorkflowNames
from arazzo_runner.expressions.parse import Parsed, looks_like_expression, parse
from arazzo_runner.expressions.print import write
from arazzo_runner.expressions.scope import Received, Scope, Sent, WorkflowRecord
from arazzo_runner.expressions.template import (
    CompiledValue,
    Constant,
    ListValue,
    ObjectValue,
    Template,
    Whole,
    expressions_of,
    fill,
    fill_as_json,
)
from arazzo_runner.expressions.text import text_of

__all__ = [
    "CompiledResult", "CompiledValue", "Constant", "Declared", "Dialect", "Expression", "Fault", "ListValue",
    "ObjectValue", "Parsed", "Place", "Received", "Remark", "Scope", "Sent", "Template", "Whole", "WorkflowNames",
    "WorkflowRecord", "compile_output", "compile_value", "evaluate", "expressions_of", "fill", "fill_as_json",
    "is_selector", "looks_like_expression", "parse", "text_of", "write",
]  # fmt: skip

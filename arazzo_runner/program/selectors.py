"""Selector Objects compiled: a part of what an expression gives (Arazzo 1.1, Selector Object; checklist SEL).

What can be found wrong without a value is found here, at the field that is at fault. Expressions in braces inside a
selector are filled in when they are known (`selecting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from arazzo_runner.criteria.filled import FilledCondition, Quoting, Slot, read_condition
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.expressions.embed import CompiledResult
from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Expression,
    Fault,
    Input,
    Inputs,
    Method,
    Remark,
    Self,
    StatusCode,
    Url,
)
from arazzo_runner.expressions.parse import Parsed, parse
from arazzo_runner.expressions.template import Constant, Select, Selected
from arazzo_runner.program.selecting import FilledSelect, FixedSelect
from arazzo_runner.query.selection import LANGUAGES, advice, compile_selection
from arazzo_runner.values import JSON, Path

QUOTINGS: Mapping[str, Quoting] = {
    "jsonpath": Quoting("'\"", escapes=True),
    "xpath": Quoting("'\""),
    "jsonpointer": Quoting(),
}
_CONTEXT = "as in context: $response.body"
_START: Mapping[str, str] = {"jsonpath": "$", "jsonpointer": "/"}


def compile_selector(value: Mapping[str, JSON], dialect: Dialect, declared: Declared) -> CompiledResult:
    """Compile an object that is to be a Selector Object; its faults stand at its fields (SEL-02, SEL-04, SEL-05).

    What has a fault is compiled as a constant. Never raises.
    """
    reading = _Reading(dialect, declared, [], [])
    context = _context(reading, value.get("context"))
    language = _language(reading, value.get("type"))
    select = _select(reading, language, value.get("selector"), context) if language is not None else None
    faults, remarks = tuple(reading.faults), tuple(reading.remarks)
    if context is None or select is None or faults:
        return CompiledResult(Constant(dict(value)), faults, remarks)
    return CompiledResult(Selected(context, select, str(value.get("selector"))), (), remarks)


@dataclass(frozen=True, slots=True)
class _Language:
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """A Selector Object while it is read, with what was found so far."""

    dialect: Dialect
    declared: Declared
    faults: list[tuple[Path, Fault]]
    remarks: list[tuple[Path, Remark]]

    def fault(self, at: Path, message: str, help: str = "", code: str = "selector-malformed") -> None:
        self.faults.append((at, Fault(message, 0, help, code)))

    def remark(self, at: Path, code: str, message: str) -> None:
        self.remarks.append((at, Remark(code, message, 0)))


def _context(reading: _Reading, context: JSON) -> Expression | None:
    if not isinstance(context, str):
        message = "the context of a selector has to be an expression"
        reading.fault(("context",), message, _CONTEXT)
        return None
    parsed: Parsed = parse(context, reading.dialect, reading.declared)
    reading.remarks.extend((("context",), remark) for remark in parsed.remarks)
    if parsed.fault is not None:
        fault = parsed.fault if parsed.fault.help else replace(parsed.fault, help=_CONTEXT)
        reading.faults.append((("context",), fault))
    if isinstance(parsed.expression, StatusCode | Url | Method | Self) and not parsed.expression.navigation:
        message = f"nothing can be selected from {context}: its value is no object, array or document"
        reading.remark(("context",), "selector-no-structure", message)
    return parsed.expression


def _language(reading: _Reading, type: JSON) -> _Language | None:
    """Read the type: the name of a language, or an Expression Type Object (ETO-01, ETO-03)."""
    name = type.get("type") if isinstance(type, dict) else type
    at: Path = ("type", "type") if isinstance(type, dict) else ("type",)
    if not isinstance(name, str) or name not in LANGUAGES:
        message = f"'{name}' is no type of selector" if isinstance(name, str) else "the type of a selector is missing"
        reading.fault(at, message, did_you_mean(str(name), LANGUAGES), "selector-unknown-type")
        return None
    default = next(iter(LANGUAGES[name]))
    if not isinstance(type, dict):
        return _Language(name, default)
    version = type.get("version")
    if version is None:
        return _unversioned(reading, name, default)
    if not isinstance(version, str) or version not in LANGUAGES[name]:
        message, help = f"'{version}' is no version of {name}", did_you_mean(str(version), LANGUAGES[name])
        reading.fault(("type", "version"), message, help, "selector-unknown-type")
        return None
    return _Language(name, version)


def _unversioned(reading: _Reading, name: str, default: str) -> _Language | None:
    message = f"the type of a selector is an object without 'version': '{default}' is meant"
    if reading.dialect.strict:
        reading.fault(("type",), "the type of a selector is an object without 'version'", f"add 'version: {default}'")
        return None
    reading.remark(("type",), "selector-no-version", message)
    return _Language(name, default)


def _select(reading: _Reading, language: _Language, text: JSON, context: Expression | None) -> Select | None:
    at: Path = ("selector",)
    if not isinstance(text, str):
        reading.fault(at, "the selector of a Selector Object has to be a string")
        return None
    read = read_condition(text, reading.dialect, reading.declared, QUOTINGS[language.name])
    reading.remarks.extend((at, remark) for remark in read.remarks)
    if read.fault is not None:
        reading.faults.append((at, read.fault))
        return None
    if read.condition is not None:
        return _filled(reading, language, text, read.condition, context)
    found = compile_selection(language.name, language.version, text)
    if isinstance(found, Fault):
        reading.faults.append((at, found))
        return None
    for part in found.extensions:
        reading.remark(at, "reading-P7", f"{part} is read as in jsonpath-ng: the draft itself does not have it")
    return FixedSelect(text, _said(context), isinstance(context, Input | Inputs), found)


def _filled(
    reading: _Reading, language: _Language, text: str, condition: FilledCondition, context: Expression | None
) -> Select | None:
    """Compile a selector with expressions in it; what no value could mend is told already (SEL-05)."""
    fault = _fault_of_any_value(language, text, condition)
    if fault is not None:
        reading.faults.append((("selector",), fault))
        return None
    return FilledSelect(
        text, _said(context), isinstance(context, Input | Inputs), language.name, language.version, condition
    )


def _fault_of_any_value(language: _Language, text: str, condition: FilledCondition) -> Fault | None:
    """Return a fault that a selector has whatever its expressions give.

    What stands in quotes can't change the rest; so where all of them do, a word of the same width stands for each.
    """
    first, start = condition.parts[0], _START.get(language.name, "")
    if isinstance(first, str) and not first.startswith(start):
        message, help = f"a selector of type {language.name} begins with '{start}'", advice(language.name, text)
        return Fault(message, 0, help, "query-malformed")
    slots = [part for part in condition.parts if not isinstance(part, str)]
    if not all(slot.quote for slot in slots):
        return None
    sample = "".join(part if isinstance(part, str) else "x" * _width(part) for part in condition.parts)
    found = compile_selection(language.name, language.version, sample)
    return found if isinstance(found, Fault) else None


def _width(slot: Slot) -> int:
    return len(slot.expression.text) + len("{}")


def _said(context: Expression | None) -> str:
    return "" if context is None else context.text

"""Binding the replacements of a request body (Arazzo 1.1, Payload Replacement Object).

Expressions in braces inside a target are filled in when they are known, as in conditions and selectors. A value goes
into a JSON Pointer as one name, whatever is in it. A target whose expression has no value is nowhere (RES-20).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from arazzo_runner.criteria.filled import MAX_FILLED_LENGTH, FilledCondition, Quoting, Slot, as_text, read_condition
from arazzo_runner.document.model import ExpressionType, Replacement, RequestBody
from arazzo_runner.expressions.embed import Place
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import Expression, Fault
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundReplacement, FindTarget, Mention
from arazzo_runner.program.selecting import hidden
from arazzo_runner.program.selectors import QUOTINGS
from arazzo_runner.program.unit import Unit
from arazzo_runner.query.target import BodyForm, BodyTarget, compile_target
from arazzo_runner.values import Nothing, Path

MAX_REPLACEMENTS = 500
"""Replacements of one request body."""

_FORMS: Final = (BodyForm.DATA, BodyForm.XML)


def bind_replacements(unit: Unit, body: RequestBody, form: BodyForm | None) -> tuple[BoundReplacement, ...]:
    """Bind the replacements of a body; `form` is what the body is, where that is known before the run."""
    at = (*body.at, "replacements")
    if len(body.replacements) > MAX_REPLACEMENTS:
        message = f"a request body has at most {MAX_REPLACEMENTS} replacements, this one has {len(body.replacements):,}"
        unit.error("replacement-too-many", message, at)
        return ()
    if body.replacements and form is BodyForm.XML and not body.has_payload:
        message = "replacements in XML need a payload to be made in"
        unit.error("replacement-without-payload", message, at, "add the XML as `payload`")
    return tuple(_bind(unit, replacement, form) for replacement in body.replacements)


def _bind(unit: Unit, replacement: Replacement, form: BodyForm | None) -> BoundReplacement:
    value = unit.value(replacement.value, (*replacement.at, "value"), Place.REPLACEMENT)
    return BoundReplacement(replacement.target, _target(unit, replacement, form), value, replacement.at)


def _target(unit: Unit, replacement: Replacement, form: BodyForm | None) -> FindTarget:
    at = (*replacement.at, "target")
    named = replacement.target_selector_type
    filled = _filled(unit, replacement, at)
    if filled is not None:
        sample = filled.sample(form) if form else None
        if isinstance(sample, Fault):
            _judge(unit, replacement, [sample])
        return filled
    targets = {one: compile_target(replacement.target, *_language(named), one) for one in BodyForm}
    _judge(unit, replacement, [targets[one] for one in ((form,) if form else _FORMS)])
    return FixedTarget(targets)


def _language(named: ExpressionType | None) -> tuple[str | None, str | None]:
    return (named.type, named.version) if named else (None, None)


def _judge(unit: Unit, replacement: Replacement, found: list[BodyTarget | Fault]) -> None:
    """Report a target that is none in any of the forms that the body may have."""
    faults = [one for one in found if isinstance(one, Fault)]
    if not faults or len(faults) < len(found):
        return
    fault = next((one for one in faults if one.code != "replacement-language"), faults[0])
    field = "targetSelectorType" if fault.code in ("replacement-language", "replacement-version") else "target"
    unit.fault(fault, (*replacement.at, field))


def _filled(unit: Unit, replacement: Replacement, at: Path) -> FilledTarget | None:
    """Read a target with expressions in it; None where there are none."""
    if "{$" not in replacement.target:
        return None
    named = replacement.target_selector_type
    conditions: dict[BodyForm, FilledCondition] = {}
    for form in _FORMS:
        language = named.type if named else "xpath" if form is BodyForm.XML else "jsonpointer"
        read = read_condition(replacement.target, unit.dialect, unit.declared, QUOTINGS[language])
        if read.fault is not None:
            unit.fault(read.fault, at)
            return None
        if read.condition is not None:
            conditions[form] = read.condition
    for remark in read.remarks:
        unit.remark(remark, at)
    if not conditions:
        return None
    for expression in conditions[BodyForm.DATA].expressions:
        unit.mentions[Mention(expression, at, unit.step_id)] = None
    return FilledTarget(*_language(named), conditions)


@dataclass(frozen=True, slots=True)
class FixedTarget:
    """A target without expressions: what it is for each form of body, or why it is nothing there."""

    targets: Mapping[BodyForm, BodyTarget | Fault]

    def __call__(self, form: BodyForm, scope: Scope) -> BodyTarget | Nothing:
        """Return the target for that form of body, or why there is none."""
        return _found(self.targets[form])


@dataclass(frozen=True, slots=True)
class FilledTarget:
    """A target with expressions in it, which is compiled when their values are known."""

    language: str | None
    version: str | None
    conditions: Mapping[BodyForm, FilledCondition]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions in the target."""
        return self.conditions[BodyForm.DATA].expressions

    def sample(self, form: BodyForm) -> Fault | None:
        """Return what is wrong with the target in that form of body, whatever its values will be."""
        parts = self.conditions.get(form, self.conditions[BodyForm.DATA]).parts
        text = "".join(part if isinstance(part, str) else "0" for part in parts)
        found = compile_target(text, self.language, self.version, form)
        certain = isinstance(found, Fault) and (self._is_pointer(form) or found.code.startswith("replacement-"))
        return found if isinstance(found, Fault) and certain else None

    def __call__(self, form: BodyForm, scope: Scope) -> BodyTarget | Nothing:
        """Return the target for that form of body with its values filled in, or why there is none."""
        if form is BodyForm.TEXT:
            return _found(compile_target("", self.language, self.version, form))
        text = self._text(self.conditions[form], form, scope)
        if isinstance(text, Nothing):
            return text
        found = _found(compile_target(text, self.language, self.version, form))
        return Nothing(hidden(found.reason)) if isinstance(found, Nothing) else found

    def _text(self, condition: FilledCondition, form: BodyForm, scope: Scope) -> str | Nothing:
        texts: list[str] = []
        for part in condition.parts:
            text = part if isinstance(part, str) else _slot(part, condition.quoting, scope)
            if isinstance(text, Nothing):
                return text
            is_name = self._is_pointer(form) and not isinstance(part, str)
            texts.append(text.replace("~", "~0").replace("/", "~1") if is_name else text)
        whole = "".join(texts)
        return (
            whole if len(whole) <= MAX_FILLED_LENGTH else Nothing(f"it is longer than {MAX_FILLED_LENGTH:,} characters")
        )

    def _is_pointer(self, form: BodyForm) -> bool:
        return self.language == "jsonpointer" or (self.language is None and form is BodyForm.DATA)


def _slot(slot: Slot, quoting: Quoting, scope: Scope) -> str | Nothing:
    found = evaluate(slot.expression, scope)
    text = found if isinstance(found, Nothing) else as_text(slot, found, quoting)
    return Nothing(f"{slot.expression.text}: {text.reason}") if isinstance(text, Nothing) else text


def _found(target: BodyTarget | Fault) -> BodyTarget | Nothing:
    if not isinstance(target, Fault):
        return target
    return Nothing(f"{target.message}{f' ({target.help})' if target.help else ''}")

"""Criteria with the values that their operands had, and why an action was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.events import ActionChosen, Considered
from arazzo_runner.engine.result import Judged
from arazzo_runner.reports.run.html.limits import MAX_CONTENT, MAX_LISTED
from arazzo_runner.reports.run.html.markup import Markup, clipped, element, row
from arazzo_runner.reports.run.html.value_list import more, value_markup
from arazzo_runner.values import Nothing


def criteria_list(criteria: tuple[Judged, ...], most: int = MAX_CONTENT) -> Markup:
    """Return criteria, each with its verdict in a word; conditions and values have about so many characters at most."""
    listed = element("ul", [_criterion(judged, most) for judged in criteria[:MAX_LISTED]], class_="criteria")
    return row(listed, more(len(criteria) - MAX_LISTED, "criterion", "criteria"))


def _criterion(judged: Judged, most: int) -> Markup:
    return element(
        "li",
        sign(judged.passed, "holds" if judged.passed else "does not hold"),
        element("code", clipped(judged.condition, most)),
        _operands(judged.operands, most),
        element("p", f"It can't be decided: {clipped(judged.reason, most)}") if judged.reason else None,
        class_="holds" if judged.passed else "breaks",
    )


def sign(good: bool, word: str) -> Markup:
    """Return a mark with its word: what it means is never told by its colour alone."""
    mark = element("span", "\u2713" if good else "\u2717", aria_hidden="true")
    return element("span", mark, f" {word}", class_="good" if good else "bad")


def _operands(operands: Iterable[Operand], most: int) -> Markup | None:
    told = [
        element("li", element("code", clipped(operand.text, most)), " was ", value_markup(operand.value, most))
        for operand in islice(operands, MAX_LISTED)
        if _tells(operand)
    ]
    return element("ul", told, class_="operands") if told else None


def _tells(operand: Operand) -> bool:
    """Tell whether an operand is more than itself: of a literal there is nothing to say."""
    if isinstance(operand.value, Nothing):
        return True
    if isinstance(operand.value, str):
        return operand.text.strip("'\"") != operand.value
    return operand.text != _word(operand)


def _word(operand: Operand) -> str:
    match operand.value:
        case None:
            return "null"
        case bool(value):
            return str(value).lower()
        case value:
            return str(value) if isinstance(value, int | float) else ""


def action_part(action: ActionChosen, most: int = MAX_CONTENT) -> Markup:
    """Return what was done next, and which actions were looked at before it."""
    passed_over = action.considered[:-1][:MAX_LISTED]
    fired = action.considered[-1] if action.considered else None
    why = criteria_list(fired.criteria, most) if fired and fired.criteria else None
    return element(
        "div",
        element("p", element("b", "Then"), " ", _what(action), None if why else _always(fired)),
        why,
        [_passed_over(each, most) for each in passed_over],
        class_="action",
    )


def none_fired(considered: tuple[Considered, ...], most: int = MAX_CONTENT) -> Markup | None:
    """Return the actions that were looked at where none of them fired; None where there were none."""
    if not considered:
        return None
    head = element("p", element("b", "No action fired"), ", so the default was taken")
    return element("div", head, [_passed_over(each, most) for each in considered[:MAX_LISTED]], class_="action")


def _what(action: ActionChosen) -> Markup:
    verb = {"goto": "go to", "retry": "retry", "end": "end"}.get(action.type, action.type)
    target = row(" ", element("b", clipped(action.target))) if action.target else None
    return row(clipped(verb), target, ", by the action ", element("code", clipped(action.name)))


def _always(fired: Considered | None) -> str | None:
    return ", which has no criteria" if fired else None


def _passed_over(considered: Considered, most: int) -> Markup:
    why = "no try is left" if considered.used_up else "its criteria do not all hold"
    told = f" ({clipped(considered.type)}) was passed over: {why}"
    return row(
        element("p", element("code", clipped(considered.name)), told, class_="over"),
        criteria_list(considered.criteria, most) if considered.criteria else None,
    )

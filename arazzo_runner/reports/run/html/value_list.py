"""Names and values, such as the outputs of a step, as a list for a person."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from arazzo_runner.reports.plain import shown
from arazzo_runner.reports.run.html.limits import MAX_CONTENT, MAX_LISTED
from arazzo_runner.reports.run.html.markup import Markup, clipped, element, lines, row
from arazzo_runner.values import Nothing, Value, kind

LONG = 120
"""Characters from which on a value stands in a block of its own."""


FOLDED = 600
"""Characters from which on that block is folded."""


def value_list(values: Mapping[str, Value], most: int = MAX_CONTENT) -> Markup:
    """Return the values by their names, each in about so many characters; of very many, the first."""
    entries = [
        element("div", element("dt", clipped(name)), element("dd", value_markup(value, most)))
        for name, value in islice(values.items(), MAX_LISTED)
    ]
    return row(element("dl", entries, class_="values"), more(len(values) - len(entries), "value"))


def value_markup(value: Value | Nothing, most: int = MAX_CONTENT) -> Markup:
    """Return a value in about so many characters: short ones in the line, long ones folded."""
    if isinstance(value, Nothing):
        why = f": {clipped(value.reason, most)}" if value.reason else ""
        return element("span", f"no value{why}", class_="quiet")
    if isinstance(value, bytes):
        return element("span", f"{len(value):,} bytes", class_="quiet")
    told = _told(value)
    if len(told) <= LONG and "\n" not in told:
        return element("code", told)
    shown = block(clipped(told, most))
    if len(told) <= FOLDED:
        return shown
    title = element("summary", f"{kind(value)}, {len(told):,} characters")
    return element("details", title, shown, class_="fold")


def _told(value: Value) -> str:
    text = shown(value)
    return shown(value, indent=2) if len(text) > LONG and isinstance(value, list | dict) else text


def block(content: str, **attributes: str | int | bool | None) -> Markup:
    """Return text of several lines in a box that scrolls by itself, also by the keyboard."""
    return element("pre", lines(content), tabindex=0, **attributes)


def more(count: int, what: str, several: str = "") -> Markup | None:
    """Return the remark about what is left out, None where nothing is; `several` is the plural that adds no s."""
    if count <= 0:
        return None
    return element(
        "p", f"{count:,} more {what if count == 1 else several or what + 's'} left out.", class_="quiet note"
    )

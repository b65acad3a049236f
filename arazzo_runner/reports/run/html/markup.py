"""HTML that can't be broken out of: text becomes markup here and nowhere else.

Everything is made by `element`. What is no `Markup` is text, and is escaped; a name of an element or attribute is
never text from elsewhere. A character that acts instead of being seen (a control, a bidi control) is written out, as
on a terminal, so that a hostile name can neither end the document nor turn a line around.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeAlias, Union

from arazzo_runner.reports.escape import visible, visible_character
from arazzo_runner.reports.layout import shorten
from arazzo_runner.reports.run.html.limits import MAX_CONTENT, MAX_NAME


class Markup(str):
    """HTML as it stands in the page."""

    __slots__ = ()


# An alias of itself needs a forward reference, which `|` takes not at run time.
Content: TypeAlias = Union[str, Markup, Iterable["Content"], None]  # noqa: UP007 -- see above
"""What stands in an element: text, markup, nothing, or a row of these."""

NOTHING = Markup("")

_VOID = frozenset({"input", "meta"})


def element(tag: str, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """Return an element. ``class_`` is the attribute `class`, ``aria_label`` is `aria-label`.

    An attribute that is True has no value; one that is None or False is left out.
    """
    head = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    return Markup(head if tag in _VOID else f"{head}{_inside(content)}</{tag}>")


def row(*content: Content) -> Markup:
    """Return contents one after the other."""
    return Markup(_inside(content))


def text(value: str) -> Markup:
    """Return text on one line: line breaks are written out too, and what is too long for any place is clipped."""
    return Markup(escape(visible(clipped(value, MAX_CONTENT)), quote=False))


def lines(value: str) -> Markup:
    """Return text of several lines for a `pre`: line breaks and tabs stay as they are."""
    return Markup(escape("\n".join(map(_line, value.replace("\r\n", "\n").split("\n"))), quote=False))


def clipped(value: str, most: int = MAX_NAME) -> str:
    """Return at most about so many characters of a text: of a longer one the beginning and the end."""
    return shorten(value, most, "\u2026")


def _line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(each if each == "\t" or each.isprintable() else visible_character(each) for each in line)


def _inside(content: Content) -> str:
    match content:
        case None:
            return ""
        case Markup():
            return content
        case str():
            return text(content)
        case _:
            return "".join(map(_inside, content))


def _quoted(value: str) -> str:
    return text(value).replace('"', "&quot;").replace("'", "&#x27;")


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    known = name.rstrip("_").replace("_", "-")
    return f" {known}" if value is True else f' {known}="{_quoted(str(value))}"'

"""What is wanted of an XML document, as wishes for the value that it is written from.

The way goes down the schema as the document is written by it: an element is the member that its XML Object names so,
an attribute likewise, and the items of an array stand as elements of their own, or within one. Where the schema is
text, or there is none, the document itself is written out.
"""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape, quoteattr

from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.generate import generate
from arazzo_runner.mock.limits import MAX_ITEMS
from arazzo_runner.mock.markup import ROOT
from arazzo_runner.mock.shape import Shape, shape
from arazzo_runner.mock.solving.elements import ANY_NAME, Step, Wanted
from arazzo_runner.mock.solving.nodes import both, either
from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON

_MAX_DESCENT: Final = 5
_LISTED: Final = 20


def in_markup(wanted: tuple[Wanted, ...], content_type: str, schema: Schema | None) -> tuple[JSON, ...]:
    """Return the wishes for the value of a body; none where it is not in XML."""
    if not wanted or not media.is_xml(content_type):
        return ()
    described = shape(schema, ROOT)
    if schema is None or described.is_a("string"):
        return ({"type": "string", "const": _document(wanted)},)
    return tuple(_from_root(one, described) for one in wanted)


def _from_root(wanted: Wanted, root: Shape) -> JSON:
    if not wanted.steps:
        return not wanted.absent
    first = wanted.steps[0]
    found = _at(wanted, wanted.steps[1:], first, root) if _is_called(first, root) else wanted.absent
    if first.descendant and not wanted.absent:
        return either([found, _within(wanted, wanted.steps, root, _MAX_DESCENT)])
    return found


def _is_called(step: Step, described: Shape) -> bool:
    return step.name in (ANY_NAME, described.tag) or step.name.rpartition(":")[2] == described.name


def _at(wanted: Wanted, rest: tuple[Step, ...], step: Step, described: Shape) -> JSON:
    """Return the schema of an element that has been reached by a step."""
    if step.inside and wanted.absent and not rest:
        return both([{"not": _within(one, one.steps, described, 1)} for one in step.inside[:1]])
    inside = [_within(one, one.steps, described, 1) for one in step.inside]
    if not rest:
        return False if wanted.absent else both([*inside, wanted.text])
    below = _within(wanted, rest, described, 1)
    return below if wanted.absent else both([*inside, below])


def _within(wanted: Wanted, steps: tuple[Step, ...], described: Shape, levels: int) -> JSON:
    """Return the schema of an element below which the steps lead to what is wanted."""
    if not steps:
        return False if wanted.absent else wanted.text
    step, rest = steps[0], steps[1:]
    declared = described.names()
    options = [_member(wanted, step, rest, name, described.member(name)) for name in declared]
    found: list[JSON] = [option for option in options if option is not None]
    deeper = levels if not step.descendant else max(levels, _MAX_DESCENT)
    if step.descendant and deeper > 1:
        for name in declared:
            member = described.member(name)
            if member.says("wrapped") and _is_called(step, member.item()):
                items = _items(_at(wanted, rest, step, member.item()), step, wanted)
                found.append(_holding(name, items, absent=wanted.absent))
            below = _within(wanted, steps, _element_of(member), deeper - 1)
            if below is not False:
                found.append(_holding(name, _listed(member, below), absent=wanted.absent))
    if not found:
        found = [_undeclared(wanted, step, rest)]
    return both(found) if wanted.absent else either(found)


def _element_of(member: Shape) -> Shape:
    return member.item() if member.is_a("array") else member


def _listed(member: Shape, below: JSON) -> JSON:
    return {"type": "array", "minItems": 1, "items": below} if member.is_a("array") else below


def _member(wanted: Wanted, step: Step, rest: tuple[Step, ...], name: str, member: Shape) -> JSON | None:
    """Return the schema of an object whose member is the element, or attribute, of a step; None where it is not."""
    if step.attribute is not member.says("attribute"):
        return None
    if member.is_a("array") and not step.attribute:
        return _array(wanted, step, rest, name, member)
    if not _is_called(step, member) or step.count > 1:
        return None
    return _holding(name, _at(wanted, rest, step, member), absent=wanted.absent)


def _array(wanted: Wanted, step: Step, rest: tuple[Step, ...], name: str, member: Shape) -> JSON | None:
    item = member.item()
    if not member.says("wrapped"):
        return _holding(name, _items(_at(wanted, rest, step, item), step, wanted)) if _is_called(step, item) else None
    if not _is_called(step, member):
        return None
    if not rest:
        return _holding(name, _at(wanted, rest, step, member), absent=wanted.absent)
    inner = rest[0]
    return (
        _holding(name, _items(_at(wanted, rest[1:], inner, item), inner, wanted)) if _is_called(inner, item) else None
    )


def _items(schema: JSON, step: Step, wanted: Wanted) -> JSON:
    """Return the schema of an array of elements: so many of them, all or one as is wanted."""
    if wanted.absent:
        return {"maxItems": 0} if schema is False else {"items": schema}
    if schema is False or step.count > MAX_ITEMS:
        return False
    most: dict[str, JSON] = {"maxItems": step.count} if step.exactly else {}
    return {"type": "array", "minItems": step.count, "items": schema, **most}


def _holding(name: str, schema: JSON, *, absent: bool = False) -> JSON:
    if absent or schema == {"maxItems": 0}:
        return {"properties": {name: schema}}
    return False if schema is False else {"type": "object", "required": [name], "properties": {name: schema}}


def _undeclared(wanted: Wanted, step: Step, rest: tuple[Step, ...]) -> JSON:
    """Return the schema of an object with a member of the step's own name: an open schema has room for it."""
    name = step.name.rpartition(":")[2]
    if step.attribute or name == ANY_NAME:
        return wanted.absent
    below = _at(wanted, rest, step, Shape(name))
    if step.count > 1 and not wanted.absent:
        below = _items(below, step, wanted)
    return _holding(name, below, absent=wanted.absent)


def _document(wanted: tuple[Wanted, ...]) -> str:
    """Write a document that has what is wanted, element for element."""
    paths = [one for one in wanted if one.steps and not one.absent]
    root = paths[0].steps[0].name if paths else ROOT
    name = ROOT if root == ANY_NAME else root.rpartition(":")[2]
    roots = [Wanted(one.steps[1:], one.text) for one in paths if not one.steps[0].descendant]
    within = [one for one in paths if one.steps[0].descendant]
    inside = [each for one in paths if not one.steps[0].descendant for each in one.steps[0].inside]
    return f"<{name}{_content((*inside, *roots, *within))}</{name}>"


def _content(wanted: tuple[Wanted, ...]) -> str:
    """Return the attributes of an element, the end of its tag, and what stands in it."""
    attributes, children, text = "", "", ""
    for one in wanted:
        if one.absent:
            continue
        if not one.steps:
            text += escape(_sample(one.text))
            continue
        step, rest = one.steps[0], Wanted(one.steps[1:], one.text)
        name = step.name.rpartition(":")[2].replace(ANY_NAME, "item")
        if step.attribute:
            attributes += f" {name}={quoteattr(_sample(one.text))}"
        else:
            children += f"<{name}{_content((*step.inside, rest))}</{name}>" * min(step.count, _LISTED)
    return f"{attributes}>{text}{children}"


def _sample(schema: JSON) -> str:
    made = generate({"type": "string"}, wishes=(schema,))
    return "" if isinstance(made, NoInstance) or not isinstance(made, str) else made

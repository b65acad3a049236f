"""The parameters that an operation declares: Parameter Objects of OpenAPI 3.x, of the operation and its path item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from arazzo_runner.sources.openapi.contents import content_of, examples_of, schema_of
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import followed
from arazzo_runner.sources.operations import OperationParameter

_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
    "querystring": ("form",),
}
"""The styles of each place, its default first (OpenAPI 3.2, Parameter Object: Style Values)."""

Reader = Callable[[Node, Faults], OperationParameter | None]


def parameters_of(operation: Node, items: Iterable[Node], faults: Faults) -> tuple[OperationParameter, ...]:
    """Read the parameters of an operation and of its path items; the nearer ones take the place of the others."""
    merged: dict[tuple[str, str], OperationParameter] = {}
    for owner in (*reversed(tuple(items)), operation):
        here: set[tuple[str, str]] = set()
        for node in lists_of_parameters(owner, faults):
            parameter = parameter_of(node, faults)
            if parameter is None:
                continue
            key = key_of(parameter.name, parameter.location)
            if key in here:
                faults.add("openapi-parameter", f"{describe(parameter)} is declared twice; the last one counts", node)
            here.add(key)
            merged[key] = parameter
    return tuple(merged.values())


def key_of(name: str, location: str) -> tuple[str, str]:
    """Return what makes a parameter unique: name and place; header names do not differ by case."""
    return (name.lower() if location == "header" else name, location)


def describe(parameter: OperationParameter) -> str:
    """Return how a message names the parameter."""
    return f"{parameter.location} parameter '{parameter.name}'"


def lists_of_parameters(owner: Node, faults: Faults) -> Iterator[Node]:
    """Yield the Parameter Objects that an operation or a path item lists, references followed."""
    written = owner.member("parameters")
    if written is None:
        return
    if not isinstance(written.data, list):
        faults.unexpected(written, "an array of parameters")
        return
    for each in written.elements():
        node = followed(each, faults)
        if node is None:
            continue
        if isinstance(node.data, dict):
            yield node
        else:
            faults.unexpected(node, "a Parameter Object")


def parameter_of(node: Node, faults: Faults) -> OperationParameter | None:
    """Read one Parameter Object; None, and a finding, where its name or its place is missing."""
    name, location = node.text("name"), node.text("in")
    if name is None:
        faults.add("openapi-parameter", "this parameter has no name", node)
        return None
    if location not in _STYLES:
        faults.add("openapi-parameter", f"parameter '{name}' must be in one of: {', '.join(_STYLES)}", node)
        return None
    style = _style(node, name, location, faults)
    content = list(content_of(node, faults).values())
    if len(content) > 1:
        faults.add("openapi-parameter", f"parameter '{name}' has more than one media type; the first counts", node)
    return OperationParameter(
        name=name,
        location=location,
        required=location == "path" or node.flag("required"),
        style=style,
        # Of deepObject only the exploded form is defined, whatever the default: nobody who leaves it out means another.
        explode=node.flag("explode", style in ("form", "cookie", "deepObject")),
        allow_reserved=node.flag("allowReserved"),
        allow_empty_value=node.flag("allowEmptyValue"),
        schema=schema_of(node),
        content=content[0] if content else None,
        examples=examples_of(node, faults),
        at=node.at,
    )


def _style(node: Node, name: str, location: str, faults: Faults) -> str:
    styles = _STYLES[location]
    written = node.text("style")
    if written is None or written in styles:
        return written or styles[0]
    faults.add("openapi-parameter", f"{location} parameter '{name}' can't have the style '{written}'", node)
    return styles[0]

"""What a workflow is made of, read from the text of its document alone.

The runner finds this out by compiling. Here it is found by the names that stand in the text, so that the two can
contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.values import JSON, Path

_COMPONENT = re.compile(r"(?:\$components\.|#/components/)(inputs|parameters|successActions|failureActions)[./]([^/]+)")
_SOURCE = re.compile(r"\$sourceDescriptions\.([A-Za-z0-9_-]+)")
_UNNAMED = ("operationId", "workflowId", "operationPath")


@dataclass(frozen=True, slots=True)
class Reached:
    """The places that a workflow is made of, and the names of the sources that it may need.

    `leads_out` tells that it names something in another Arazzo document.
    """

    places: frozenset[Path]
    sources: frozenset[str]
    leads_out: bool = False

    def holds(self, at: Path) -> bool:
        """Tell whether a place is a part of the workflow, or of the document at large."""
        if at[:1] not in (("workflows",), ("components",), ("sourceDescriptions",)) or len(at) == 1:
            return True
        if at[0] == "components" and len(at) == 2:
            return any(place[:2] == at for place in self.places)
        return any(at[: len(place)] == place for place in self.places)


def reached_by(data: JSON, workflow: str) -> Reached:
    """Return what a workflow of a document is made of."""
    assert isinstance(data, dict)
    flows = _items(data.get("workflows"))
    sources = [str(one.get("name")) for one in _items(data.get("sourceDescriptions"))]
    index = {str(flow.get("workflowId")): number for number, flow in reversed(list(enumerate(flows)))}
    places: list[Path] = [("workflows", index[workflow])]
    named: set[str] = set()
    for place in places:
        for field, text in _texts(_at(data, place)):
            found = [*_places(text, index, field)]
            places += [one for one in found if one not in places]
            named |= set(_named(field, text, sources))
    spots = [("sourceDescriptions", number) for number, name in enumerate(sources) if name in named]
    outward = [
        one.get("type") in ("arazzo", None) and one.get("name") in named
        for one in _items(data.get("sourceDescriptions"))
    ]
    return Reached(frozenset([*places, *spots]), frozenset(named), any(outward))


def _named(field: str, text: str, sources: list[str]) -> Iterator[str]:
    """Yield the sources that a text may need: those that it names, and any where an operation names none."""
    found = list(_SOURCE.findall(text))
    yield from found
    if field in _UNNAMED and not found:
        yield from (sources if field != "workflowId" else ())
        yield from (name for name in sources if name in text)


def _places(text: str, index: dict[str, int], field: str) -> Iterator[Path]:
    for section, name in _COMPONENT.findall(text):
        yield "components", section, name
    target = text.removeprefix("$workflows.").strip()
    if field in ("workflowId", "dependsOn") and target in index:
        yield "workflows", index[target]


def _texts(value: JSON, field: str = "") -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, JSON]] = [(field, value)]
    for name, each in waiting:
        if isinstance(each, str):
            yield name, each
        elif isinstance(each, dict):
            waiting += each.items()
        elif isinstance(each, list):
            waiting += [(name, item) for item in each]


def _items(value: JSON) -> list[dict[str, JSON]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _at(data: JSON, place: Path) -> JSON:
    for step in place:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data

"""What a runner did, in the words of the suite, and whether it is what a case demands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass
class SeenRequest:
    """A request as it came over the wire. `target` is the raw path with the query."""

    method: str
    target: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""
    time: float = 0.0

    def values(self, name: str) -> list[str]:
        """Return the values of a header; case does not count."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass
class Finding:
    """A diagnostic or warning: `line` and `column` count from 1; 0 where it has no place in the entry document."""

    severity: str
    line: int = 0
    column: int = 0
    message: str = ""


@dataclass
class Observed:
    """All that was seen. What a runner does not tell is None, and is not judged."""

    outcome: str
    requests: list[SeenRequest] = field(default_factory=list)
    outputs: dict[str, Any] | None = None
    waits: list[float] | None = None
    steps: list[dict[str, Any]] | None = None
    findings: list[Finding] | None = None
    transferred: str | None = None
    messages: str | None = None
    shown: str | None = None
    fetches: dict[str, int] | None = None


def same(one: Any, other: Any) -> bool:
    """Compare as JSON does: true is not 1, 1 is 1.0."""
    if isinstance(one, bool) != isinstance(other, bool):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return type(one) is type(other) and bool(one == other)


def differences(expect: dict[str, Any], seen: Observed, document: str) -> list[str]:
    """Return what is not as demanded, in words; nothing means that the case holds."""
    found: list[str] = []
    for name, judge in _JUDGES.items():
        if name in expect:
            found += judge(expect[name], seen, document)
    if expect.get("outcome") == "refused" and seen.requests:
        found.append(f"nothing may be sent, but there were {len(seen.requests)} requests: {_targets(seen)}")
    return found


def _outcome(wanted: str, seen: Observed, _: str) -> list[str]:
    if seen.outcome == wanted:
        return []
    said = f" ({seen.messages.strip()[:600]})" if seen.messages else ""
    return [f"outcome: expected {wanted}, was {seen.outcome}{said}"]


def _outputs(wanted: dict[str, Any], seen: Observed, _: str) -> list[str]:
    if seen.outputs is None or same(wanted, seen.outputs):
        return []
    return [f"outputs: expected {_shown(wanted)}, were {_shown(seen.outputs)}"]


def _requests(wanted: list[Any], seen: Observed, _: str) -> list[str]:
    if len(wanted) != len(seen.requests):
        return [f"requests: expected {len(wanted)}, were {len(seen.requests)}: {_targets(seen)}"]
    found = []
    for number, (one, request) in enumerate(zip(wanted, seen.requests, strict=True), 1):
        found += [f"request {number}: {text}" for text in _request(one, request)]
    return found


def _request(wanted: Any, seen: SeenRequest) -> list[str]:
    if isinstance(wanted, str):
        is_same = wanted == f"{seen.method} {seen.target}"
        return [] if is_same else [f"expected {wanted}, was {seen.method} {seen.target}"]
    found = []
    parts = urlsplit(seen.target)
    for name, value in (("method", seen.method), ("path", parts.path), ("query", parts.query)):
        if name in wanted and wanted[name] != value:
            found.append(f"{name}: expected {wanted[name]}, was {value}")
    if "request" in wanted:
        found += _request(wanted["request"], seen)
    for name, value in wanted.get("headers", {}).items():
        expected = [] if value is None else [value] if isinstance(value, str) else value
        if seen.values(name) != expected:
            found.append(f"header {name}: expected {expected}, was {seen.values(name)}")
    return found + _body(wanted, seen)


def _body(wanted: dict[str, Any], seen: SeenRequest) -> list[str]:
    if "json" in wanted:
        try:
            value = json.loads(seen.body)
        except ValueError:
            return [f"body: expected JSON, was {seen.body[:200]!r}"]
        return [] if same(wanted["json"], value) else [f"body: expected {_shown(wanted['json'])}, was {_shown(value)}"]
    if "text" in wanted and seen.body != str(wanted["text"]).encode():
        return [f"body: expected {wanted['text']!r}, was {seen.body[:200]!r}"]
    return []


def _waits(wanted: list[float], seen: Observed, _: str) -> list[str]:
    if seen.waits is None:
        return []
    if len(wanted) != len(seen.waits) or any(abs(a - b) > 0.01 for a, b in zip(wanted, seen.waits, strict=True)):
        return [f"waits: expected {wanted} seconds, were {seen.waits}"]
    return []


def _steps(wanted: list[dict[str, Any]], seen: Observed, _: str) -> list[str]:
    if seen.steps is None:
        return []
    told = [{key: step.get(key) for key in one} for one, step in zip(wanted, seen.steps, strict=False)]
    if len(wanted) == len(seen.steps) and same(wanted, told):
        return []
    return [f"steps: expected {_shown(wanted)}, were {_shown(seen.steps)}"]


def _transferred(wanted: str, seen: Observed, _: str) -> list[str]:
    if seen.transferred in (None, wanted):
        return []
    return [f"transferred: expected {wanted!r}, was {seen.transferred!r}"]


def _warnings(wanted: list[Any], seen: Observed, document: str) -> list[str]:
    """Demand that each expected place has a warning; other warnings may be there."""
    if seen.findings is None:
        return []
    warnings = [one for one in seen.findings if one.severity == "warning"]
    return [
        f"a warning is missing at {place}; there are {_places(warnings)}"
        for place in wanted
        if not any(_stands_at(place, one, document) for one in warnings)
    ]


def _diagnostics(wanted: list[dict[str, Any]], seen: Observed, document: str) -> list[str]:
    if seen.findings is None:
        return []
    missing = []
    for one in wanted:
        weighed = [found for found in seen.findings if found.severity == one["severity"]]
        if not any(_stands_at(one["at"], found, document) for found in weighed):
            missing.append(f"{one['severity']} is missing at {one['at']}; there are {_places(seen.findings)}")
    return missing


def _quiet(wanted: bool, seen: Observed, _: str) -> list[str]:
    if not wanted or not seen.findings:
        return []
    return [f"no warning was expected, but there are {_places(seen.findings)}"]


def _says(wanted: list[str], seen: Observed, _: str) -> list[str]:
    if seen.messages is None:
        return []
    told = seen.messages.lower()
    return [f"the messages do not name {text!r}: {seen.messages[:600]}" for text in wanted if text.lower() not in told]


def _hides(wanted: list[str], seen: Observed, _: str) -> list[str]:
    return [f"{text!r} is shown" for text in wanted if seen.shown is not None and text in seen.shown]


def _fetches(wanted: dict[str, int], seen: Observed, _: str) -> list[str]:
    if seen.fetches is None:
        return []
    told = {name: seen.fetches.get(name, 0) for name in wanted}
    return [] if told == wanted else [f"documents fetched: expected {wanted}, were {told}"]


_JUDGES: dict[str, Callable[[Any, Observed, str], list[str]]] = {
    "outcome": _outcome,
    "requests": _requests,
    "outputs": _outputs,
    "waits": _waits,
    "steps": _steps,
    "transferred": _transferred,
    "warnings": _warnings,
    "diagnostics": _diagnostics,
    "quiet": _quiet,
    "says": _says,
    "hides": _hides,
    "fetches": _fetches,
}


def _stands_at(place: Any, found: Finding, document: str) -> bool:
    """Tell whether a finding begins at `LINE:COLUMN`; on a text (`find`); or on the line of a text (`line`)."""
    if isinstance(place, str):
        return f"{found.line}:{found.column}" == place
    text = place.get("find", place.get("line"))
    offset = document.find(text)
    if offset < 0:
        raise AssertionError(f"the document does not hold {text!r}")
    line = document.count("\n", 0, offset) + 1
    column = offset - (document.rfind("\n", 0, offset) + 1) + 1
    # A quotation mark before the text may belong to it.
    return found.line == line and ("line" in place or column - 1 <= found.column < column + len(text))


def _places(findings: list[Finding]) -> str:
    told = [f"{one.severity} {one.line}:{one.column} {one.message}" for one in findings]
    return "; ".join(told) or "none"


def _targets(seen: Observed) -> str:
    return ", ".join(f"{one.method} {one.target}" for one in seen.requests) or "none"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return re.sub(r"(?s)^(.{500}).+", r"\1...", text)

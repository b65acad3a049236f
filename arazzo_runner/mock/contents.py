"""In which media type an answer comes: one that the request accepts, JSON before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.operations import MediaType

_FAMILIES: Final = {"text": "text/plain", "image": "image/png", "audio": "audio/mpeg", "video": "video/mp4"}


@dataclass(frozen=True, slots=True)
class Content:
    """A Content-Type as it is sent, and what describes it; `accepted` is false where the request asked for others."""

    type: str
    media: MediaType
    accepted: bool = True


def contents(declared: Mapping[str, MediaType], accept: str | None) -> list[Content]:
    """Return the media types that an answer can have, the best first; a range becomes one of its types.

    A name that is no media type counts only where there is no other.
    """
    ranges = _accepted(accept)
    named = {
        name: described for name, described in declared.items() if media.is_range(name) or media.is_media_type(name)
    }
    found = [_content(name, described, ranges) for name, described in (named or declared).items()]
    order = sorted(found, key=lambda content: (not content.accepted, _rank(content.type)))
    return list({content.type: content for content in reversed(order)}.values())[::-1]


def _content(name: str, described: MediaType, ranges: list[tuple[str, float]]) -> Content:
    concrete = _concrete(name, ranges)
    return Content(concrete, described, not ranges or _quality(concrete, ranges) > 0)


def _rank(name: str) -> int:
    if media.essence(name) == "application/json":
        return 0
    if media.is_json(name):
        return 1
    return 3 if media.is_xml(name) or media.is_multipart(name) else 2


def _concrete(name: str, ranges: list[tuple[str, float]]) -> str:
    if not media.is_range(name):
        return name if media.is_media_type(name) else "application/json"
    wanted = (range_ for range_, _ in ranges if not media.is_range(range_) and media.within(range_, name))
    chosen = next(wanted, None)
    if chosen is not None:
        return chosen
    kind, _, subtype = media.essence(name).partition("/")
    if kind in ("*", "application"):
        return "application/json" if subtype in ("*", "*+json") else "application/" + subtype.replace("*", "x")
    return _FAMILIES.get(kind, f"{kind}/x-any") if subtype == "*" else f"{kind}/{subtype.replace('*', 'x')}"


def _accepted(accept: str | None) -> list[tuple[str, float]]:
    """Read an Accept header: ranges with their weights (RFC 9110, section 12.5.1); empty where all is accepted."""
    found: list[tuple[str, float]] = []
    for part in (accept or "").split(","):
        name, *parameters = part.split(";")
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                weight = _weight(value.strip())
        if "/" in name:
            found.append((name.strip().lower(), weight))
    return found


def _weight(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 1.0


def _quality(name: str, ranges: list[tuple[str, float]]) -> float:
    fitting = [(range_.count("*"), weight) for range_, weight in ranges if media.within(name, range_)]
    return min(fitting)[1] if fitting else 0.0

"""What is known of each requirement: proved by cases, pending, or not applicable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .cases import Case

_RANGE = re.compile(r"([A-Z]+)-(\d+)\.\.\1-(\d+)")


@dataclass(frozen=True)
class Requirement:
    """One requirement, and where it stands.

    `cases` prove it. `pending` and `not_applicable` hold the reason for there being none; empty where there is none.
    """

    id: str
    title: str
    level: str
    versions: str
    who: str
    cases: tuple[str, ...] = ()
    pending: str = ""
    not_applicable: str = ""

    @property
    def state(self) -> str:
        """One word for where it stands: proved, pending, not applicable, or unproved."""
        if self.cases:
            return "proved"
        return "not applicable" if self.not_applicable else "pending" if self.pending else "unproved"

    @property
    def is_for_runners(self) -> bool:
        """Whether it is addressed to runners, though perhaps to validators too."""
        return "R" in self.who


def requirements(listed: dict[str, Any], cases: Iterable[Case]) -> tuple[Requirement, ...]:
    """Return all requirements, the practical readings last, each with its state."""
    proofs: dict[str, dict[str, None]] = {}
    for case in cases:
        for id in case.proves:
            proofs.setdefault(id, {})[case.group] = None
    return tuple(_stated(id, data, listed, tuple(proofs.get(id, ()))) for id, data in _all(listed).items())


def unknown(listed: dict[str, Any], cases: Iterable[Case]) -> set[str]:
    """Return what cases claim to prove though no such requirement is listed."""
    return {id for case in cases for id in case.proves} - set(_all(listed))


def named(listed: dict[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    """Yield the requirements that a list names one by one or as a range or group, each with the entry that names it."""
    for entry in listed[kind]:
        for pattern in entry.get("ids", ()):
            found = [id for id in _all(listed) if _fits(id, pattern)]
            yield from ((id, pattern) for id in found or [""])


def _all(listed: dict[str, Any]) -> dict[str, dict[str, str]]:
    readings = {
        id: {"title": title, "level": "", "versions": "all", "who": "R"}
        for id, title in listed["practical-readings"].items()
    }
    return {**listed["requirements"], **readings}


def _stated(id: str, data: dict[str, str], listed: dict[str, Any], cases: tuple[str, ...]) -> Requirement:
    pending = "" if cases else _reason(id, data, listed["pending"])
    not_applicable = _reason(id, data, listed["not-applicable"])
    known = {name: str(data[name]) for name in ("title", "level", "versions", "who")}
    return Requirement(id, **known, cases=cases, pending=pending, not_applicable=not_applicable)


def _reason(id: str, data: dict[str, str], entries: list[dict[str, Any]]) -> str:
    for entry in entries:
        if entry.get("who") == data["who"] or any(_fits(id, pattern) for pattern in entry.get("ids", ())):
            return str(entry["reason"])
    return ""


def _fits(id: str, pattern: str) -> bool:
    if pattern.endswith("-*"):
        return id.startswith(pattern[:-1])
    span = _RANGE.fullmatch(pattern)
    if span is None:
        return id == pattern
    group, _, number = id.partition("-")
    return group == span[1] and int(span[2]) <= int(number) <= int(span[3])

"""Findings that a document hides: `x-validate-ignore`, a list of codes on the object that they are about.

On the root it counts for the whole document, on any other object for what stands in it. A code may be the beginning of
one, up to a hyphen (`body` means every code of that family). Warnings and notes can be hidden. An error never is: it is
what `run` refuses, and a document that can't run must not look as if it could. A code that hides nothing is a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.model import Description
from arazzo_runner.validate.selection import is_meant
from arazzo_runner.values import JSON, Path

EXTENSION: Final = "x-validate-ignore"
MAX_SUPPRESSIONS: Final = 1_000
"""The most codes that one document can hide: each is held against each finding."""

_DATA: Final = frozenset({"payload", "value", "inputs", "outputs", "example", "default"})
"""Fields that hold data of the author's, where the name would be a name like any other."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """One code that is hidden below `at`, and where it is written."""

    code: str
    at: Path
    written: Path


def suppressed(
    description: Description, found: Iterable[Diagnostic], others: Iterable[Description] = ()
) -> tuple[Diagnostic, ...]:
    """Return the findings without those that documents hide, and with what is wrong about the hiding.

    `others` are Arazzo documents that the findings may be about too; theirs count, but are not judged here.
    """
    own, wrong = _written(description)
    left: list[Diagnostic] = []
    used: set[Suppression] = set()
    errors: set[Suppression] = set()
    for one, hits in _matched(_entries(description, others), found):
        (errors if one.severity is Severity.ERROR else used).update(hits)
        if _stays(one, hits):
            left.append(one)
    unused = [_unused(description, each, each in errors) for each in own if each not in used]
    return (*left, *wrong, *unused)


def without_hidden(
    description: Description, found: Iterable[Diagnostic], others: Iterable[Description] = ()
) -> tuple[Diagnostic, ...]:
    """Return the findings without those that documents hide, as a run tells them."""
    return tuple(one for one, hits in _matched(_entries(description, others), found) if _stays(one, hits))


def _entries(description: Description, others: Iterable[Description]) -> list[tuple[Description, Suppression]]:
    return [(document, each) for document in (description, *others) for each in _written(document)[0]]


def _matched(
    entries: list[tuple[Description, Suppression]], found: Iterable[Diagnostic]
) -> Iterator[tuple[Diagnostic, list[Suppression]]]:
    """Yield each finding with the entries that mean it."""
    for one in found:
        yield one, [each for document, each in entries if _hides(document, each, one)]


def _stays(found: Diagnostic, hits: list[Suppression]) -> bool:
    return not hits or found.severity is Severity.ERROR


def _written(description: Description) -> tuple[list[Suppression], list[Diagnostic]]:
    found: list[Suppression] = []
    wrong: list[Diagnostic] = []
    if EXTENSION not in description.source.text:  # a document of millions of values need not be walked
        return found, wrong
    for at, value in _extensions(description.source.data):
        if not isinstance(value, list):
            wrong.append(_malformed(description, (*at, EXTENSION)))
            continue
        for index, code in enumerate(value):
            written = (*at, EXTENSION, index)
            if len(found) == MAX_SUPPRESSIONS:
                message = (
                    f"{EXTENSION} names more than {MAX_SUPPRESSIONS:,} codes in this document; the rest does not count"
                )
                return found, [*wrong, _malformed(description, written, message, "name families, or the root once")]
            if isinstance(code, str) and code.strip():
                found.append(Suppression(code, at, written))
            else:
                wrong.append(_malformed(description, written))
    return found, wrong


def _extensions(data: JSON) -> Iterator[tuple[Path, JSON]]:
    """Yield each use of the extension: the path of the object that it stands on, and its value."""
    waiting: list[tuple[Path, JSON]] = [((), data)]
    for at, value in waiting:
        if isinstance(value, dict):
            if EXTENSION in value:
                yield at, value[EXTENSION]
            waiting += [((*at, name), member) for name, member in value.items() if _is_walked(name)]
        elif isinstance(value, list):
            waiting += [((*at, index), item) for index, item in enumerate(value)]


def _is_walked(name: str) -> bool:
    return name not in _DATA and not name.startswith("x-")


def _hides(document: Description, entry: Suppression, found: Diagnostic) -> bool:
    if not is_meant(found.code, [entry.code]):
        return False
    if found.span is None:
        return entry.at == ()
    if found.span.uri != document.source.uri:
        return False
    if found.at is not None:
        return found.at[: len(entry.at)] == entry.at
    whole = document.span(entry.at)
    start = (found.span.line, found.span.column)
    return entry.at == () or (whole.line, whole.column) <= start < (whole.end_line, whole.end_column)


def _unused(description: Description, entry: Suppression, is_error: bool) -> Diagnostic:
    message = f"{EXTENSION} names '{entry.code}', and nothing of that code is found there"
    help = "remove it"
    if is_error:
        message = f"{EXTENSION} names '{entry.code}', which is an error there: errors are never hidden"
        help = "mend what is wrong: run refuses it"
    at = entry.written
    return Diagnostic("suppression-unused", Severity.NOTE, message, description.span(at), help, at=at)


def _malformed(description: Description, at: Path, message: str = "", help: str = "") -> Diagnostic:
    message = message or f"{EXTENSION} is no list of codes"
    help = help or f"write {EXTENSION}: [body-missing], with one code or more"
    return Diagnostic("suppression-malformed", Severity.WARNING, message, description.span(at), help, at=at)

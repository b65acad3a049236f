"""A fault or a doubt about a document: what, where, and what to change.

Diagnostics are collected, never raised. A diagnostic is an *error* if and only if `run` refuses in that mode before
the first request; everything else is a warning or a note.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from heapq import nsmallest
from itertools import takewhile
from typing import TypeAlias

from arazzo_runner.values import Path

MAX_COMPARED = 60
"""Names that a wrong one is compared with letter by letter; a big API has thousands."""


LIKE_ENOUGH_TO_SHOW = 0.6
"""How much a name is like a wrong one (0 to 1, as difflib counts) to be shown beside it."""

LIKE_ENOUGH_TO_WRITE = 0.8
"""How much it is like a wrong one to be written in its place."""


class Severity(Enum):
    """How much a diagnostic weighs: an error stops a run before its first request."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document. Lines and columns count from 1, in Unicode code points; the end is exclusive.

    `uri` is the document's URI as loaded; `name` is how a person knows it (a path as typed, ``<stdin>``).
    `text` is the source line where the span starts, without its line break (empty where it is not known).
    """

    uri: str
    line: int
    column: int
    end_line: int
    end_column: int
    name: str = ""
    text: str = ""

    def place(self) -> str:
        """Return ``file:line:column``, as terminals and editors make links of."""
        return f"{self.name or self.uri}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a diagnostic, such as the declaration in the API description."""

    message: str
    span: Span


class Applicability(Enum):
    """How sure a fix is: a safe one keeps what the document is read as, an unsafe one is a likely guess."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Splice:
    """A change of a string of the document: `text` takes the place of its characters from `start` to `end`."""

    at: Path
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A change of the key of a member of an object."""

    at: Path
    key: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A member of an object that goes."""

    at: Path


Change: TypeAlias = Splice | Rename | Removal
"""What a fix makes of the data of the document, whatever its text looks like; paths are those before the fix."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the text of the document: `text` takes the place of what stands at `span`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend a finding: all its changes together. `message` says what they do, without a full stop.

    `edits` write the changes into the text. Whoever finds something leaves them out; they are worked out once it is
    known which text it is (`arazzo_runner.fixes`).
    """

    message: str
    changes: tuple[Change, ...]
    applicability: Applicability = Applicability.SAFE
    edits: tuple[Edit, ...] = ()

    @property
    def safe(self) -> bool:
        """Whether it keeps what the document is read as."""
        return self.applicability is Applicability.SAFE


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a document.

    `code` is stable (``reference-unknown-operation``); `message` stands alone as a headline and says what was found
    and what was expected; `help` says what to do. `span` is None only where no text is at hand (a missing file).
    `strict_error` marks a break of the specification that the practical mode tolerates: `judge` makes it an error in
    strict mode, with `fact` as its headline where `message` also says what the practical mode makes of it. `at` is
    the path in the document of what the finding is about (None: the text as a whole), so that a run can tell which
    workflow it belongs to. `fix` is a change that mends it, where one is certain or likely enough.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    help: str = ""
    related: tuple[Related, ...] = ()
    strict_error: bool = False
    at: Path | None = None
    fact: str = ""
    fix: Fix | None = None

    def concise(self) -> str:
        """Return the one-line form: ``file:line:column: error[code]: message``."""
        where = f"{self.span.place()}: " if self.span else ""
        return f"{where}{self.severity.value}[{self.code}]: {self.message}"


def error(code: str, message: str, span: Span | None = None, help: str = "") -> Diagnostic:
    """Make a diagnostic that stops a run."""
    return Diagnostic(code, Severity.ERROR, message, span, help)


def warning(code: str, message: str, span: Span | None = None, help: str = "") -> Diagnostic:
    """Make a diagnostic that is told but stops nothing."""
    return Diagnostic(code, Severity.WARNING, message, span, help)


def judge(diagnostics: Iterable[Diagnostic], strict: bool) -> tuple[Diagnostic, ...]:
    """Return the diagnostics as the mode has them: in strict mode each `strict_error` is an error, and tells a fact."""
    return tuple(_refused(found) if strict and found.strict_error else found for found in diagnostics)


def _refused(found: Diagnostic) -> Diagnostic:
    return replace(found, severity=Severity.ERROR, message=found.fact or found.message)


def breaks_text(found: Diagnostic) -> bool:
    """Tell whether an error is about the text of a document itself: others of that document may follow from it."""
    return found.severity is Severity.ERROR and found.code.startswith("syntax-")


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics is an error."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def near_matches(
    wrong: str, known: Iterable[str], limit: int = 3, likeness: float = LIKE_ENOUGH_TO_SHOW
) -> tuple[str, ...]:
    """Return up to `limit` of the known names that look like the wrong one, best first; case counts least."""
    from difflib import get_close_matches  # costs some milliseconds: only needed once something is wrong

    folded = {name.casefold(): name for name in known}
    likely = _likely(wrong.casefold(), folded) if len(folded) > MAX_COMPARED else folded
    close = get_close_matches(wrong.casefold(), likely, n=limit, cutoff=likeness)
    return tuple(folded[name] for name in close)


def renaming(wrong: str, known: Iterable[str], at: Path, start: int = 0) -> Fix | None:
    """Return the fix that writes the one known name that looks like the wrong one.

    That stands in the string at `at`, from `start` on. None where no name looks like it, or several do.
    """
    close = near_matches(wrong, [name for name in known if name], 2, LIKE_ENOUGH_TO_WRITE)
    if len(close) != 1:
        return None
    return Fix(f"write '{close[0]}'", (Splice(at, start, start + len(wrong), close[0]),), Applicability.UNSAFE)


def _likely(wrong: str, names: Iterable[str]) -> list[str]:
    """Return the names that are worth a closer look: of a like length, with a like beginning or end."""

    def distance(name: str) -> int:
        ends = zip(reversed(wrong), reversed(name), strict=False)
        return abs(len(name) - len(wrong)) - _run(zip(wrong, name, strict=False)) - _run(ends)

    return nsmallest(MAX_COMPARED, names, distance)


def _run(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return the help line for an unknown name: its near match, else the list of what there is (at most ten).

    An empty name is what a fault has left, and is never offered.
    """
    names = [name for name in known if name]
    close = near_matches(wrong, names, 1)
    if close:
        return f"did you mean '{close[0]}'?"
    if not names:
        return "there is none"
    shown = ", ".join(f"'{name}'" for name in names[:10])
    return f"known: {shown}" + (f" and {len(names) - 10} more" if len(names) > 10 else "")

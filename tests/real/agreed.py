"""Whether `validate` and `run` agree: a workflow with an error-level finding is refused, one without is not.

`validate` judges a whole document, `run` what one workflow can reach. So the errors of the one are attributed to each
workflow by the text of the document (`reaching`), and compared with whether the dry run of that workflow is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arazzo_runner.api import Options, check, load, prepare, preview
from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.model import Description
from arazzo_runner.errors import ArazzoError, DocumentError
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure
from tests.real.found import Document
from tests.real.reaching import Reached, reached_by


class Closed(Access):
    """Reads files alone. What would have to be fetched can't be read, for `validate` as for `run`.

    With `offline` the two differ on purpose: `validate` then says what it could not check.
    """

    def __call__(self, uri: str, /) -> Retrieval:
        """Return a file, or that nothing is fetched."""
        return super().__call__(uri) if uri.startswith("file:") else RetrievalFailure(uri, "nothing is fetched here")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One workflow in one mode: the codes of the errors that `validate` finds in it, and those that refuse its run."""

    document: str
    workflow: str
    mode: str
    found: tuple[str, ...]
    refused: tuple[str, ...]
    example: str = ""

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return bool(self.found) is bool(self.refused)

    @property
    def kind(self) -> str:
        """What to count it as."""
        if self.agrees:
            return "refused, with errors" if self.refused else "not refused, without errors"
        alone, codes = (
            ("refused, without errors", self.refused) if self.refused else ("errors, not refused", self.found)
        )
        return f"DISAGREE {self.mode}, {alone}: {', '.join(sorted(set(codes)))}"


def agreements(document: Document) -> list[Agreement]:
    """Compare both for each workflow of a document, in both modes; what can't be read has no workflows."""
    try:
        description = load(document.path)
    except ArazzoError:
        return []
    return [one for strict in (False, True) for one in _compared(description, document, strict)]


def _compared(description: Description, document: Document, strict: bool) -> Iterator[Agreement]:
    options = Options(strict=strict, sources=dict(document.sources), access=Closed(), mock=True)
    mode = "strict" if strict else "practical"
    try:
        errors = [one for one in check(description, options) if one.severity is Severity.ERROR]
    except ArazzoError as fault:
        yield Agreement(str(document.path), "", mode, (type(fault).__name__,), (), str(fault))
        return
    ids = [workflow.workflow_id for workflow in description.workflows if workflow.workflow_id]
    for name in dict.fromkeys(ids):
        if document.workflows and name not in document.workflows:
            continue
        reached = reached_by(description.source.data, name)
        own = [one for one in errors if belongs(one, description, reached)]
        refusals = list(refused(description, name, options))
        told = [one.concise() for one in own[:1]] or [text for _, text in refusals[:1]]
        codes = tuple(code for code, _ in refusals)
        yield Agreement(str(document.path), name, mode, tuple(one.code for one in own), codes, "".join(told))


def belongs(found: Diagnostic, description: Description, reached: Reached) -> bool:
    """Tell whether a finding is about something that the workflow is made of."""
    span = found.span
    if span is not None and span.uri != description.source.uri:
        return True
    if found.at is not None:
        return reached.holds(found.at)
    if span is None:
        return True
    return any(_covers(description, place, span.line, span.column) for place in reached.places) or not any(
        _covers(description, place, span.line, span.column) for place in _parts(description)
    )


def _parts(description: Description) -> Iterator[tuple[str | int, ...]]:
    data = description.source.data
    if isinstance(data, dict):
        for section in ("workflows", "sourceDescriptions"):
            items = data.get(section)
            yield from ((section, number) for number in range(len(items) if isinstance(items, list) else 0))
        yield ("components",)


def _covers(description: Description, place: tuple[str | int, ...], line: int, column: int) -> bool:
    whole = description.span(place)
    return (whole.line, whole.column) <= (line, column) <= (whole.end_line, whole.end_column)


def refused(description: Description, workflow: str, options: Options) -> Iterator[tuple[str, str]]:
    """Yield code and text of what refuses the dry run of a workflow."""
    try:
        preview(prepare(description, workflow, options))
    except DocumentError as refusal:
        errors = [one for one in refusal.diagnostics if one.severity is Severity.ERROR]
        yield from ((one.code, one.concise()) for one in errors)
        if not errors:
            yield "no error", str(refusal)
    except ArazzoError as fault:
        yield type(fault).__name__, str(fault)
    except Exception as crash:  # the point of this program is to find these
        yield f"CRASH {type(crash).__name__}", str(crash)


def table(compared: Iterable[list[Agreement]], examples: int = 1) -> list[str]:
    """Return the counts, then each kind of disagreement with its places."""
    counts: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    documents = 0
    for several in compared:
        documents += 1
        for one in several:
            counts[one.kind if one.agrees else "disagreements"] += 1
            if not one.agrees:
                shown.setdefault(one.kind, []).append(f"{one.document} {one.workflow}: {one.example}")
    lines = [f"{documents} documents, {sum(counts.values())} workflows judged (each in both modes)"]
    lines += [f"{number:7} {kind}" for kind, number in counts.most_common()]
    for kind, places in sorted(shown.items(), key=lambda each: -len(each[1])):
        lines += [f"{len(places):7} {kind}", *(f"          {place}" for place in places[: examples or None])]
    return lines

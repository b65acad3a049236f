"""The warnings of a run, each with its line of the document: the place is a link, what is meant is marked."""

from __future__ import annotations

from collections.abc import Sequence

from arazzo_runner.diagnostics import Diagnostic, Severity, Span, has_errors
from arazzo_runner.reports.run.html.limits import MAX_CONTENT, MAX_FIELD, MAX_LISTED, MAX_RELATED, MAX_URL
from arazzo_runner.reports.run.html.markup import Markup, clipped, element, lines, row, text
from arazzo_runner.reports.run.html.value_list import more

_LINKED = ("file:///", "http://", "https://")

_AROUND = 200
"""Characters of a line of a document that are shown before what is meant."""


def title_of(found: Sequence[Diagnostic]) -> str:
    """Return what a list of findings is called; errors are there only where they kept a run from beginning."""
    return "Findings" if has_errors(found) else "Warnings"


def warnings_list(warnings: Sequence[Diagnostic]) -> Markup:
    """Return the warnings in their order; of very many, the first."""
    listed = element("ol", map(_warning, warnings[:MAX_LISTED]), class_="warnings")
    return row(listed, more(len(warnings) - MAX_LISTED, "warning"))


def _warning(found: Diagnostic) -> Markup:
    kind = element("b", "Error ", class_="bad") if found.severity is Severity.ERROR else None
    code = element("code", found.code, class_="quiet")
    return element(
        "li",
        element("p", kind, code, " ", clipped(found.message, MAX_CONTENT)),
        place(found.span) if found.span else None,
        [row(element("p", f"{clipped(one.message)}:"), place(one.span)) for one in found.related[:MAX_RELATED]],
        _help(found.help) if found.help else None,
    )


def _help(words: str) -> Markup:
    return element("p", element("b", "Help"), ": ", lines(clipped(words, MAX_CONTENT)), class_="help")


def place(span: Span) -> Markup:
    """Return the place of a finding as a link to its document, and the line that stands there."""
    where = clipped(span.place(), MAX_FIELD)
    link = element("a", where, href=f"{span.uri}#L{span.line}") if _is_linked(span.uri) else element("code", where)
    return row(element("p", "at ", link), _line(span) if span.text.strip() else None)


def _is_linked(uri: str) -> bool:
    """Tell whether an address may be followed: it leads to a document, and runs nothing."""
    return uri.startswith(_LINKED) and len(uri) <= MAX_URL and uri.isprintable()


def _line(span: Span) -> Markup:
    """Return the line of the document where the span begins, with what it covers of it marked."""
    line = span.text.rstrip()
    start = min(max(span.column - 1, 0), len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = min(max(end, start), len(line))
    before, meant, after = line[:start].lstrip()[-_AROUND:], line[start:end], line[end:]
    return element(
        "pre",
        element("span", f"{span.line}", class_="number"),
        "  ",
        text(before),
        element("mark", clipped(meant, MAX_FIELD)) if meant else None,
        text(after[:_AROUND]),
        tabindex=0,
        class_="source",
    )

"""Findings for a person, as a good compiler tells them: what, where with the line shown, and what to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from arazzo_runner.diagnostics import Diagnostic, Related, Severity, Span
from arazzo_runner.reports.findings.excerpt import excerpt
from arazzo_runner.reports.findings.judgement import Judgement, judgement_of
from arazzo_runner.reports.findings.order import counted, tally
from arazzo_runner.reports.layout import columns, wrap
from arazzo_runner.reports.page import Ink, Line, Look, Page

INKS = {Severity.ERROR: Ink.BAD, Severity.WARNING: Ink.DOUBT, Severity.NOTE: Ink.NOTE}


def write_text(stream: TextIO, diagnostics: Iterable[Diagnostic], look: Look, judged: int | None = None) -> None:
    """Write the findings in full, errors first, by file and place, and a line that counts them.

    `judged` is the number of documents that were judged, None where it is not known.
    """
    _write(stream, judgement_of(diagnostics), judged, look)


def write_full(stream: TextIO, judgement: Judgement, look: Look) -> None:
    """Write a judgement as `write_text` does; what is not told is counted."""
    _write(stream, judgement, None if judgement.files is None else len(judgement.files), look)


def _write(stream: TextIO, judgement: Judgement, judged: int | None, look: Look) -> None:
    page, look = Page(stream, look), look.fitting(stream)
    for each in judgement.told:
        page.write([*full(each, look), ()])
    shown = f" ({counted(judgement.omitted, 'finding')} not shown)" if judgement.omitted else ""
    page.write([*_mending(judgement), (Ink.STRONG.of(tally(judgement.found, judged) + shown),)])


def _mending(judgement: Judgement) -> Iterator[Line]:
    """Yield what was mended, and what can be."""
    if judgement.fixed is not None:
        yield (f"fixed: {counted(judgement.fixed, 'finding')} in {counted(judgement.mended, 'file')}",)
    safe, unsafe = judgement.fixable, judgement.fixable_unsafe
    if safe or unsafe:
        ways = [*([f"{safe} with --fix"] if safe else [])]
        ways += [f"{unsafe}{' more' if safe else ''} with --fix --unsafe"] if unsafe else []
        yield (f"fixable: {', '.join(ways)}",)


def write_concise(stream: TextIO, judgement: Judgement, look: Look) -> None:
    """Write the findings one a line, for tools that read ``file:line:column``; nothing where there are none."""
    Page(stream, look).write(_concise(each) for each in judgement.told)


def full(found: Diagnostic, look: Look) -> Iterator[Line]:
    """Yield the lines of one finding: headline, place, line of the document, related places, help."""
    ink = INKS[found.severity]
    yield from _headline(found, ink, look)
    gutter = _gutter(found)
    if found.span:
        yield from _place(found.span, "-->", "", gutter, look, ink)
    for related in found.related:
        yield from _related(related, gutter, look)
    fix = found.fix if found.fix is not None and found.fix.edits else None
    if found.help and (fix is None or fix.message != found.help):
        yield from _help("help", found.help, gutter, look)
    if fix is not None:
        yield from _help("fix", f"{fix.message} ({fix.applicability.value})", gutter, look)


def _headline(found: Diagnostic, ink: Ink, look: Look) -> Iterator[Line]:
    label = f"{found.severity.value}[{found.code}]"
    first, *rest = wrap(f"{label}: {found.message}", look.width - 2)
    yield (ink.of(first[: len(label)]), Ink.STRONG.of(first[len(label) :]))
    for line in rest:
        yield (Ink.STRONG.of("  " + line),)


def _gutter(found: Diagnostic) -> int:
    spans = [each.span for each in found.related]
    numbers = [span.line for span in (*spans, found.span) if span]
    return len(str(max(numbers, default=0)))


def _place(span: Span, arrow: str, label: str, gutter: int, look: Look, ink: Ink) -> Iterator[Line]:
    margin = " " * gutter
    yield (Ink.PLACE.of(f"{margin}{arrow} "), span.place())
    if span.text.strip():
        part = excerpt(span, look.width - gutter - 3, look.marks.cut)
        beside = label if part.start + part.length + columns(label) + gutter + 4 <= look.width else ""
        mark = ("^" if arrow == "-->" else "-") * part.length
        yield (Ink.PLACE.of(f"{margin} |"),)
        yield (Ink.PLACE.of(f"{span.line:>{gutter}} |"), " " + part.text)
        yield (Ink.PLACE.of(f"{margin} |"), " " * (part.start + 1), ink.of(f"{mark} {beside}"))
        label = label.removeprefix(beside)
    if label:
        for line in wrap(label, look.width - gutter - 4):
            yield (margin, "    ", ink.of(line))


def _related(related: Related, gutter: int, look: Look) -> Iterator[Line]:
    yield from _place(related.span, ":::", related.message, gutter, look, Ink.NOTE)


def _help(label: str, text: str, gutter: int, look: Look) -> Iterator[Line]:
    margin = " " * (gutter + 1)
    first, *rest = wrap(text, look.width - gutter - 9)
    yield (Ink.PLACE.of(f"{margin}= "), Ink.NOTE.of(f"{label}: "), first)
    for line in rest:
        yield (f"{margin}{' ' * (len(label) + 4)}{line}",)


def _concise(found: Diagnostic) -> Line:
    label = f"{found.severity.value}[{found.code}]"
    place = f"{found.span.place()}: " if found.span else ""
    return (place, INKS[found.severity].of(label), f": {found.message}")

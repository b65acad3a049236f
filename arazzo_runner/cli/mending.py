"""Mending documents for `arazzo validate --fix` and `--diff`: which findings, and where the mended text goes."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from arazzo_runner.api.loading import reread
from arazzo_runner.cli.faults import say
from arazzo_runner.cli.rewriting import encoded, rewrite
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.fixes.mend import Choose, Mended, Reading, mend
from arazzo_runner.sources.location import STDIN_NAME, file_path, is_local

Judge: TypeAlias = Callable[[Description], tuple[Diagnostic, ...]]


@dataclass(slots=True)
class Mending:
    """What is mended, and what was: `fixed` are the findings, `files` counts the documents that changed.

    `choose` takes the findings that may be mended, `unsafe` adds the fixes that are a guess. With `diff` nothing is
    written: `diffs` are what would change. `failures` counts the files that could not be written. `output` is what
    comes of standard input, None where that is not read.
    """

    choose: Choose
    unsafe: bool = False
    diff: bool = False
    fixed: list[Diagnostic] = field(default_factory=list)
    files: int = 0
    failures: int = 0
    diffs: list[str] = field(default_factory=list)
    output: bytes | None = None

    def keep(self, content: bytes) -> None:
        """Keep what stood on standard input, which is its output too until it is mended."""
        self.output = content

    def mend(
        self, document: Description, found: tuple[Diagnostic, ...], judge: Judge, base_uri: str | None
    ) -> tuple[Description, tuple[Diagnostic, ...]]:
        """Mend a document with these findings, and write it; returns it and its findings as they are then."""
        latest = document

        def again(text: str) -> Reading:
            nonlocal latest
            latest = reread(document, text, base_uri)
            return Reading(latest.source, judge(latest))

        mended = mend(Reading(document.source, found), again, unsafe=self.unsafe, choose=self.choose)
        for fix in mended.dropped:
            where = fix.edits[0].span.place()
            say(f'{where}: the fix "{fix.message}" is left out: the text could not be read as it should then')
        if not mended.fixed or not self._written(document, mended):
            return document, found
        self.fixed += mended.fixed
        self.files += 1
        return latest, mended.reading.found

    def _written(self, document: Description, mended: Mended) -> bool:
        """Write a mended text to where it came from, or show it; False, and told, where it can't be."""
        if self.diff:
            self.diffs.append(unified(document.source.name, document.source.text, mended.text))
            return True
        try:
            self._write(document, mended.text)
        except UsageError as fault:
            self.failures += 1
            say(f"error: {fault.message}", fault.hint)
            return False
        return True

    def _write(self, document: Description, text: str) -> None:
        uri = document.source.uri
        if document.source.name == STDIN_NAME and self.output is not None:
            self.output = encoded(text, self.output)
            return
        if not is_local(uri):
            raise UsageError(f"{document.source.name} can't be mended in place: it is no local file", "use --diff")
        rewrite(file_path(uri), document.source.name, document.source.text, text)


def unified(name: str, before: str, after: str) -> str:
    """Return what changes in a text as a unified diff, which `patch` can apply."""
    return "".join(_lines(difflib.unified_diff(_split(before), _split(after), name, name)))


def _split(text: str) -> list[str]:
    """Return the lines of a text with their ends; those of other systems and of Unicode are part of the line."""
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _lines(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"

"""`arazzo validate`: judges documents without running them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arazzo_runner.api import Options, check
from arazzo_runner.cli import flags
from arazzo_runner.cli.documents import open_document
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.files import STDIN
from arazzo_runner.cli.output import look
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.diagnostics import Diagnostic, did_you_mean, error, has_errors
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.findings import FORMATS


@dataclass(frozen=True, slots=True, kw_only=True)
class Validate:
    """Judge Arazzo documents and the API descriptions that they name, without running them.

    Every workflow is judged. An error is what `run` refuses before the first request; the rest is worth knowing.
    """

    files: flags.Files
    strict: flags.Strict = False
    sources: flags.Sources = None
    json: flags.Json = False

    def perform(self) -> int:
        """Write the findings to standard output; 1 where one is an error, 2 where a file could not be read."""
        if self.files.count(STDIN) > 1:
            raise UsageError("standard input (-) is named twice")
        sources = pairs("--source", self.sources or ())
        unread: list[Diagnostic] = []
        documents = list(self._documents(unread))
        _check_names(sources, documents)
        found = [*unread]
        for document in documents:
            declared = {each.name for each in document.source_descriptions}
            own = {name: where for name, where in sources.items() if name in declared}
            found += check(document, Options(strict=self.strict, sources=own))
        write = FORMATS["json" if self.json else "full"]
        write(sys.stdout, dict.fromkeys(found), look(sys.stdout, os.environ), judged=len(documents))
        if unread:
            return ExitCode.UNUSABLE
        return ExitCode.FAILED if has_errors(found) else ExitCode.SUCCEEDED

    def _documents(self, unread: list[Diagnostic]) -> Iterator[Description]:
        """Yield the documents; one that can't be read becomes a finding and does not keep the others from it."""
        for file in self.files:
            try:
                yield open_document(file)
            except UsageError as fault:
                unread.append(error("document-unreadable", fault.message, help=fault.hint))


def _check_names(sources: Mapping[str, str], documents: list[Description]) -> None:
    known = [each.name for document in documents for each in document.source_descriptions]
    for name in sources:
        if documents and name not in known:
            raise UsageError(f"no document has a source '{name}'", did_you_mean(name, dict.fromkeys(known)))

"""Judging several documents: each is loaded once, then judged with the others at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from arazzo_runner.api import Options, check
from arazzo_runner.api.withholding import Withholding
from arazzo_runner.cli.documents import open_document
from arazzo_runner.cli.finding_flags import codes_named
from arazzo_runner.cli.mending import Mending
from arazzo_runner.cli.patience import Patience
from arazzo_runner.diagnostics import Diagnostic, Severity, did_you_mean, error
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.profiles.validation import Validation
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.location import STDIN_NAME, file_path, is_local
from arazzo_runner.validate.selection import selected

UNREADABLE: Final = "document-unreadable"
"""The code of a document that can't be read: always told, since the exit code is 2 for it."""

OptionsFor: TypeAlias = Callable[[Description, Mapping[str, str], tuple[str, ...]], Options]
"""Makes the options for a document: with the sources that replace its own, and the documents that it may refer to."""


@dataclass(slots=True)
class Judging:
    """Documents under judgement. `sources` maps names of sources to what to read instead.

    `mending` says what is mended, and keeps what was. `uses_select` tells that the `select` of a file of profiles
    counts: a flag goes before it. `fails_from` collects the severities from which on such files want a failure.
    """

    sources: Mapping[str, str]
    access: Access
    options_for: OptionsFor
    patience: Patience
    with_sources: bool = True
    base_uri: str | None = None
    uses_select: bool = True
    mending: Mending | None = None
    fails_from: list[Severity] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    documents: list[Description] = field(default_factory=list)
    unread: int = 0
    read: set[str] = field(default_factory=set)

    def judge(self, files: Iterable[str]) -> None:
        """Judge the files: what is found goes to `found`, the paths that it depends on to `read`.

        Raises:
            UsageError: an option names something that does not exist.
        """
        try:
            self._judge_all(list(files))
        finally:
            self.patience.done()

    def _judge_all(self, names: list[str]) -> None:
        for number, file in enumerate(names, 1):
            self.patience.at(number, len(names), file)
            self._load(file)
        _check_names(self.sources, self.documents)
        for index, document in enumerate(self.documents):
            self.patience.at(index + 1, len(self.documents), document.source.name)
            self.documents[index] = self._judge(document)

    def _load(self, file: str) -> None:
        """Load a document; one that can't be read becomes a finding and does not keep the others from it."""
        try:
            keep = None if self.mending is None else self.mending.keep
            self.documents.append(open_document(file, self.base_uri, self.access, keep))
        except UsageError as fault:
            self.unread += 1
            self.found.append(error(UNREADABLE, fault.message, help=fault.hint))
            self.read.add(str(Path.cwd() / file))
        else:
            self._note(self.documents[-1].source.uri)

    def _judge(self, document: Description) -> Description:
        """Judge a document, and mend it where that is wanted; returns it as it is then."""
        declared = {each.name for each in document.source_descriptions}
        own = {name: where for name, where in self.sources.items() if name in declared}
        withholding = Withholding(self.with_sources, self._note)
        beside = tuple(self._beside(document)) if self.with_sources else ()
        options = self.options_for(document, own, beside)

        def judged(description: Description) -> tuple[Diagnostic, ...]:
            return tuple(self._wanted(check(description, options, sources=withholding), options.profile))

        found = judged(document)
        if self.mending is not None:
            document, found = self.mending.mend(document, found, judged, self.base_uri)
        self.found += found
        return document

    def _wanted(self, found: Iterable[Diagnostic], profile: Profile | None) -> Iterable[Diagnostic]:
        """Return the findings that the project's file wants told; it hides no errors, as a document doesn't either."""
        if profile is None or profile.validation == Validation():
            return found
        wanted = profile.validation
        if wanted.fails_from is not None:
            self.fails_from.append(wanted.fails_from)
        select = codes_named(f"{profile.file}: select", wanted.select) if self.uses_select else ()
        ignore = codes_named(f"{profile.file}: ignore", wanted.ignore)
        told = set(selected(found, select, ignore))
        return [one for one in found if one.severity is Severity.ERROR or one in told]

    def _beside(self, document: Description) -> Iterator[str]:
        """Yield the other documents that this one may mean by their `$self` (DOC-31)."""
        if all(each.type not in ("arazzo", None) for each in document.source_descriptions):
            return
        for other in self.documents:
            uri = other.source.uri
            if other.self_uri is not None and uri != document.source.uri and not uri.endswith(STDIN_NAME):
                yield uri

    def _note(self, uri: str) -> None:
        if is_local(uri) and not uri.endswith(STDIN_NAME):
            try:
                self.read.add(file_path(uri))
            except ValueError:
                return


def _check_names(sources: Mapping[str, str], documents: list[Description]) -> None:
    known = [each.name for document in documents for each in document.source_descriptions]
    for name in sources:
        if documents and name not in known:
            raise UsageError(f"no document has a source '{name}'", did_you_mean(name, dict.fromkeys(known)))

"""`arazzo validate`: judges documents without running them."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arazzo_runner.api import Options
from arazzo_runner.api.profiles import options_under
from arazzo_runner.cli import finding_flags, flags
from arazzo_runner.cli.document_search import Search, find_documents
from arazzo_runner.cli.documents import access_for, folder
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import say
from arazzo_runner.cli.files import STDIN
from arazzo_runner.cli.judging import UNREADABLE, Judging
from arazzo_runner.cli.output import look
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.cli.patience import Patience
from arazzo_runner.cli.profiles import profile_for
from arazzo_runner.cli.watching import Done, watch
from arazzo_runner.diagnostics import Severity
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.findings import writer
from arazzo_runner.reports.findings.judgement import WEIGHTS, Judgement, judgement_of
from arazzo_runner.reports.findings.order import tally
from arazzo_runner.reports.page import Look
from arazzo_runner.validate.selection import selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Validate:
    """Judge Arazzo documents and the API descriptions that they name, without running them.

    Every workflow is judged. An error is what `run` refuses before the first request; the rest is worth knowing.
    """

    files: finding_flags.NamedFiles
    strict: flags.Strict = False
    select: finding_flags.Select = None
    ignore: finding_flags.Ignore = None
    most: finding_flags.Most = None
    fail_on: finding_flags.FailOn = None
    format: finding_flags.Format = None
    json: flags.Json = False
    output: finding_flags.OutputFile = None
    no_sources: finding_flags.NoSources = False
    watch: finding_flags.Watch = False
    sources: flags.Sources = None
    base_dir: flags.BaseDir = None
    base_uri: flags.BaseUri = None
    documents: flags.Documents = None
    root: flags.Root = None
    offline: flags.Offline = False
    no_cache: flags.NoCache = False
    config: flags.Config = None
    no_config: flags.NoConfig = False
    profile: flags.ProfileName = None

    def perform(self) -> int:
        """Write the findings; 1 where one is a failure, 2 where a file could not be read."""
        if not self.watch:
            return self._judged().code
        if STDIN in self.files:
            raise UsageError("--watch: standard input can't be watched", "name a file")
        return watch(self._watched, time.sleep)

    def _watched(self) -> Done:
        try:
            done = self._judged()
        except UsageError as fault:
            # Mended by the next change of a file, so no reason to end.
            say(f"error: {fault.message}", fault.hint)
            done = Done(ExitCode.UNUSABLE, frozenset(str(Path.cwd() / each) for each in self.files))
        say(f"watching {len(done.paths)} files and folders, Ctrl-C ends it")
        return done

    def _judged(self) -> Done:
        wanted = Wanted.of(self)
        search = find_documents(self.files)
        if self.base_uri and len(search.files) > 1:
            raise UsageError("--base-uri is where one document stands, and several are named", "name one")
        judging = self._judging()
        judging.judge(search.files)
        judgement = wanted.judgement(search, judging)
        if self.output is None:
            writer(wanted.format)(sys.stdout, judgement, look(sys.stdout, os.environ))
        else:
            _write(self.output, wanted.format, judgement)
        paths = frozenset(judging.read | {str(Path.cwd() / each) for each in search.folders})
        if judging.unread:
            return Done(ExitCode.UNUSABLE, paths)
        return Done(ExitCode.FAILED if judgement.failed else ExitCode.SUCCEEDED, paths)

    def _judging(self) -> Judging:
        return Judging(
            pairs("--source", self.sources or ()),
            access_for(self.root, self.offline, self.no_cache),
            self._options,
            Patience(sys.stderr, look(sys.stderr, os.environ).width),
            not self.no_sources,
            self.base_uri,
            uses_select=not self.select,
        )

    def _options(self, document: Description, sources: Mapping[str, str], beside: tuple[str, ...]) -> Options:
        """Return the options for one document; the others that were named may be meant by its references (DOC-31)."""
        profile = profile_for(document, self.config, self.no_config, self.profile, os.environ)
        own = profile.settings.documents if profile else None
        return options_under(
            profile,
            strict=self.strict or None,
            sources=sources,
            access=access_for(self.root, self.offline, self.no_cache),
            base_dir=folder("--base-dir", self.base_dir),
            documents=() if self.no_sources else (*(self.documents or own or ()), *beside),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are told and in which form, as the flags say it."""

    format: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    flags: Validate

    @classmethod
    def of(cls, flags: Validate) -> Wanted:
        """Read the flags.

        Raises:
            UsageError: one of them says what it can't.
        """
        return cls(
            finding_flags.format_named(flags.format, flags.json),
            finding_flags.codes_named("--select", flags.select),
            finding_flags.codes_named("--ignore", flags.ignore),
            flags,
        )

    def judgement(self, search: Search, judging: Judging) -> Judgement:
        """Return what is told."""
        unread = [one for one in judging.found if one.code == UNREADABLE]
        found = (*unread, *selected((*search.remarks, *judging.found), self.select, self.ignore))
        names = tuple(each.source.name for each in judging.documents)
        return judgement_of(found, names, self.flags.most, self._fails_from(judging))

    def _fails_from(self, judging: Judging) -> Severity:
        """Return the severity of the flag; else the lightest that a file of profiles names."""
        if self.flags.fail_on is None and judging.fails_from:
            return min(judging.fails_from, key=lambda severity: WEIGHTS[severity])
        return finding_flags.severity_named(self.flags.fail_on)


def _write(path: str, format: str, judgement: Judgement) -> None:
    page = io.StringIO()
    writer(format)(page, judgement, Look(width=100))
    try:
        Path(path).expanduser().write_text(page.getvalue(), "utf-8", newline="\n")
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"--output: '{path}' can't be written: {reason}") from None
    say(f"{tally(judgement.found, len(judgement.files or ()))}, written to {path}")

"""`arazzo validate`: judges documents without running them."""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from arazzo_runner.api import Options
from arazzo_runner.api.profiles import options_under
from arazzo_runner.cli import egress_flags, finding_flags, flags
from arazzo_runner.cli.document_search import Search, find_documents
from arazzo_runner.cli.documents import access_for, folder
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import say
from arazzo_runner.cli.files import STDIN
from arazzo_runner.cli.judging import UNREADABLE, Judging
from arazzo_runner.cli.mending import Mending
from arazzo_runner.cli.output import look, write_bytes
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.cli.patience import Patience
from arazzo_runner.cli.profiles import profile_for
from arazzo_runner.cli.watching import Done, watch
from arazzo_runner.diagnostics import Severity
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.findings import writer
from arazzo_runner.reports.findings.judgement import WEIGHTS, Judgement, judgement_of
from arazzo_runner.reports.findings.order import counted, tally
from arazzo_runner.reports.page import Look
from arazzo_runner.sources.access import Access
from arazzo_runner.validate.selection import selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Validate:
    """Judge Arazzo documents and the API descriptions that they name, without running them.

    Every workflow is judged. An error is what `run` refuses before the first request; the rest is worth knowing.
    """

    files: flags.NamedFiles
    strict: flags.Strict = False
    select: finding_flags.Select = None
    ignore: finding_flags.Ignore = None
    most: finding_flags.Most = None
    fail_on: finding_flags.FailOn = None
    format: finding_flags.Format = None
    json: flags.Json = False
    output: finding_flags.OutputFile = None
    fix: finding_flags.Fix = False
    diff: finding_flags.Diff = False
    unsafe: finding_flags.Unsafe = False
    no_sources: finding_flags.NoSources = False
    watch: finding_flags.Watch = False
    sources: flags.Sources = None
    base_dir: flags.BaseDir = None
    base_uri: flags.BaseUri = None
    documents: flags.Documents = None
    root: flags.Root = None
    offline: flags.Offline = False
    no_cache: flags.NoCache = False
    untrusted: egress_flags.Untrusted = False
    allow_hosts: egress_flags.AllowHosts = None
    deny_private: egress_flags.DenyPrivate = False
    allow_private: egress_flags.AllowPrivate = None
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
        judging = self._judging(wanted)
        judging.judge(search.files)
        judgement = wanted.judgement(search, judging)
        paths = frozenset(judging.read | {str(Path.cwd() / each) for each in search.folders})
        mending = judging.mending
        if mending is not None and mending.diff:
            failed = _show(mending, judgement)
        else:
            self._tell(wanted, judgement, None if mending is None else mending.output)
            failed = judgement.failed
        if judging.unread or (mending is not None and mending.failures):
            return Done(ExitCode.UNUSABLE, paths)
        return Done(ExitCode.FAILED if failed else ExitCode.SUCCEEDED, paths)

    def _tell(self, wanted: Wanted, judgement: Judgement, mended: bytes | None) -> None:
        """Write the findings; a document of standard input that was to be mended goes before them to its output."""
        if mended is not None:
            write_bytes(sys.stdout, mended)
        if self.output is not None:
            _write(self.output, wanted.format, judgement)
        else:
            stream = sys.stdout if mended is None else sys.stderr
            writer(wanted.format)(stream, judgement, look(stream, os.environ))

    def _mending(self, wanted: Wanted) -> Mending | None:
        """Return what is to be mended, as the flags say it.

        Raises:
            UsageError: they contradict each other.
        """
        if self.unsafe and not (self.fix or self.diff):
            raise UsageError("--unsafe says which fixes are applied, and none is", "add --fix or --diff")
        if self.diff and (self.output is not None or self.json or self.format is not None):
            raise UsageError("--diff shows what would change, and no findings", "leave --output and --format out")
        if not (self.fix or self.diff):
            return None
        return Mending(lambda found: selected(found, wanted.select, wanted.ignore), self.unsafe, self.diff)

    def _judging(self, wanted: Wanted) -> Judging:
        return Judging(
            pairs("--source", self.sources or ()),
            self._access(),
            self._options,
            Patience(sys.stderr, look(sys.stderr, os.environ).width),
            not self.no_sources,
            self.base_uri,
            uses_select=not self.select,
            mending=self._mending(wanted),
        )

    def _access(self) -> Access:
        private, judged = self.allow_private, self.deny_private
        egress = egress_flags.egress_given(self.untrusted, self.allow_hosts, private, deny_private=judged)
        return access_for(self.root, self.offline, self.no_cache, egress=egress)

    def _options(self, document: Description, sources: Mapping[str, str], beside: tuple[str, ...]) -> Options:
        """Return the options for one document; the others that were named may be meant by its references (DOC-31)."""
        profile = profile_for(document, self.config, self.no_config, self.profile, os.environ, untrusted=self.untrusted)
        own = profile.settings.documents if profile else None
        return options_under(
            profile,
            strict=self.strict or None,
            sources=sources,
            access=self._access(),
            untrusted=self.untrusted,
            allow_hosts=egress_flags.several(self.allow_hosts),
            deny_private=self.deny_private or None,
            allow_private=egress_flags.several(self.allow_private),
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
        judgement = judgement_of(found, names, self.flags.most, self._fails_from(judging))
        if judging.mending is None:
            return judgement
        return replace(judgement, fixed=len(judging.mending.fixed), mended=judging.mending.files)

    def _fails_from(self, judging: Judging) -> Severity:
        """Return the severity of the flag; else the lightest that a file of profiles names."""
        if self.flags.fail_on is None and judging.fails_from:
            return min(judging.fails_from, key=lambda severity: WEIGHTS[severity])
        return finding_flags.severity_named(self.flags.fail_on)


def _show(mending: Mending, judgement: Judgement) -> bool:
    """Write the diffs, and how much would be mended; returns whether that is anything."""
    write_bytes(sys.stdout, "".join(mending.diffs).encode("utf-8", "surrogatepass"))
    more = sum(1 for one in judgement.found if one.fix is not None and not one.fix.safe)
    rest = f"; {more} more with --unsafe" if more and not mending.unsafe else ""
    number = counted(len(mending.fixed), "finding")
    say(f"would fix {number} in {counted(mending.files, 'file')}{rest}" if mending.fixed else f"nothing to fix{rest}")
    return bool(mending.diffs)


def _write(path: str, format: str, judgement: Judgement) -> None:
    page = io.StringIO()
    writer(format)(page, judgement, Look(width=100))
    try:
        Path(path).expanduser().write_text(page.getvalue(), "utf-8", newline="\n")
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"--output: '{path}' can't be written: {reason}") from None
    say(f"{tally(judgement.found, len(judgement.files or ()))}, written to {path}")

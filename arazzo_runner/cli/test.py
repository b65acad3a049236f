"""`arazzo test`: every workflow of documents, against the mock or live, in processes of their own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from arazzo_runner.api import Options
from arazzo_runner.api.profiles import options_under
from arazzo_runner.api.testing import Gathering, gathered_with
from arazzo_runner.api.workers import WORKFLOW_SECONDS
from arazzo_runner.cli import egress_flags, flags, trial_flags
from arazzo_runner.cli.document_search import find_documents
from arazzo_runner.cli.documents import access_for, folder
from arazzo_runner.cli.environment import environment
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import complain, note, say
from arazzo_runner.cli.files import STDIN, standard_input
from arazzo_runner.cli.output import is_live, look
from arazzo_runner.cli.pairs import pairs, servers
from arazzo_runner.cli.run import CERT_PASSWORD
from arazzo_runner.cli.trial_progress import Progress
from arazzo_runner.cli.trial_setup import FlaggedSetup, name_in
from arazzo_runner.coverage.trials import Trials, TriedDocument
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import ArazzoError, UsageError
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.reports.page import Look, Verbosity
from arazzo_runner.reports.tests import writer
from arazzo_runner.reports.tests.json import write_refused_trials
from arazzo_runner.reports.tests.text import write_document, write_total
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.retrieval import MAX_SOURCE_BYTES

UNDECLARED: Final = "no workflow that was tested declares such an input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """Test every workflow of Arazzo documents: against answers invented from the API descriptions, or live.

    A journal among them is a recorded run: it is replayed, and fails where it sends or gives something else now.

    Inputs that nobody gives are invented. Each workflow is a line, and each failure says why; exit code 1 where one
    failed, 2 where a document could not be read.
    """

    files: flags.NamedFiles
    workflow: trial_flags.Workflows = None
    scenario: trial_flags.Scenario = None
    live: trial_flags.Live = False
    stateless: flags.Stateless = False
    jobs: trial_flags.Jobs = None
    inputs: trial_flags.SharedInputs = None
    inputs_file: trial_flags.SharedInputsFile = None
    env_file: flags.EnvFile = None
    servers: flags.Servers = None
    server_variables: flags.ServerVariables = None
    sources: trial_flags.SharedSources = None
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
    allow_methods: egress_flags.AllowMethods = None
    auth: flags.Auth = None
    auth_hosts: flags.AuthHosts = None
    insecure: flags.Insecure = None
    cacert: flags.CaCert = None
    client_cert: flags.ClientCert = None
    proxy: flags.Proxy = None
    no_proxy: flags.NoProxy = None
    follow_redirects: flags.FollowRedirects = False
    check: flags.Check = None
    check_level: flags.CheckLevel = None
    cookies: flags.Cookies = False
    config: flags.Config = None
    no_config: flags.NoConfig = False
    profile: flags.ProfileName = None
    strict: flags.Strict = False
    format: trial_flags.Format = None
    json: flags.Json = False
    output: trial_flags.OutputFile = None
    quiet: trial_flags.Quiet = False
    time_limit: trial_flags.TimeLimit = None
    timeout: flags.Timeout = None
    run_timeout: flags.RunTimeout = None
    max_wait: flags.MaxWait = None
    max_steps: flags.MaxSteps = None
    max_depth: flags.MaxDepth = None
    max_redirects: flags.MaxRedirects = None
    max_body: flags.MaxBody = None
    max_bytes: egress_flags.MaxBytes = None
    seed: flags.Seed = 0

    def perform(self) -> int:
        """Test the workflows; 1 where one failed, 2 where a document could not be read, 130 after Ctrl-C."""
        try:
            format = trial_flags.format_named(self.format, self.json)
            search = find_documents(self.files, journals=True)
            setup = self._setup(tuple(search.files))
        except ArazzoError as error:
            self._refuse(error)
            raise
        for remark in () if self.quiet else search.remarks:
            note(remark.message, remark.help)
        gathering = Gathering(tuple(search.files))
        streams = format == "text" and self.output is None
        style = self._look()
        bar = sys.stderr if is_live(sys.stderr, os.environ) and not self.quiet else None
        progress = Progress(gathering, bar, look(sys.stderr, os.environ).width, _teller(style) if streams else None)
        try:
            trials = gathered_with(gathering, setup, self.jobs, self.time_limit or WORKFLOW_SECONDS, progress.on)
        finally:
            progress.close()
        unmeant = next(self._unmeant(trials, gathering), None)
        if unmeant is not None and format == "json" and self.output is None:
            write_refused_trials(sys.stdout, *unmeant)
        else:
            self._write(trials, format, style, gathering, progress.told if streams else None)
        return self._code(trials, gathering)

    def _refuse(self, error: ArazzoError) -> None:
        """Tell a program why nothing is tested; a person is told by whoever catches the error."""
        if self.json or self.format == "json":
            hint = error.hint if isinstance(error, UsageError) else ""
            message = error.message if isinstance(error, UsageError) else str(error)
            write_refused_trials(sys.stdout, message, hint)

    def _write(self, trials: Trials, format: str, style: Look, gathering: Gathering, told: int | None) -> None:
        if told is not None:
            for number in range(told, len(gathering.files)):
                if number in gathering.known or number in gathering.broken:
                    write_document(sys.stdout, gathering.document(number), style)
            write_total(sys.stdout, trials, style)
        elif self.output is None:
            writer(format)(sys.stdout, trials, style)
        else:
            _write_file(self.output, format, trials)

    def _code(self, trials: Trials, gathering: Gathering) -> int:
        for complaint, hint in self._unmeant(trials, gathering):
            complain(complaint, hint)
            if not trials.interrupted:
                return ExitCode.UNUSABLE
        for name in () if self.quiet or trials.interrupted else self._unused(trials):
            note(f"-i {name}: {UNDECLARED}")
        if trials.interrupted:
            raise KeyboardInterrupt
        if trials.unreadable:
            return ExitCode.UNUSABLE
        return ExitCode.SUCCEEDED if trials.succeeded else ExitCode.FAILED

    def _unmeant(self, trials: Trials, gathering: Gathering) -> Iterator[tuple[str, str]]:
        """Yield the flags that name a workflow, a source or an input that no document has."""
        if trials.interrupted or not any(not known.problem for known in gathering.known.values()):
            return
        tested = {trial.workflow for trial in trials.all}
        workflows = {name for known in gathering.known.values() for name in known.ids}
        for name in self.workflow or ():
            if name not in tested and name not in workflows:
                yield f"--workflow: no document has a workflow '{name}'", did_you_mean(name, sorted(workflows))
        sources = {name for known in gathering.known.values() for name in known.sources}
        for name in pairs("--source", self.sources or ()):
            if name not in sources:
                yield f"--source: no document has a source '{name}'", did_you_mean(name, sorted(sources))
        if _knows_inputs(trials):
            declared = {name for trial in trials.all for name in trial.inputs or ()}
            for name in self._unused(trials):
                yield f"-i {name}: {UNDECLARED}", did_you_mean(name, sorted(declared))

    def _unused(self, trials: Trials) -> Iterator[str]:
        declared = {name for trial in trials.all for name in trial.inputs or ()}
        for flag in self.inputs or ():
            name = name_in(flag)
            if trials.all and name not in declared and ":" not in name:
                yield name

    def _look(self) -> Look:
        return replace(look(sys.stdout, os.environ), verbosity=Verbosity.QUIET if self.quiet else Verbosity.NORMAL)

    def _setup(self, files: tuple[str, ...]) -> FlaggedSetup:
        """Return what the flags make; refuses those that contradict each other before anything is tested."""
        if self.base_uri and len(files) > 1:
            raise UsageError("--base-uri is where one document stands, and several are named", "name one")
        if self.stateless and self.live:
            raise UsageError("--stateless is for the mock, and --live has none", "leave one of the two out")
        if self.output is not None and not Path(self.output).expanduser().parent.is_dir():
            raise UsageError(f"--output: '{self.output}' can't be written: there is no such folder")
        if self.inputs_file == STDIN:
            raise UsageError("--inputs: standard input is read once, and every workflow wants it", "name a file")
        for flag in self.inputs or ():
            if "=" not in flag or not name_in(flag):
                raise UsageError(f"-i '{flag}': no name=value", "write -i name=value, -i name:=JSON or -i name@=FILE")
        environ = environment(egress_flags.heard(os.environ, self.untrusted), self.env_file or ())
        sources = pairs("--source", self.sources or ())
        setup = FlaggedSetup(
            self.options_for,
            self._access(),
            environ,
            sources,
            tuple(self.inputs or ()),
            self.inputs_file,
            tuple(self.workflow or ()),
            trial_flags.walks(self.scenario, live=self.live),
            (self.config, self.no_config or not self._finds_profiles(), self.profile),
            self.base_uri,
            files,
            _standard_input() if STDIN in files else None,
        )
        self.options_for(None, {}, ())
        return setup

    def _finds_profiles(self) -> bool:
        return egress_flags.found_profiles_count(self.untrusted, self.config, self.profile)

    def _access(self) -> Access:
        private, judged = self.allow_private, self.deny_private
        egress = egress_flags.egress_given(self.untrusted, self.allow_hosts, private, deny_private=judged)
        return access_for(self.root, self.offline, self.no_cache, egress=egress)

    def options_for(self, profile: Profile | None, sources: Mapping[str, str], beside: tuple[str, ...]) -> Options:
        """Return the options for a document, over those of a profile.

        Raises:
            UsageError: a flag is not as it should be.
        """
        environ = environment(egress_flags.heard(os.environ, self.untrusted), self.env_file or ())
        own = profile.settings.documents if profile else None
        return options_under(
            profile,
            strict=self.strict or None,
            servers=servers(self.servers or ()),
            server_variables=pairs("--server-variable", self.server_variables or ()),
            sources=sources,
            base_dir=folder("--base-dir", self.base_dir),
            documents=(*(self.documents or own or ()), *beside),
            access=self._access(),
            auth_hosts=frozenset(self.auth_hosts or ()),
            auth=tuple(self.auth or ()),
            environ=environ,
            insecure_hosts=None if self.insecure is None else frozenset(self.insecure),
            cacert=self.cacert,
            client_cert=self.client_cert,
            client_cert_password=environ.get(CERT_PASSWORD),
            interactive=False,
            mock=not self.live,
            seed=self.seed,
            stateless=self.stateless,
            proxy=self.proxy,
            no_proxy=None if self.no_proxy is None else tuple(self.no_proxy),
            follow_redirects=self.follow_redirects or None,
            cookies=self.cookies or None,
            check=self.check,
            check_level=self.check_level,
            timeout=self.timeout,
            run_timeout=self.run_timeout,
            max_wait=self.max_wait,
            max_steps=self.max_steps,
            max_depth=self.max_depth,
            max_redirects=self.max_redirects,
            max_body=self.max_body,
            untrusted=self.untrusted,
            allow_hosts=egress_flags.several(self.allow_hosts),
            deny_private=self.deny_private or None,
            allow_private=egress_flags.several(self.allow_private),
            allow_methods=egress_flags.several(self.allow_methods),
            max_bytes=self.max_bytes,
        )


def _teller(style: Look) -> Callable[[TriedDocument], None]:
    return lambda document: write_document(sys.stdout, document, style)


def _standard_input() -> bytes:
    try:
        content = standard_input(MAX_SOURCE_BYTES + 1)
    except OSError as fault:
        raise UsageError(f"cannot read standard input: {fault.strerror}") from None
    if len(content) > MAX_SOURCE_BYTES:
        raise UsageError(f"standard input is larger than {MAX_SOURCE_BYTES // (1024 * 1024)} MiB")
    return content


def _write_file(path: str, format: str, trials: Trials) -> None:
    page = io.StringIO()
    writer(format)(page, trials, Look(width=100))
    try:
        Path(path).expanduser().write_text(page.getvalue(), "utf-8", newline="\n")
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"--output: '{path}' can't be written: {reason}") from None
    failed = sum(not trial.succeeded for trial in trials.all)
    say(f"{len(trials.all):,} workflows tested, {failed:,} failed, written to {path}")


def _knows_inputs(trials: Trials) -> bool:
    """Tell whether the inputs of all workflows are known, so that one that none declares is a mistake for certain."""
    whole = not any(document.problem or document.failures for document in trials.documents)
    return whole and all(trial.inputs is not None for trial in trials.all)

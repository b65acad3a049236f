"""`arazzo run`: from the flags to the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from arazzo_runner.api import Options, Prepared, execute, operations, prepare
from arazzo_runner.api.options import MAX_TIMEOUT
from arazzo_runner.api.pace import CONCURRENCY
from arazzo_runner.api.profiles import inputs_under, options_under
from arazzo_runner.cli import (
    egress_flags,
    flags,
    journal_flags,
    prompts,
    reporting,
    scenarios,
    telemetry_flags,
)
from arazzo_runner.cli.audience import Audience, assemble
from arazzo_runner.cli.connection import proxied
from arazzo_runner.cli.credentials import halves, misspelt, unread_variables
from arazzo_runner.cli.documents import access_for, folder, open_document
from arazzo_runner.cli.each import flags as each_flags
from arazzo_runner.cli.environment import environment
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import complain, note, say
from arazzo_runner.cli.files import STDIN
from arazzo_runner.cli.inputs import Given, Wanted, gather, reads_stdin
from arazzo_runner.cli.invented import invented
from arazzo_runner.cli.outputs import check_name, nothing_found, write_all, write_one
from arazzo_runner.cli.pairs import pairs, servers
from arazzo_runner.cli.profiles import profile_for, tell
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.errors import ArazzoError, InputsError, LimitReached, RunStopped, UsageError
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.reports.page import Verbosity
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.egress import Egress
from arazzo_runner.sources.security import schemes_of
from arazzo_runner.values import Value

CERT_PASSWORD = "ARAZZO_CLIENT_CERT_PASSWORD"
"""The variable with the password of the key for mutual TLS."""

EXITS = {
    Status.SUCCEEDED: ExitCode.SUCCEEDED,
    Status.FAILED: ExitCode.FAILED,
    Status.STOPPED: ExitCode.CANNOT_CONTINUE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Run one workflow of an Arazzo document.

    Standard output carries the outputs alone; everything else is told on standard error.
    """

    file: flags.File
    workflow: flags.Workflow = None
    inputs: flags.Inputs = None
    inputs_file: flags.InputsFile = None
    env_file: flags.EnvFile = None
    no_input: flags.NoInput = False
    each: each_flags.Each = None
    each_format: each_flags.EachFormat = None
    concurrency: each_flags.Concurrency = None
    rate: each_flags.Rate = None
    results: each_flags.Results = None
    resume: each_flags.Resume = None
    dry_run: flags.DryRun = False
    step: flags.Step = False
    format: flags.RequestFormat = None
    mock: flags.Mock = False
    scenario: flags.Scenario = None
    servers: flags.Servers = None
    server_variables: flags.ServerVariables = None
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
    idempotency_key: journal_flags.IdempotencyKey = False
    traceparent: telemetry_flags.Traceparent = False
    config: flags.Config = None
    no_config: flags.NoConfig = False
    profile: flags.ProfileName = None
    strict: flags.Strict = False
    json: flags.Json = False
    output: flags.Output = None
    report: flags.Report = None
    journal: journal_flags.Journal = None
    otel: telemetry_flags.Otel = False
    show_secrets: flags.ShowSecrets = False
    quiet: flags.Quiet = False
    verbose: flags.Verbose = False
    timeout: flags.Timeout = None
    run_timeout: flags.RunTimeout = None
    max_wait: flags.MaxWait = None
    max_steps: flags.MaxSteps = None
    max_depth: flags.MaxDepth = None
    max_redirects: flags.MaxRedirects = None
    max_body: flags.MaxBody = None
    max_bytes: egress_flags.MaxBytes = None
    seed: flags.Seed = 0
    stateless: flags.Stateless = False

    def perform(self) -> int:
        """Run the workflow, and return 0 where it succeeded."""
        if self.dry_run and self.each is None:
            return self._show_requests()
        if self.each is not None:
            return self._run_each(self.each)
        if scenarios.is_all(self.scenario or ()):
            return self._walk()
        alone = self.output is not None
        audience = assemble(self._verbosity(), self.json, alone, os.environ, still=self.step, reports=self.report)
        try:
            taken = (self.file, self.inputs_file, self.journal)
            audience.reports = reporting.open_reports(
                self.report, as_json=self.json, output=self.output, verbose=self.verbose, taken=taken
            )
            self._check()
            audience.telemetry = telemetry_flags.open_telemetry(self.otel, os.environ, quiet=self.quiet)
            result = self._run(audience)
        except (LimitReached, RunStopped) as ended:
            if audience.shown is None:
                raise
            return ExitCode(ended.exit_code)  # the report has told of it
        except ArazzoError as error:
            audience.refuse(error)
            raise
        finally:
            audience.close()
        return audience.reports.code(self._write(result, audience))

    def _show_requests(self) -> ExitCode:
        """Show what would be sent, and return 0; what refuses a run refuses this too, in the same way."""
        from arazzo_runner.cli import dry_run  # brings what a run has no use for

        workflow = self.workflow
        try:
            self._check()
            format = dry_run.format_named(self.format, self.json)
            environ = environment(egress_flags.heard(os.environ, self.untrusted), self.env_file or ())
            prepared = self._prepared(environ, follows=False)
            workflow = prepared.program.entry.workflow_id
            self._remark(self._doubts(prepared, environ))
            given = self._inputs(prepared, Wanted.by(prepared.program), environ, asks=False)
            return dry_run.show_requests(prepared, given, format, quiet=self.quiet)
        except ArazzoError as error:
            if "json" in (self.format, "json" if self.json else None):
                dry_run.refuse(error, workflow)
            raise

    def _run_each(self, rows: str) -> ExitCode:
        """Run the workflow for each row, and return 0 where all succeeded."""
        self._check()
        from arazzo_runner.cli.each.command import Each  # brings an event loop, which one run has no use for
        from arazzo_runner.cli.each.source import Source

        environ = environment(egress_flags.heard(os.environ, self.untrusted), self.env_file or ())
        prepared = self._prepared(environ, follows=False)
        self._remark(self._doubts(prepared, environ))
        given = gather(Wanted.by(prepared.program), self.inputs or (), self.inputs_file, environ)
        self._remark(given.notes)
        given.inputs, given.inputs_for = inputs_under(
            prepared.options, prepared.program, given.inputs, given.inputs_for
        )
        each = Each(
            source=Source(rows, self.each_format),
            given=given,
            concurrency=self.concurrency or CONCURRENCY,
            rate=self.rate,
            results=self.results,
            resume=self.resume,
            quiet=self.quiet,
        )
        return each.perform(prepared)

    def _walk(self) -> ExitCode:
        """Walk every edge of the workflow, and return 0 where nothing was found that should not be."""
        workflow = self.workflow
        try:
            self._check()
            environ = environment(egress_flags.heard(os.environ, self.untrusted), self.env_file or ())
            prepared = self._prepared(environ, follows=False)
            workflow = prepared.program.entry.workflow_id
            given = self._inputs(prepared, Wanted.by(prepared.program), environ, asks=False)
            return scenarios.walk_all(prepared, given, as_json=self.json, quiet=self.quiet)
        except ArazzoError as error:
            if self.json:
                scenarios.refuse(error, workflow)
            raise

    def _prepared(self, environ: Mapping[str, str], *, follows: bool) -> Prepared:
        access = access_for(self.root, self.offline, self.no_cache, say if self.verbose else None, self._egress())
        description = open_document(self.file, self.base_uri, access)
        profile = profile_for(description, self.config, self.no_config, self.profile, environ, untrusted=self.untrusted)
        if not self.quiet:
            tell(profile, briefly=not follows)
        return prepare(description, self.workflow, self._options(environ, profile, access))

    def _egress(self) -> Egress:
        private, judged = self.allow_private, self.deny_private
        return egress_flags.egress_given(self.untrusted, self.allow_hosts, private, deny_private=judged)

    def _run(self, audience: Audience) -> RunResult:
        environ = environment(egress_flags.heard(os.environ, self.untrusted), self.env_file or ())
        audience.workflow = self.workflow
        prepared = self._prepared(environ, follows=audience.follows)
        audience.workflow = prepared.program.entry.workflow_id
        if self.output is not None:
            check_name(self.output, prepared.program)
        if self.verbose:
            for line in proxied(prepared):
                say(line)
        self._remark(self._doubts(prepared, environ))
        wanted = Wanted.by(prepared.program)
        given = self._inputs(prepared, wanted, environ, asks=not self.no_input)
        try:
            perform: Callable[..., RunResult] = execute
            if self.step:
                from arazzo_runner.cli.stepping.session import execute_stepwise as perform  # no other run needs it
            wanted_for, on_event = given.inputs_for, audience.on
            result = perform(prepared, given.inputs, inputs_for=wanted_for, on_event=on_event, journal=self.journal)
            self._remark(scenarios.idle(prepared, result))
            return result
        except InputsError as error:
            if self.mock:
                raise  # what is missing was invented, so only what does not fit is to be told
            flags = [f"-i {flow}:{name}=..." if flow else f"-i {name}=..." for flow, name in given.missing(wanted)]
            raise InputsError(
                error.message, f"give what is missing: {' '.join(flags)}" if flags else error.hint
            ) from None

    def _inputs(self, prepared: Prepared, wanted: Wanted, environ: Mapping[str, str], *, asks: bool) -> Given:
        given = gather(wanted, self.inputs or (), self.inputs_file, environ)
        self._remark(given.notes)
        given.inputs, given.inputs_for = inputs_under(
            prepared.options, prepared.program, given.inputs, given.inputs_for
        )
        if self.mock:
            for line in () if self.quiet else invented(prepared, given, wanted):
                say(line)
        elif asks and prompts.is_possible():
            prompts.ask_missing(given, wanted)
        return given

    def _doubts(self, prepared: Prepared, environ: Mapping[str, str]) -> Iterator[str]:
        """Yield what looks wrong about what gives credentials."""
        called = operations(prepared.program)
        schemes = schemes_of(called)
        declared = [source.name for source in prepared.description.source_descriptions]
        yield from egress_flags.unheard(os.environ, self.untrusted)
        yield from unread_variables(environ, schemes, declared)
        yield from halves(schemes, prepared.settings.credentials)
        if prepared.options.profile is not None and not prepared.options.mock:
            asked = {(each.source, key) for each in called for alternative in each.security for key in alternative}
            wanted = {at: scheme for at, scheme in schemes.items() if at in asked}
            yield from misspelt(prepared.options.profile, wanted, prepared.settings.credentials)

    def _remark(self, remarks: Iterable[str]) -> None:
        if not self.quiet:
            for remark in remarks:
                note(remark)

    def _options(self, environ: Mapping[str, str], profile: Profile | None, access: Access) -> Options:
        can_ask = not self.no_input and prompts.is_possible()
        return options_under(
            profile,
            ask=prompts.ask_secret if can_ask else None,
            strict=self.strict or None,
            servers=servers(self.servers or ()),
            server_variables=pairs("--server-variable", self.server_variables or ()),
            sources=pairs("--source", self.sources or ()),
            base_dir=folder("--base-dir", self.base_dir),
            documents=_several(self.documents),
            access=access,
            auth_hosts=frozenset(self.auth_hosts or ()),
            auth=tuple(self.auth or ()),
            environ=environ,
            insecure_hosts=None if self.insecure is None else frozenset(self.insecure),
            cacert=self.cacert,
            client_cert=self.client_cert,
            client_cert_password=environ.get(CERT_PASSWORD),
            interactive=not self.no_input and sys.stderr.isatty(),
            mock=self.mock,
            seed=self.seed,
            stateless=self.stateless,
            scenario=() if scenarios.is_all(self.scenario or ()) else tuple(self.scenario or ()),
            proxy=self.proxy,
            no_proxy=_several(self.no_proxy),
            follow_redirects=self.follow_redirects or None,
            cookies=self.cookies or None,
            idempotency_keys=self.idempotency_key,
            traceparent=telemetry_flags.wanted_header(self.traceparent, os.environ),
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
            show_secrets=self.show_secrets,
        )

    def _verbosity(self) -> Verbosity | None:
        if self.quiet:
            return Verbosity.QUIET
        return Verbosity.VERBOSE if self.verbose else None

    def _check(self) -> None:
        """Refuse flags that contradict each other, before anything is read."""
        if self.quiet and self.verbose:
            raise UsageError("--quiet and --verbose contradict each other", "leave one of the two out")
        if self.json and self.output is not None:
            raise UsageError("--json and --output both want standard output", "leave one of the two out")
        if self.dry_run and self.output is not None:
            raise UsageError("--dry-run has no outputs, so --output can't be given", "leave one of the two out")
        if self.format is not None and not self.dry_run:
            raise UsageError("--format is for --dry-run", "add --dry-run, or leave it out")
        if self.stateless and not self.mock:
            raise UsageError("--stateless is for --mock", "add --mock, or leave it out")
        each_flags.check(self, self.each)
        walks = scenarios.is_all(self.scenario or ())
        others = ((self.dry_run, "--dry-run"), (self.each is not None, "--each"), (walks, "--scenario all"))
        reporting.check_alone(self.report, others)
        journal_flags.check_alone(self.journal, others)
        telemetry_flags.check_alone(self.otel, others)
        scenarios.check(self.scenario or (), mock=self.mock, alone=self.output is not None or self.dry_run)
        for flag, seconds in (
            ("--timeout", self.timeout or 0),
            ("--run-timeout", self.run_timeout or 0),
            ("--max-wait", self.max_wait or 0),
        ):
            if not seconds <= MAX_TIMEOUT:  # no number (nan) is not either
                raise UsageError(f"{flag}: not a number of seconds", f"write {flag} 30")
        readers = [self.file == STDIN, self.inputs_file == STDIN, self.each == STDIN]
        readers += [reads_stdin(flag) for flag in self.inputs or ()]
        if sum(readers) > 1:
            raise UsageError("standard input (-) is named twice", "put one of the two into a file")
        if self.step:
            walks = scenarios.is_all(self.scenario or ())
            clashing = {
                "--quiet": self.quiet,
                "--dry-run": self.dry_run,
                "--each": self.each is not None,
                "--scenario all": walks,
            }
            from arazzo_runner.cli.stepping.session import check

            check((flag for flag, given in clashing.items() if given), input_taken=any(readers))

    def _write(self, result: RunResult, audience: Audience) -> ExitCode:
        """Write what standard output is to carry, and return the exit code."""
        if self.output is None:
            if not (self.json or audience.reports.on_stdout):
                write_all(_told(audience.shown))
        elif self.output in result.outputs:
            if result.succeeded:
                if self.quiet and audience.shown:
                    for reason in nothing_found(self.output, audience.shown.warnings):
                        note(reason)
                write_one(result.outputs[self.output])
        elif result.succeeded:
            flow = result.transferred or result.workflow
            complain(f"--output {self.output}: the run ended in workflow '{flow}', which has no such output")
            return ExitCode.CANNOT_CONTINUE
        return EXITS[result.status]


def _several(texts: list[str] | None) -> tuple[str, ...] | None:
    return None if texts is None else tuple(texts)


def _told(shown: RunResult | None) -> Mapping[str, Value]:
    """Return the outputs to write; those of a failed run that have no value are left out."""
    outputs = shown.outputs if shown else {}
    return {name: value for name, value in outputs.items() if value is not None or (shown and shown.succeeded)}

"""`arazzo resume`: go on with a recorded run where it stopped."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from arazzo_runner.api import EventStream
from arazzo_runner.api.playback import document_of, prepared_again, vault_of
from arazzo_runner.api.resuming import cut_of, resume
from arazzo_runner.cli import egress_flags, flags, journal_flags
from arazzo_runner.cli.environment import environment
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import note
from arazzo_runner.cli.inputs import Wanted, gather
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.cli.run import CERT_PASSWORD
from arazzo_runner.cli.telling import Shown, tell
from arazzo_runner.document.model import Description
from arazzo_runner.journal import Journal, read
from arazzo_runner.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Go on with a recorded run from the step that failed, or where it was cut off.

    What was answered is not asked again. A request of which nobody knows whether it was carried out is sent again only
    where that does no harm, or where --retry-unknown says so.
    """

    journal: journal_flags.JournalFile
    file: journal_flags.OtherFile = None
    step: journal_flags.From = None
    with_input: journal_flags.WithInput = None
    retry_unknown: journal_flags.RetryUnknown = False
    sources: flags.Sources = None
    auth: flags.Auth = None
    auth_hosts: flags.AuthHosts = None
    env_file: flags.EnvFile = None
    insecure: flags.Insecure = None
    cacert: flags.CaCert = None
    client_cert: flags.ClientCert = None
    proxy: flags.Proxy = None
    timeout: flags.Timeout = None
    run_timeout: flags.RunTimeout = None
    max_steps: flags.MaxSteps = None
    json: flags.Json = False
    output: flags.Output = None
    report: flags.Report = None
    show_secrets: flags.ShowSecrets = False
    quiet: flags.Quiet = False
    verbose: flags.Verbose = False

    def perform(self) -> int:
        """Go on with the run, and return 0 where it succeeds."""
        shown = Shown(self.json, self.output, self.report, self.quiet, self.verbose)
        code = tell(shown, self._begun)
        if code is ExitCode.FAILED and not self.quiet:
            self._say_if_idle()
        return code

    def _say_if_idle(self) -> None:
        """Say so where a step failed again on the answer that was recorded, and nothing was sent."""
        failed = cut_of(journal := read(self.journal))
        if failed.kept == len(journal.entries) and failed.step:
            step = "/".join(failed.step)
            told = f"nothing was sent: step '{step}' does not pass on the answer that it had"
            note(f"{told}; to send its request again: --from {step}")

    def _begun(self) -> EventStream:
        journal = read(self.journal)
        description = document_of(journal, self.file)
        heard = egress_flags.heard(os.environ, bool(journal.header.options.get("untrusted")))
        environ = environment(heard, self.env_file or ())
        changed = self._changed(environ)
        if not self.quiet:
            kept = journal.entries[: cut_of(journal, self.step).kept]
            answers = sum(entry.intent.request is not None for entry in kept)
            note(f"from the journal: {answers} {'answer' if answers == 1 else 'answers'}; what comes then is sent")
        return resume(
            journal,
            description,
            step=self.step,
            inputs=self._inputs(journal, description, changed, environ),
            retry_unknown=self.retry_unknown,
            changed=changed,
            show_secrets=self.show_secrets,
        )

    def _inputs(
        self, journal: Journal, description: Description, changed: Mapping[str, Any], environ: Mapping[str, str]
    ) -> dict[str, Value]:
        if not self.with_input:
            return {}
        prepared = prepared_again(journal, vault_of(journal), description, changed)
        given = gather(Wanted.by(prepared.program), self.with_input, None, environ)
        named = {flag.partition("=")[0].rstrip(":@") for flag in self.with_input}
        return {name: value for name, value in given.inputs.items() if name in named}

    def _changed(self, environ: Mapping[str, str]) -> dict[str, Any]:
        """Return the options that the flags put in the place of the recorded ones."""
        given: dict[str, Any] = {
            "sources": pairs("--source", self.sources or ()) or None,
            "auth": tuple(self.auth or ()) or None,
            "auth_hosts": None if self.auth_hosts is None else frozenset(self.auth_hosts),
            "insecure_hosts": None if self.insecure is None else frozenset(self.insecure),
            "cacert": self.cacert,
            "client_cert": self.client_cert,
            "client_cert_password": environ.get(CERT_PASSWORD),
            "proxy": self.proxy,
            "timeout": self.timeout,
            "run_timeout": self.run_timeout,
            "max_steps": self.max_steps,
        }
        changed = {name: value for name, value in given.items() if value is not None}
        return changed | {"environ": environ}

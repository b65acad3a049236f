"""`arazzo doctor`: what a document needs to run here and now, and the command to type."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from arazzo_runner.api import Options, Prepared
from arazzo_runner.api.profiles import inputs_under, options_under
from arazzo_runner.api.readiness import Carried, examine
from arazzo_runner.cli import egress_flags, flags
from arazzo_runner.cli.documents import access_for, folder, open_document
from arazzo_runner.cli.environment import environment
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import say
from arazzo_runner.cli.host_names import has_address
from arazzo_runner.cli.inputs import Wanted, gather, variable
from arazzo_runner.cli.output import look
from arazzo_runner.cli.pairs import pairs, servers
from arazzo_runner.cli.profiles import profile_for
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.reports.doctor.json import write_readiness
from arazzo_runner.reports.doctor.text import write_text
from arazzo_runner.sources.access import Access

CERT_PASSWORD: Final = "ARAZZO_CLIENT_CERT_PASSWORD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """Tell what an Arazzo document needs to run here and now.

    Its sources, servers, credentials and inputs, what is there and how to give the rest, and the command to type.
    Nothing is sent to any API.
    """

    file: flags.File
    workflow: flags.ExaminedWorkflow = None
    inputs: flags.Inputs = None
    inputs_file: flags.InputsFile = None
    env_file: flags.EnvFile = None
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
    online: flags.Online = False
    auth: flags.Auth = None
    auth_hosts: flags.AuthHosts = None
    client_cert: flags.ClientCert = None
    proxy: flags.Proxy = None
    no_proxy: flags.NoProxy = None
    config: flags.Config = None
    no_config: flags.NoConfig = False
    profile: flags.ProfileName = None
    strict: flags.Strict = False
    json: flags.Json = False

    def perform(self) -> int:
        """Write what is needed; 1 where something is in the way of a workflow."""
        environ = environment(egress_flags.heard(os.environ, self.untrusted), self.env_file or ())
        private, judged = self.allow_private, self.deny_private
        egress = egress_flags.egress_given(self.untrusted, self.allow_hosts, private, deny_private=judged)
        access = access_for(self.root, self.offline, self.no_cache, say, egress)
        description = open_document(self.file, self.base_uri, access)
        profile = profile_for(description, self.config, self.no_config, self.profile, environ, untrusted=self.untrusted)
        readiness = examine(
            description,
            self.workflow,
            self._options(environ, profile, access),
            given=lambda prepared: self._given(prepared, environ),
            carried=Carried(tuple(self._always()), tuple(self._live()), tuple(self.inputs or ())),
            resolves=has_address if self.online else None,
        )
        if self.json:
            write_readiness(sys.stdout, readiness)
        else:
            write_text(sys.stdout, readiness, look(sys.stdout, os.environ))
        return ExitCode.SUCCEEDED if readiness.ready else ExitCode.FAILED

    def _options(self, environ: Mapping[str, str], profile: Profile | None, access: Access) -> Options:
        return options_under(
            profile,
            ask=_will_ask,
            strict=self.strict or None,
            servers=servers(self.servers or ()),
            server_variables=pairs("--server-variable", self.server_variables or ()),
            sources=pairs("--source", self.sources or ()),
            base_dir=folder("--base-dir", self.base_dir),
            documents=None if self.documents is None else tuple(self.documents),
            access=access,
            auth_hosts=frozenset(self.auth_hosts or ()),
            auth=tuple(self.auth or ()),
            environ=environ,
            client_cert=self.client_cert,
            client_cert_password=environ.get(CERT_PASSWORD),
            interactive=False,
            proxy=self.proxy,
            no_proxy=None if self.no_proxy is None else tuple(self.no_proxy),
            untrusted=self.untrusted,
            allow_hosts=egress_flags.several(self.allow_hosts),
            deny_private=self.deny_private or None,
            allow_private=egress_flags.several(self.allow_private),
            allow_methods=egress_flags.several(self.allow_methods),
        )

    def _given(self, prepared: Prepared, environ: Mapping[str, str]) -> Mapping[tuple[str, str], str]:
        """Return who gives which input: a flag, the file of `--inputs`, the environment or the profile."""
        wanted = Wanted.by(prepared.program)
        flagged = gather(wanted, self.inputs or (), None, {})
        filed = gather(wanted, self.inputs or (), self.inputs_file, {})
        named = gather(wanted, self.inputs or (), self.inputs_file, environ)
        own, others = inputs_under(prepared.options, prepared.program, named.inputs, named.inputs_for)
        profile = prepared.options.profile
        found: dict[tuple[str, str], str] = {}
        for workflow, name in [("", each) for each in own] + [(flow, name) for flow in others for name in others[flow]]:
            if name in flagged.of(workflow):
                found[workflow, name] = "-i"
            elif name in filed.of(workflow):
                found[workflow, name] = f"--inputs {self.inputs_file}"
            elif name in named.of(workflow):
                found[workflow, name] = variable(name)
            else:
                found[workflow, name] = profile.file if profile is not None else ""
        return found

    # ------------------------------------------------------------ what the printed command has to repeat

    def _always(self) -> Iterator[str]:
        """Yield the words that say what is read and what goes in; no credential among them."""
        for flag, values in (
            ("--document", self.documents),
            ("--env-file", self.env_file),
            ("--allow-host", self.allow_hosts),
            ("--allow-private", self.allow_private),
        ):
            for value in values or ():
                yield from (flag, value)
        named: tuple[tuple[str, str | None], ...] = (
            ("--base-dir", self.base_dir),
            ("--base-uri", self.base_uri),
            ("--root", self.root),
            ("--inputs", self.inputs_file),
            ("--config", self.config),
            ("--profile", self.profile),
        )
        yield from (word for flag, one in named if one is not None for word in (flag, one))
        for flag, said in (
            ("--offline", self.offline),
            ("--no-cache", self.no_cache),
            ("--no-config", self.no_config),
            ("--strict", self.strict),
            ("--untrusted", self.untrusted),
            ("--deny-private", self.deny_private),
        ):
            if said:
                yield flag

    def _live(self) -> Iterator[str]:
        """Yield the words for a run that sends; a credential is written as a placeholder."""
        for flag, values in (
            ("--server", self.servers),
            ("--server-variable", self.server_variables),
            ("--auth", [_hidden(each) for each in self.auth or ()]),
            ("--auth-host", self.auth_hosts),
            ("--no-proxy", self.no_proxy),
            ("--allow-method", self.allow_methods),
        ):
            for value in values or ():
                yield from (flag, value)
        proxy = None if self.proxy is None else _without_password(self.proxy)
        named = (("--client-cert", self.client_cert), ("--proxy", proxy))
        yield from (word for flag, one in named if one is not None for word in (flag, one))


def _hidden(auth: str) -> str:
    """Return an `--auth` text without its secret; a reference to one (`@env:NAME`) stays."""
    name, equals, value = auth.partition("=")
    if not equals:
        return "..."  # a secret without its scheme, for all that is known
    return f"{name}{equals}{value if value.startswith('@') else '...'}"


def _without_password(proxy: str) -> str:
    """Return a proxy's URL with a placeholder where it says who asks."""
    scheme, marks, rest = proxy.rpartition("://")
    user, sign, place = rest.rpartition("@")
    return f"{scheme}{marks}USER:PASSWORD{sign}{place}" if user else proxy


def _will_ask(name: str) -> str:
    """Stand in for the person whom a run would ask: that is enough to know that the secret can be had."""
    return f"({name})"

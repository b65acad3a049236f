"""`arazzo show`: what a document offers and wants."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace

from arazzo_runner.api import Options
from arazzo_runner.api.profiles import options_under, sources_of
from arazzo_runner.cli import flags
from arazzo_runner.cli.documents import access_for, folder, open_document
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import say, show_findings
from arazzo_runner.cli.listing import listing
from arazzo_runner.cli.listing_json import listing_json
from arazzo_runner.cli.listing_text import listing_lines
from arazzo_runner.cli.output import look, page
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.cli.profiles import profile_for
from arazzo_runner.diagnostics import Severity, did_you_mean
from arazzo_runner.document.model import Description
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.reports.plain import write_json
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.registry import Registry
from arazzo_runner.sources.search import files_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Show what an Arazzo document offers and wants.

    Its workflows with their inputs, steps and outputs, the servers that are called, and the credentials that are
    wanted, with how to give each. Nothing is sent to any API.
    """

    file: flags.File
    workflow: flags.ShownWorkflow = None
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
    json: flags.Json = False

    def perform(self) -> int:
        """Write the listing to standard output."""
        access = access_for(self.root, self.offline, self.no_cache, say)
        description = open_document(self.file, self.base_uri, access)
        ids = [flow.workflow_id for flow in description.workflows]
        if not ids:
            raise DocumentError(description.diagnostics)
        if self.workflow is not None and self.workflow not in ids:
            hint = did_you_mean(self.workflow, ids)
            raise UsageError(f"there is no workflow '{self.workflow}' in {description.source.name}", hint)
        profile = profile_for(description, self.config, self.no_config, self.profile, os.environ)
        registry = self._gathered(description, self._options(profile, access))
        found = (*description.diagnostics, *registry.diagnostics)
        if faults := tuple(each for each in found if each.severity is Severity.ERROR):
            show_findings(faults)
        listed = replace(
            listing(description, registry, self.workflow, pairs("--source", self.sources or ())), profile=profile
        )
        if self.json:
            write_json(sys.stdout, listing_json(listed))
        else:
            page(sys.stdout).write(listing_lines(listed, look(sys.stdout, os.environ)))
        return ExitCode.SUCCEEDED

    def _options(self, profile: Profile | None, access: Access) -> Options:
        return options_under(
            profile,
            sources=pairs("--source", self.sources or ()),
            base_dir=folder("--base-dir", self.base_dir),
            documents=None if self.documents is None else tuple(self.documents),
            access=access,
        )

    def _gathered(self, description: Description, options: Options) -> Registry:
        return gather(
            description,
            overrides=sources_of(options, description),
            base_dir=options.base_dir,
            supplied=options.documents,
            find=files_named,
            retrieve=options.access,
        )

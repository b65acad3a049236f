"""`arazzo show`: what a document offers and wants."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from arazzo_runner.cli import flags
from arazzo_runner.cli.documents import open_document
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import show_findings
from arazzo_runner.cli.listing import listing
from arazzo_runner.cli.listing_json import listing_json
from arazzo_runner.cli.listing_text import listing_lines
from arazzo_runner.cli.output import look, page
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.diagnostics import Severity, did_you_mean
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.reports.plain import write_json
from arazzo_runner.sources.registry import gather


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """Show what an Arazzo document offers and wants.

    Its workflows with their inputs, steps and outputs, the servers that are called, and the credentials that are
    wanted, with how to give each. Nothing is sent to any API.
    """

    file: flags.File
    workflow: flags.ShownWorkflow = None
    sources: flags.Sources = None
    json: flags.Json = False

    def perform(self) -> int:
        """Write the listing to standard output."""
        description = open_document(self.file)
        ids = [flow.workflow_id for flow in description.workflows]
        if not ids:
            raise DocumentError(description.diagnostics)
        if self.workflow is not None and self.workflow not in ids:
            hint = did_you_mean(self.workflow, ids)
            raise UsageError(f"there is no workflow '{self.workflow}' in {description.source.name}", hint)
        registry = gather(description, overrides=pairs("--source", self.sources or ()))
        found = (*description.diagnostics, *registry.diagnostics)
        if faults := tuple(each for each in found if each.severity is Severity.ERROR):
            show_findings(faults)
        listed = listing(description, registry, self.workflow)
        if self.json:
            write_json(sys.stdout, listing_json(listed))
        else:
            page(sys.stdout).write(listing_lines(listed, look(sys.stdout, os.environ)))
        return ExitCode.SUCCEEDED

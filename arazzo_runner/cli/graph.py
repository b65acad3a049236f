"""`arazzo graph`: a workflow as a picture, without running it."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeAlias

from arazzo_runner.api.picturing import picture
from arazzo_runner.cli import flags
from arazzo_runner.cli.documents import access_for, folder, open_document
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import say, show_findings
from arazzo_runner.cli.formats import chosen_format
from arazzo_runner.cli.marks import option
from arazzo_runner.cli.output import look
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.diagnostics import Severity, did_you_mean
from arazzo_runner.document.model import Description
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.graph.model import Graph
from arazzo_runner.reports.graph import ENDINGS, FORMATS, writer
from arazzo_runner.reports.page import Look
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.search import files_named

DrawnWorkflow: TypeAlias = Annotated[
    str | None,
    option(
        "--workflow",
        "-w",
        metavar="ID",
        help="Draw this workflow and those that it can reach; all, if left out.",
        autocompletion="arazzo_runner.cli.completion:complete_workflow",
    ),
]
GraphFormat: TypeAlias = Annotated[
    str | None,
    option(
        "--format",
        metavar="FORMAT",
        help=f"One of {', '.join(FORMATS)}. Without it, the ending of --output counts, else {next(iter(FORMATS))}.",
    ),
]
GraphFile: TypeAlias = Annotated[
    str | None,
    option("--output", "-o", metavar="FILE", help="Write to this file, in place of standard output."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Draw the workflows of an Arazzo document, without running them.

    Every step with where each outcome can lead: the next step, goto, retry, end, other workflows, dependencies. The
    document alone is enough; API descriptions on this machine add the method and path of each call. Nothing else is
    read from the network, and nothing is sent to any API.
    """

    file: flags.File
    workflow: DrawnWorkflow = None
    format: GraphFormat = None
    output: GraphFile = None
    json: flags.Json = False
    sources: flags.Sources = None
    base_dir: flags.BaseDir = None
    base_uri: flags.BaseUri = None
    root: flags.Root = None
    offline: flags.Offline = False

    def perform(self) -> int:
        """Write the graph to standard output, or to the file."""
        name = chosen_format(self.format, self.json, FORMATS, self._otherwise())
        description = open_document(self.file, self.base_uri, access_for(self.root, self.offline, False, say))
        graph = self._graph(description)
        if faults := tuple(each for each in description.diagnostics if each.severity is Severity.ERROR):
            show_findings(faults)
        if self.output is None:
            writer(name)(sys.stdout, graph, look(sys.stdout, os.environ))
        else:
            _write(self.output, name, graph)
        return ExitCode.SUCCEEDED

    def _otherwise(self) -> str:
        """Return the format that the ending of the file asks for."""
        ending = Path(self.output).suffix.lower() if self.output and not (self.format or self.json) else ""
        if ending and ending not in ENDINGS:
            raise UsageError(f"--output: '{ending}' tells no format", f"add --format: {', '.join(FORMATS)}")
        return ENDINGS.get(ending, next(iter(FORMATS)))

    def _graph(self, description: Description) -> Graph:
        ids = [flow.workflow_id for flow in description.workflows]
        if not ids:
            raise DocumentError(description.diagnostics)
        if self.workflow is not None and self.workflow not in ids:
            hint = did_you_mean(self.workflow, ids)
            raise UsageError(f"there is no workflow '{self.workflow}' in {description.source.name}", hint)
        registry = gather(
            description,
            overrides=pairs("--source", self.sources or ()),
            base_dir=folder("--base-dir", self.base_dir),
            retrieve=access_for(self.root, True, False),
            find=files_named,
        )
        return picture(description, registry, self.workflow)


def _write(path: str, name: str, graph: Graph) -> None:
    page = io.StringIO()
    writer(name)(page, graph, Look(width=120))
    try:
        Path(path).expanduser().write_text(page.getvalue(), "utf-8", newline="\n")
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "no file can have that name"
        raise UsageError(f"--output: '{path}' can't be written: {reason}") from None

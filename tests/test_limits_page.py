"""The page of limits names every limit with the value that it has."""

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from arazzo_runner.api import blaming, confinement, pace, trying, walking, workers
from arazzo_runner.cli import document_search, files
from arazzo_runner.cli.each import cells, records
from arazzo_runner.criteria import filled
from arazzo_runner.criteria.simple import limits as simple
from arazzo_runner.document import limits as documents
from arazzo_runner.engine import limits as runs
from arazzo_runner.expressions import embed, template
from arazzo_runner.fixes import limits as fixes
from arazzo_runner.fixes import styles
from arazzo_runner.graph import actions as graph_actions
from arazzo_runner.graph import build as graphs
from arazzo_runner.graph import lanes
from arazzo_runner.graph import layout as pictures
from arazzo_runner.journal import codec
from arazzo_runner.journal import reader as journals
from arazzo_runner.journal.comparison import limits as comparisons
from arazzo_runner.mock import limits as mock
from arazzo_runner.mock.scenarios import guide, routes
from arazzo_runner.mock.server import limits as mock_server
from arazzo_runner.profiles import places, references, search
from arazzo_runner.program import input_schema, schema_references
from arazzo_runner.query.jsonpath import limits as jsonpath
from arazzo_runner.query.regex import limits as regex
from arazzo_runner.query.xpath import limits as xpath
from arazzo_runner.reports import markdown
from arazzo_runner.reports.comparison import html as comparison_page
from arazzo_runner.reports.comparison import text as comparison_text
from arazzo_runner.reports.each import tally
from arazzo_runner.reports.graph import words
from arazzo_runner.reports.run import choice
from arazzo_runner.reports.run import github as annotations
from arazzo_runner.reports.run import markdown as comments
from arazzo_runner.reports.run.html import json_layout
from arazzo_runner.reports.run.html import limits as html
from arazzo_runner.reports.telemetry import export as telemetry
from arazzo_runner.sources import cache, fetch, parses, retrieval
from arazzo_runner.sources import documents as sources
from arazzo_runner.sources import search as moved
from arazzo_runner.sources.openapi import references as openapi
from arazzo_runner.validate import suppression


def constants(*modules: ModuleType) -> dict[str, float]:
    """Return the limits of modules by their names: the constants that begin with MAX or LONGEST."""
    return {
        name.lower(): value
        for module in modules
        for name, value in vars(module).items()
        if name.startswith(("MAX_", "LONGEST_")) and isinstance(value, int | float) and name != "MAX_SHOWN"
    }


def of_a_run() -> dict[str, float]:
    """Return the limits of a run: their defaults, but for `run_timeout`, which has none."""
    limits = runs.Limits()
    found = {one.name: getattr(limits, one.name) for one in fields(limits)}
    return {name: value for name, value in found.items() if value is not None}


SECTIONS: Mapping[str, dict[str, float]] = {
    "Runs": {**constants(runs), **of_a_run()},
    "Documents of others": dict(confinement.BUDGETS),
    "Documents": constants(documents),
    "Sources": {
        **constants(retrieval, fetch, cache, parses, sources, moved, openapi),
        "fetch_timeout": fetch.FETCH_TIMEOUT,
    },
    "Values": constants(embed, template, filled),
    "Inputs": constants(files, input_schema, schema_references),
    "Simple conditions": constants(simple),
    "Regular expressions": constants(regex),
    "JSONPath": constants(jsonpath),
    "XPath": constants(xpath),
    "Judging": constants(document_search, suppression),
    "Mending": constants(fixes, styles),
    "Profiles": constants(places, references, search),
    "Mock": constants(mock),
    "Walks": constants(walking, routes, guide),
    "Tests": {**constants(blaming, trying, workers), "workflow_seconds": workers.WORKFLOW_SECONDS},
    "Journals": constants(codec, journals),
    "Many runs": constants(pace, cells, records, tally),
    "Mock server": {
        **constants(mock_server),
        **{name.lower(): getattr(mock_server, name) for name in ("HEAD_TIMEOUT", "BODY_TIMEOUT", "IDLE_TIMEOUT")},
    },
    "Graphs": constants(graph_actions, graphs, lanes, pictures, words),
    "Comments and annotations": constants(markdown, comments, annotations, choice),
    "HTML report": constants(html, json_layout),
    "Telemetry": {**constants(telemetry), "export_timeout": telemetry.EXPORT_TIMEOUT},
    "Comparisons": constants(comparisons, comparison_text, comparison_page),
}


def listed(text: str, section: str) -> dict[str, float]:
    """Return the names and values of a section's table."""
    part = text.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return {
        name: float(value.replace(",", "")) for name, value in re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", part, re.M)
    }


@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_tells_each_limit_and_its_value(section: str, project: Path) -> None:
    text = (project / "docs" / "limits.md").read_text("utf-8")
    assert listed(text, section) == SECTIONS[section]


def test_the_page_has_no_other_sections(project: Path) -> None:
    text = (project / "docs" / "limits.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.M) == list(SECTIONS)

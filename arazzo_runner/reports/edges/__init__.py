"""The edges of a workflow and which of them runs have taken: text for a person, JSON for a program."""

from arazzo_runner.reports.edges.json import write_coverage_json, write_refused_coverage
from arazzo_runner.reports.edges.text import write_coverage

__all__ = ["write_coverage", "write_coverage_json", "write_refused_coverage"]

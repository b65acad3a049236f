"""A run as one HTML page that needs nothing else: no network, no server, no script to be read."""

from arazzo_runner.reports.run.html.reporter import HtmlReporter

__all__ = ["HtmlReporter"]

"""Previews of requests in each form: text for a person, curl to be pasted into a shell, JSON for a program."""

from collections.abc import Callable, Mapping
from typing import Final, TextIO, TypeAlias

from arazzo_runner.preview import Preview
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.requests.curl import write_curl
from arazzo_runner.reports.requests.json import write_preview_json, write_refused_preview
from arazzo_runner.reports.requests.text import write_preview

Writer: TypeAlias = Callable[[TextIO, Preview, Look], None]

FORMATS: Final[Mapping[str, Writer]] = {"text": write_preview, "curl": write_curl, "json": write_preview_json}
"""Each form by its name; the first is the default."""

__all__ = ["FORMATS", "Writer", "write_refused_preview"]

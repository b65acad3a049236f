"""What each format makes of the tape that has everything: kept beside this, compared by the test of each format.

Run as a module it writes the files anew; look at what changed.
"""

from __future__ import annotations

import io
from pathlib import Path

from arazzo_runner._version import VERSION
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run import FORMATS
from tests.reports.run.tape import RUNS

FOLDER = Path(__file__).with_name("snapshots")
ENDINGS = {
    "github": "txt",
    "har": "har",
    "json": "json",
    "junit": "xml",
    "markdown": "md",
    "ndjson": "ndjson",
    "text": "txt",
}
KEPT = ("checkout", "cut off")


def written(format: str, name: str) -> str:
    """Return what a format makes of a tape; a reporter that is closed twice writes once."""
    stream = io.StringIO()
    reporter = FORMATS[format](stream, Look(width=100))
    for stamped in RUNS[name]:
        reporter.on(stamped)
    reporter.close()
    told = stream.getvalue()
    reporter.close()
    assert stream.getvalue() == told
    return told


def place(format: str, name: str) -> Path:
    return FOLDER / f"{name.replace(' ', '-')}-{format}.{ENDINGS[format]}"


def snapshot(format: str, name: str) -> str:
    """Return what is kept, with the version of this package in the place of that of the day."""
    return place(format, name).read_text("utf-8").replace("VERSION-OF-THE-DAY", VERSION)


if __name__ == "__main__":
    for format in ENDINGS:
        for name in KEPT:
            told = written(format, name).replace(f'"{VERSION}"', '"VERSION-OF-THE-DAY"')
            place(format, name).write_text(told, "utf-8", newline="\n")

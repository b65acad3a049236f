"""The results as a table, for the terminal and for docs/performance.md."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from arazzo_runner._version import VERSION
from benchmarks.row import BYTES, Row
from benchmarks.timing import Result

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN: Final = "<!-- benchmarks: begin -->"
END: Final = "<!-- benchmarks: end -->"
PACKAGES: Final = ("httpx2", "jsonschema-rs", "msgspec", "pyyaml", "typer")
"""What the results depend on besides Python."""


def line(result: Result) -> str:
    """Return a result in one line, for the terminal."""
    row = result.row
    verdict = "met" if result.met else "MISSED"
    times = f"{_amount(row, result.seconds)} against {_amount(row, result.floor_seconds)}"
    return f"{row.name:<20} {result.ratio:5.2f} x  (goal {row.goal:g} x: {verdict})  {times}"


def table(results: Iterable[Result]) -> str:
    """Return the results as a table in Markdown."""
    lines = ["| row | floor, in the same run | ratio | goal | times |", "|---|---|---|---|---|"]
    for result in results:
        row = result.row
        times = f"{_amount(row, result.seconds)} / {_amount(row, result.floor_seconds)}"
        ratio = f"{result.ratio:.2f} x" if result.met else f"**{result.ratio:.2f} x**"
        lines.append(f"| {row.what} | {row.floor} | {ratio} | {row.goal:g} x | {times} |")
    notes = [f"- `{one.row.name}`: {one.row.note}" for one in results if one.row.note]
    return "\n".join([*lines, *(["", *notes] if notes else [])])


def _amount(row: Row, amount: float) -> str:
    return f"{amount / 2**20:,.1f} MiB" if row.unit == BYTES else f"{amount * 1000:,.1f} ms"


def machine(today: date) -> str:
    """Return on what the results were taken, in a sentence."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    system = f"{platform.system()} {platform.machine()}, {_processor()}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"Taken on {today.isoformat()} with version {VERSION}, {python}, {packages}, on {system}."


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    text = cpus.read_text("utf-8", "replace") if cpus.is_file() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.M)
    return found[1].strip() if found else platform.processor() or "a processor that does not say its name"


def write(results: Sequence[Result], today: date, page: Path = PAGE) -> None:
    """Put the table into the page, between its two marks.

    Raises:
        ValueError: the page has not the marks.
    """
    text = page.read_text("utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"{page} needs one line '{BEGIN}' and one '{END}'")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    content = f"{machine(today)}\n\n{table(results)}"
    page.write_text(f"{before}{BEGIN}\n\n{content}\n\n{END}{after}", "utf-8", newline="\n")

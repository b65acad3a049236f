"""Writes docs/conformance.md from the suite: `python -m tests.conformance.page`.

With `--check` nothing is written, and the exit code is 1 where the page is not up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from specs.conformance.harness.cases import Case, load_requirements, load_suite
from specs.conformance.harness.coverage import Requirement, requirements

PAGE = Path(__file__).resolve().parents[2] / "docs" / "conformance.md"

HEAD = """\
# Conformance

<!-- This page is generated: python -m tests.conformance.page -->

What the Arazzo Specification 1.0.x and 1.1 demands is numbered here, and each demand is either proved by cases, or said to be pending, or not applicable.
A case is data, and no part of this project: an Arazzo document, its sources, inputs, the scripted answers of a server, and what must follow on the wire, in
the outcome and in the outputs. The cases are in `specs/conformance/cases/`; `specs/conformance/README.md` describes their form.

{summary}

`pending` names the part of the work that a requirement waits for. Not applicable is what belongs to asynchronous steps (AsyncAPI), which are not run.

## Running the suite

In process, with no socket and no clock, in seconds:

```sh
poe conformance
```

Against any runner, over a real server on loopback. The harness needs Python 3.11, PyYAML and nothing of this project:

```sh
python specs/conformance/harness/run.py --adapter arazzo --topic retry
python specs/conformance/harness/run.py --adapter path/to/my_adapter.py --mode practical --version 1.0.1
```

An adapter is one Python file that runs one workflow with one runner and says what came of it:

```python
import json
import subprocess

from harness.observed import Observed

MODES = ("practical",)  # a runner that reads documents literally has "strict"


def run(job):
    command = ["my-runner", job.entry, job.workflow or "", "--inputs", job.inputs_file]
    done = subprocess.run(command, cwd=job.folder, capture_output=True, text=True, check=False)
    outcome = {{0: "succeeded", 1: "failed"}}.get(done.returncode, "refused")
    return Observed(outcome, outputs=json.loads(done.stdout or "{{}}").get("outputs"))
```

What the adapter does not know it leaves out (`None`), and it is not judged. The requests are judged as they came over the wire, whoever sent them.
`--proves RTY-08` runs the cases of one requirement, `--json FILE` keeps the results.

## Requirements

Who: R is a runner, V a validator. Level: as the specification says; IMPL is what it only implies, or what we read into it where it is silent.
"""


def page(cases: Iterable[Case]) -> str:
    """Return the text of the page."""
    known = tuple(cases)
    found = requirements(load_requirements(), known)
    parts = [HEAD.format(summary="\n".join(_summary(found, known)))]
    groups: dict[str, list[Requirement]] = {}
    for one in found:
        groups.setdefault(one.id.partition("-")[0] if "-" in one.id else "Practical readings", []).append(one)
    for name, members in groups.items():
        parts.append("\n".join(_table(name, members)) + "\n")
    return "\n".join(parts)


def _summary(found: tuple[Requirement, ...], cases: tuple[Case, ...]) -> Iterator[str]:
    runs = sum(len(case.modes) * len(case.versions) for case in cases)
    yield f"{len({case.group for case in cases})} cases, {len(cases)} with the rows of their tables, {runs} runs in all versions and modes.\n"
    yield "| | proved | pending | not applicable | in all |"
    yield "|---|---|---|---|---|"
    numbered = [one for one in found if "-" in one.id]
    yield _counts("requirements for runners (R, VR)", [one for one in numbered if one.is_for_runners])
    yield _counts("requirements for validators alone (V)", [one for one in numbered if not one.is_for_runners])
    yield _counts("practical readings", [one for one in found if "-" not in one.id])


def _counts(name: str, found: list[Requirement]) -> str:
    numbers = [sum(one.state == state for one in found) for state in ("proved", "pending", "not applicable")]
    return f"| {name} | {' | '.join(map(str, numbers))} | {len(found)} |"


def _table(name: str, members: list[Requirement]) -> Iterator[str]:
    yield f"### {name}\n"
    yield "| id | level | versions | who | requirement | state |"
    yield "|---|---|---|---|---|---|"
    for one in members:
        title = one.title.replace("|", "\\|")
        yield f"| {one.id} | {one.level} | {one.versions} | {one.who} | {title} | {_state(one)} |"


def _state(one: Requirement) -> str:
    if one.cases:
        return ", ".join(f"`{name}`" for name in one.cases)
    return f"not applicable: {one.not_applicable}" if one.not_applicable else f"pending: {one.pending}"


def main(arguments: list[str]) -> int:
    """Write the page, or see whether it is up to date."""
    text = page(load_suite())
    if "--check" in arguments:
        return int(not PAGE.is_file() or PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

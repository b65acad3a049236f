"""Runs workflows full of program texts under an audit hook, and tells what the hook saw (for a process of its own).

Python has a hook for whatever reaches out of it: code that is compiled or executed, modules, files, processes, sockets.
The first round, with another canary, loads what is loaded when it is first needed; the second is watched.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from arazzo_runner.api import begin, load, prepare
from arazzo_runner.drivers.blocking import drive
from arazzo_runner.drivers.clock import SimulatedTime
from arazzo_runner.engine.outcomes import Responded, Response
from arazzo_runner.errors import ArazzoError
from arazzo_runner.query.xpath import VERSIONS
from tests.engine.programs import HEAD, OPENAPI
from tests.hostile.cases import step, workflow
from tests.hostile.program_texts import answers, texts

WATCHED = (
    "exec",
    "compile",
    "open",
    "import",
    "subprocess.",
    "os.",
    "socket.",
    "pickle.",
    "marshal.",
    "ctypes.",
    "shutil.",
)
ITS_OWN = ("jsonpath_ng._ply_tables",)
"""The parser of a library loads its tables by executing a text that is always the same: their import."""

JSONPATH_VERSIONS = ("rfc9535", "draft-goessner-dispatch-jsonpath-00")


def steps(found: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Make a step of each text in each place; the last action lets the next step follow a failure."""
    everything = [text for name, table in found.items() if name != "yaml" for text in table]
    for text in everything:
        yield {"operationId": "z", "requestBody": {"payload": {"a": text, text: f"x {text} {{$inputs.a}}"}}}
        yield {"operationId": "z", "requestBody": {"contentType": "text/plain", "payload": f"{text}{{$response.body}}"}}
        yield {"operationId": "x", "successCriteria": [{"condition": text}]}
        yield {"operationId": "x", "successCriteria": [{"condition": f"$response.body == '{text}'"}]}
        yield {
            "operationId": "x",
            "successCriteria": [{"condition": "$response.body", "context": text, "type": "regex"}],
        }
        yield {"operationId": "x", "outputs": {"o": text}}
    for kind, table, versions in (
        ("regex", [*found["regex"], *found["code"]], (None,)),
        ("jsonpath", [*found["jsonpath"], *found["code"]], JSONPATH_VERSIONS),
        ("xpath", [*found["xpath"], *found["code"]], tuple(VERSIONS)),
    ):
        for text in table:
            for version in versions:
                named = kind if version is None else {"type": kind, "version": version}
                for condition in (text, f"boolean({text})", f"//a[{text}]") if kind == "xpath" else (text,):
                    criterion = {"condition": condition, "context": "$response.body", "type": named}
                    yield {"operationId": "x", "successCriteria": [criterion]}


def documents(canary: str) -> Iterator[str]:
    """Make a document of each step, and one of each tag of YAML."""
    found = texts(canary)
    for members in steps(found):
        read = step(outputs={"o": "$response.body"})
        evil = step("evil", **members, onFailure=[{"name": "on", "type": "goto", "stepId": "last"}])
        flow = workflow(read, evil, step("last"), inputs={"properties": {"a": {"default": "A"}}})
        yield HEAD.format(version="1.1.0") + json.dumps({"workflows": [flow]})[1:-1]
    for tag in found["yaml"]:
        yield HEAD.format(version="1.0.1") + f"workflows: [{{workflowId: w, summary: {tag}, steps: []}}]\nx-a: {tag}\n"


def play(folder: Path, canary: Path, stride: int) -> tuple[int, str]:
    """Run every so many of the documents; return how many ended in a result, and all that they told."""
    bodies = answers(str(canary))
    ended, told = 0, ""
    for number, text in enumerate(islice(documents(str(canary)), 0, None, stride)):
        body, content_type = bodies[number % len(bodies)]
        answer = Responded(Response(200, (("Content-Type", content_type),), body))
        try:
            run = begin(prepare(load(text=text, base_uri=str(folder / "arazzo.yaml"))))
            result = drive(run, lambda effect, answer=answer: answer, SimulatedTime())  # type: ignore[misc]  # a default is no parameter of `Answer`
            ended += 1
            told += repr(
                [
                    (one.outputs, one.attempts, [attempt.request and attempt.request.body for attempt in one.attempts])
                    for one in result.steps
                ]
            )
        except ArazzoError as refused:
            told += str(refused)
    return ended, told


def main() -> None:
    """Play twice, watch the second time, and write what was seen."""
    seen: list[str] = []
    stride = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "openapi.yaml").write_text(OPENAPI, "utf-8")
        play(folder, folder / "first", stride)
        watching = [True]

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            if watching[0] and event.startswith(WATCHED):
                told = " ".join(str(getattr(one, "co_names", one)) for one in arguments)
                if not any(text in told for text in (str(folder / "openapi.yaml"), *ITS_OWN)):
                    seen.append(f"{event} {told}"[:300])

        sys.addaudithook(hook)
        ended, told = play(folder, folder / "second", stride)
        found = seen.copy()
        seen.clear()
        eval("1 + 1")  # shows that the hook sees such things
        watching[0] = False
        left = [path.name for path in folder.iterdir() if path.name != "openapi.yaml"]
    print(
        json.dumps(
            {
                "seen": found,
                "control": seen,
                "left": left,
                "ended": ended,
                "read": "root:" in told,
                "sum": "x 49" in told,
            }
        )
    )


if __name__ == "__main__":
    main()

"""Runs the conformance suite against a runner, over a real server on loopback.

    python run.py --adapter arazzo [--topic retry] [--case 'simple-conditions/*'] [--mode strict] [--version 1.1.0]

Needs Python 3.11 and PyYAML, and nothing else. An adapter is a file in `adapters/`, or any file that you name.
"""

from __future__ import annotations

import argparse
import fnmatch
import importlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import cast

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from harness.cases import MODES, VERSIONS, Case, Variation, load_suite  # noqa: E402 - the path comes first
from harness.job import Adapter  # noqa: E402 - the path comes first
from harness.server import LoopbackServer  # noqa: E402 - the path comes first
from harness.wire import check, is_runnable  # noqa: E402 - the path comes first


def main() -> int:
    """Run what the command line asks for; 0 if every case holds, 2 if the adapter has no runner to put them to."""
    arguments = _arguments()
    adapter = _adapter(arguments.adapter)
    missing = getattr(adapter, "missing", str)()
    if missing:
        print(f"nothing was run: {missing}", file=sys.stderr)
        return 2
    cases = [case for case in _chosen(arguments) if is_runnable(case, adapter) and _is_wanted(case, adapter, arguments)]
    servers: SimpleQueue[LoopbackServer] = SimpleQueue()
    for _ in range(arguments.jobs):
        servers.put(LoopbackServer())

    def run(case: Case) -> tuple[Case, list[str]]:
        server = servers.get()
        try:
            return case, [text for one in _variations(case, server, adapter, arguments) for text in one]
        finally:
            servers.put(server)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        results = [_told(*result, arguments) for result in pool.map(run, cases)]
    failed = sum(bool(found) for _, found in results)
    print(f"\n{len(results) - failed} of {len(results)} cases hold")
    if arguments.json:
        report = {case.name: {"proves": case.proves, "differences": found} for case, found in results}
        Path(arguments.json).write_text(json.dumps(report, indent=1, ensure_ascii=False), "utf-8")
    return 1 if failed else 0


def _is_wanted(case: Case, adapter: Adapter, arguments: argparse.Namespace) -> bool:
    """Tell whether there is any variation to run: a case that was not put to the runner does not hold by that."""
    modes = [mode for mode in case.modes if mode in adapter.MODES]
    return arguments.version in (None, *case.versions) and bool(modes) and arguments.mode in (None, *modes)


def _variations(
    case: Case, server: LoopbackServer, adapter: Adapter, arguments: argparse.Namespace
) -> Iterator[list[str]]:
    for variation in case.variations(server.url):
        wanted = arguments.version in (None, variation.version) and arguments.mode in (None, variation.mode)
        if wanted and variation.mode in adapter.MODES:
            yield [f"{variation.name}: {text}" for text in _safely(variation, adapter, server)]


def _safely(variation: Variation, adapter: Adapter, server: LoopbackServer) -> list[str]:
    try:
        return check(variation, adapter, server)
    except Exception as fault:  # an adapter that breaks fails its case, and the others go on
        return [f"the adapter broke: {type(fault).__name__}: {fault}"]


def _told(case: Case, found: list[str], arguments: argparse.Namespace) -> tuple[Case, list[str]]:
    if found or arguments.verbose:
        print(f"{'FAIL' if found else 'pass'}  {case.name}  ({', '.join(case.proves)})", flush=True)
    for text in found if arguments.verbose else found[:1]:
        print(f"      {text[:600]}", flush=True)
    return case, found


def _chosen(arguments: argparse.Namespace) -> list[Case]:
    cases = load_suite()
    topics = {case.topic for case in cases}
    if arguments.topic and arguments.topic not in topics:
        raise SystemExit(f"there is no topic '{arguments.topic}'; there are: {', '.join(sorted(topics))}")
    return [
        case
        for case in cases
        if arguments.topic in (None, case.topic)
        and fnmatch.fnmatch(case.name, arguments.case)
        and (not arguments.proves or arguments.proves in case.proves)
    ]


def _adapter(name: str) -> Adapter:
    if not name.endswith(".py"):
        return cast(Adapter, importlib.import_module(f"harness.adapters.{name}"))
    spec = importlib.util.spec_from_file_location("harness.adapters.given", name)
    if spec is None or spec.loader is None:
        raise SystemExit(f"there is no adapter {name}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Adapter, module)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs the conformance suite against a runner.")
    parser.add_argument("--adapter", required=True, help="a name in adapters/, or the path of a .py file")
    parser.add_argument("--topic", help="run this topic alone")
    parser.add_argument("--case", default="*", help="run the cases whose TOPIC/ID fits this pattern")
    parser.add_argument("--proves", help="run the cases that prove this requirement")
    parser.add_argument("--mode", choices=MODES, help="run in this mode alone")
    parser.add_argument("--version", help=f"run under this version of Arazzo alone ({', '.join(VERSIONS)}, ...)")
    parser.add_argument("--jobs", type=int, default=2, help="how many cases run at once (2)")
    parser.add_argument("--json", help="write the results into this file")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell of every case, and all differences")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

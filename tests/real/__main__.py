"""Counts what becomes of the workflows of a folder of real documents: `python -m tests.real FOLDER`.

Nothing of the documents is kept: what is printed are counts, with one place each to look at.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from tests.real import agreed, bodies
from tests.real.fixed import fixed
from tests.real.found import documents, listed
from tests.real.judged import Judged, judge
from tests.real.replayed import replayed


def main(arguments: list[str] | None = None) -> int:
    """Judge the documents in two processes, and print the table; 1 where there was a crash of ours."""
    told = _arguments(arguments)
    chosen = listed(told.only) if told.only else documents(told.folder)
    chosen = chosen[told.skip : told.skip + told.limit if told.limit else None]
    with Pool(told.processes) as pool:
        if told.agree:
            counted = agreed.table(pool.imap_unordered(agreed.agreements, chosen, chunksize=4), told.examples)
            print("\n".join(counted))
            return 1 if any("DISAGREE" in line for line in counted) else 0
        if told.judged:
            how_judged = partial(bodies.judged_bodies, every_edge=told.every_edge)
            several = list(pool.imap(how_judged, chosen, chunksize=4))
            if told.summary is not None:
                told.summary.write_text(bodies.summary_of(several), "utf-8")
            counted = bodies.table(iter(several), told.examples)
            print("\n".join(counted))
            return 1 if any(" INVALID " in line for line in counted) and " 0 INVALID" not in "".join(counted) else 0
        if told.replayed:
            table = tally(pool.imap_unordered(replayed, chosen, chunksize=4), told.examples)
            print("\n".join(table))
            return 1 if any("CRASH" in line or " BAD " in line for line in table) else 0
        how = partial(fixed, unsafe=told.unsafe) if told.fixed else partial(judge, run=told.run, build=told.requests)
        table = tally(pool.imap_unordered(how, chosen, chunksize=4), told.examples)
    print("\n".join(table))
    return 1 if any("CRASH" in line or " BAD " in line for line in table) else 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.real", description=__doc__)
    parser.add_argument("folder", type=Path, help="with an INDEX.json, or simply with Arazzo documents in it")
    parser.add_argument("--only", type=Path, help="a list: file, workflowId, steps, then name=FILE; tab-separated")
    parser.add_argument("--limit", type=int, default=0, help="how many documents")
    parser.add_argument("--skip", type=int, default=0, help="documents to pass over first")
    parser.add_argument("--examples", type=int, default=1, help="places to show for each count")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--run", action="store_true", help="run what is ready against the mock, with invented inputs")
    parser.add_argument("--requests", action="store_true", help="build the request of each step of what is ready")
    parser.add_argument("--fixed", action="store_true", help="mend each document in memory, and judge what comes of it")
    parser.add_argument("--unsafe", action="store_true", help="with --fixed: apply unsafe fixes too")
    parser.add_argument("--replayed", action="store_true", help="record each workflow under the mock, and replay it")
    parser.add_argument("--agree", action="store_true", help="compare the errors of validate with what run refuses")
    parser.add_argument("--judged", action="store_true", help="test, and judge each invented body by jsonschema")
    parser.add_argument("--summary", type=Path, help="with --judged: write the JSON report of arazzo test to this file")
    parser.add_argument("--every-edge", action="store_true", help="with --judged: walk every edge")
    return parser.parse_args(arguments)


def tally(judged: Iterable[Judged], examples: int = 1) -> list[str]:
    """Return the table: documents, workflows, what became of them, then the warnings of those that are ready."""
    count, workflows = 0, 0
    fates: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    for one in judged:
        count += 1
        workflows += len({fate.workflow for fate in one.fates if fate.workflow})
        for fate in one.fates:
            fates[fate.kind] += 1
            shown.setdefault(fate.kind, []).append(fate.example)
        for code, place in dict.fromkeys(one.warnings):
            warnings[code] += 1
            shown.setdefault(f"warning {code}", []).append(place)
    lines = [f"{count} documents, {workflows} workflows"]
    lines += _rows(fates, shown, "", examples)
    return [*lines, "warnings of workflows that are ready:", *_rows(warnings, shown, "warning ", examples)]


def _rows(counted: Counter[str], shown: dict[str, list[str]], prefix: str, examples: int) -> list[str]:
    lines = []
    for kind, number in counted.most_common():
        lines.append(f"{number:7} {kind}")
        lines += [f"          {text}" for text in shown[prefix + kind][:examples] if text]
    return lines


if __name__ == "__main__":
    sys.exit(main())

"""Plants faults in the package and shows that the conformance suite, or the tests, notice them.

python -m tests.mutation --rooms expressions,criteria,engine --limit 300 --seed 1
python -m tests.mutation --rooms criteria/simple --judge both
python -m tests.mutation --planted
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from specs.conformance.harness.cases import load_suite
from tests.mutation import planted
from tests.mutation.judges import Suite, Tests
from tests.mutation.planting import PACKAGE, Fault, faults, modules, sample
from tests.mutation.reach import IMPORT, Reach, Watch, gathered, watched
from tests.mutation.report import Line, Report, both
from tests.mutation.running import Task, Verdict, judged

ROOT = Path(__file__).resolve().parents[2]
ROOMS = "expressions,criteria,engine,query,program"
Pace = Callable[[str], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, report, and return the exit code: 1 where fewer faults than `--at-least` are noticed."""
    options = _options(arguments)
    pace = _silent if options.quiet else _spoken
    suite = Suite(ROOT, load_suite())
    suite.prepare()
    report = _planted(suite, options, pace) if options.planted else _mutated(suite, options, pace)
    print(report.text())
    if options.json:
        Path(options.json).write_text(report.json() + "\n", encoding="utf-8")
    return int(report.share < options.at_least)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.split("\n")[0])
    parser.add_argument("--rooms", default=ROOMS, help=f"folders or modules of the package ({ROOMS})")
    parser.add_argument("--limit", type=int, default=sys.maxsize, help="how many faults at most (all)")
    parser.add_argument("--seed", type=int, default=1, help="chooses the faults where there is a limit (1)")
    parser.add_argument("--judge", choices=("conformance", "tests", "both"), default="conformance")
    parser.add_argument("--planted", action="store_true", help="the table of planted faults instead of mutations")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many processes at once")
    parser.add_argument("--bound", type=float, default=20.0, help="seconds for one fault, beyond what its cases take")
    parser.add_argument("--at-least", type=float, default=0.0, help="the share that must be noticed, from 0 to 1")
    parser.add_argument("--json", metavar="FILE", help="write the report as JSON too")
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")
    return parser.parse_args(arguments)


def _mutated(suite: Suite, options: argparse.Namespace, pace: Pace) -> Report:
    rooms = options.rooms.split(",")
    texts = {room: modules(ROOT, room) for room in rooms}
    everything = {name: text for found in texts.values() for name, text in found.items()}
    found = [one for name, text in everything.items() for one in faults(name, text)]
    chosen = sample(found, options.limit, options.seed)
    reach = _reach(suite, frozenset(everything), options, pace) if options.judge != "tests" else Reach({}, {})
    tests = Tests(ROOT)

    def judge(fault: Fault) -> Verdict:
        text = fault.applied(everything[fault.file])
        if options.judge == "tests":
            return tests.notices(fault.file, text)
        told = suite.notices(reach.of(fault), fault.file, text)
        if options.judge == "conformance" or told.is_noticed:
            return told
        return both(told, tests.notices(fault.file, text))

    def bound(fault: Fault) -> float:
        running = sum(reach.seconds[number] for number in reach.of(fault)) if options.judge != "tests" else 0.0
        return float(options.bound + 3 * running + (0 if options.judge == "conformance" else 300))

    verdicts = {}
    for fault, verdict in _paced(judged(chosen, judge, bound=bound, workers=options.workers), len(chosen), pace):
        verdicts[fault] = verdict
    room_of = {name: room for room, found in texts.items() for name in found}
    lines = [
        Line(room_of[one.file], f"{one.file}:{one.line}", one.operator, one.diff(everything[one.file]), verdicts[one])
        for one in chosen
    ]
    settings = {"judge": options.judge, "seed": options.seed, "of": len(found)}
    return Report(settings, lines, [suite.cases[number].name for number in reach.unsound])


def _reach(suite: Suite, files: frozenset[str], options: argparse.Namespace, pace: Pace) -> Reach:
    def play(number: int) -> bool:
        return suite.imported() if number == IMPORT else suite.holds(number)

    pace(f"watching which lines each of {len(suite.cases)} cases runs\n")
    watch = Watch(ROOT, PACKAGE, files, play)
    return gathered(watched(watch, [*range(len(suite.cases)), IMPORT], options.workers))


def _planted(suite: Suite, options: argparse.Namespace, pace: Pace) -> Report:
    table = planted.load_planted()
    rooms = None if options.rooms == ROOMS else set(options.rooms.split(","))
    table = tuple(one for one in table if rooms is None or one.room in rooms)
    chosen = random.Random(options.seed).sample(table, min(options.limit, len(table)))

    def judge(fault: planted.Planted) -> Verdict:
        return planted.verdict(suite, fault, (ROOT / fault.file).read_text("utf-8"))

    told = judged(chosen, judge, bound=lambda _: options.bound * 3, workers=options.workers)
    verdicts = dict(_paced(told, len(chosen), pace))
    lines = [
        Line(one.room, f"{one.file} {one.name}", "planted", f"- {one.old}\n+ {one.new}", verdicts[one])
        for one in sorted(chosen, key=table.index)
    ]
    return Report({"judge": "planted", "seed": options.seed}, lines)


def _paced(told: Iterator[tuple[Task, Verdict]], number: int, pace: Pace) -> Iterator[tuple[Task, Verdict]]:
    begun, survived = time.monotonic(), 0
    for done, (task, verdict) in enumerate(told, 1):
        survived += not verdict.is_noticed
        pace(f"\r{done} of {number} faults, {survived} not noticed, {time.monotonic() - begun:.0f} s")
        yield task, verdict
    pace("\n")


def _spoken(words: str) -> None:
    print(words, end="", file=sys.stderr, flush=True)


def _silent(words: str) -> None:
    """Say nothing."""


if __name__ == "__main__":
    sys.exit(main())

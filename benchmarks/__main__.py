"""`python -m benchmarks [ROW ...] [--turns N] [--write]`: prints each row as a ratio to its floor."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from benchmarks.row import Row, Size, all_rows
from benchmarks.table import line, write
from benchmarks.timing import TURNS, measure


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure rows, and return 1 where one misses its goal."""
    parser = argparse.ArgumentParser("python -m benchmarks", description="Each row as a ratio to its floor.")
    parser.add_argument("rows", metavar="ROW", nargs="*", help="the rows to measure; all without any")
    parser.add_argument("--turns", type=int, default=TURNS, help=f"turns of each, {TURNS} at least for a result")
    parser.add_argument("--tiny", action="store_true", help="do each row at its smallest, to see that it works")
    parser.add_argument("--list", action="store_true", help="list the rows")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md; wants all rows")
    given = parser.parse_args(arguments)
    known = {row.name: row for row in all_rows()}
    if unknown := [name for name in given.rows if name not in known]:
        parser.error(f"there is no row '{unknown[0]}'; known: {', '.join(known)}")
    if given.write and (given.rows or given.tiny or given.turns < TURNS):
        parser.error(f"--write wants all rows at full size, and {TURNS} turns at least")
    if given.list:
        for row in known.values():
            print(f"{row.name:<20} {row.what}")
        return 0
    return _measured([known[name] for name in given.rows] or list(known.values()), given)


def _measured(rows: list[Row], given: argparse.Namespace) -> int:
    results = []
    for row in rows:
        results.append(measure(row, Size.TINY if given.tiny else Size.FULL, given.turns))
        print(line(results[-1]), flush=True)
    if given.write:
        write(results, date.today())
    return 0 if all(result.met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())

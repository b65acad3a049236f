"""Benchmarks: each row is a ratio to a floor that is measured in the same run, so that it says the same on any machine.

A row is a module of `benchmarks.rows` with one function, `row(size)`; the folder is the list. Row and floor are timed
in turns, so that a machine that grows slower slows both, and the medians are compared. `python -m benchmarks` prints
the table, and `--write` puts it into docs/performance.md.
"""

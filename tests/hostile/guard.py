"""A process of its own for hostile cases: one that never ends is killed and fails its test, and takes nothing along.

The process lives as long as the session, for starting one costs more than most cases do.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

PATIENCE = 300.0
"""Seconds after which a case counts as endless. No case needs a tenth of it on a machine that is not busy."""


class EndlessError(AssertionError):
    """A case did not end."""


class Guard:
    """Hands the names of cases to a process, and the reports back."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._process: subprocess.Popen[str] | None = None

    def judge(self, name: str, patience: float = PATIENCE) -> dict[str, Any]:
        """Run the case of that name in the process, and return its report.

        Raises:
            EndlessError: there was no answer in time, or the process died.
        """
        process = self._process = self._process or self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(name + "\n")
        process.stdin.flush()
        timer = threading.Timer(patience, process.kill)
        timer.start()
        try:
            line = process.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            self.close()
            raise EndlessError(f"{name}: ended with {process.returncode}, or took more than {patience:g} seconds")
        report: dict[str, Any] = json.loads(line)
        if "raised" in report:
            raise AssertionError(f"{name}: {report['raised']}")
        return report

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.guard"],
            cwd=self._project,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


def serve() -> None:
    """Answer the names that come on standard input, until there are no more."""
    import traceback

    from tests.hostile.collection import CASES, ENDLESS
    from tests.hostile.loading import FILE, judge_file
    from tests.hostile.straight_line import judge

    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            name = line.strip()
            report: dict[str, Any]
            try:
                if name.startswith(FILE):
                    report = judge_file(name.removeprefix(FILE), Path(folder))
                else:
                    report = judge(ENDLESS if name == ENDLESS.name else CASES[name], Path(folder))
            except BaseException:
                report = {"raised": traceback.format_exc()[-3_000:]}
            sys.stdout.write(json.dumps(report) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    serve()

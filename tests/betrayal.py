"""A planted secret is looked for in whatever any test had written: what it captured, and files that the product wrote.

A plugin of pytest. Where a canary (`tests.canaries`) stands in a byte that the product wrote, the test fails, whatever
it asserted. A test that asks for secrets says so: ``@pytest.mark.shows_secrets``. Files whose names end in ``.secrets``
are the place where a journal keeps them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final

import pytest

from tests import canaries

PACKAGE: Final = str(Path(__file__).resolve().parent.parent / "arazzo_runner") + os.sep
MOST: Final = 4 * 1024 * 1024
"""Bytes of one capture or file that are looked at."""

_FRAMES: Final = 30
_WRITES: Final = os.O_WRONLY | os.O_RDWR
_CAPTURES: Final = ("capsys", "capfd", "capsysbinary", "capfdbinary")


class Watch:
    """What has been written since the test began."""

    def __init__(self) -> None:
        self.texts: list[str | bytes] = []
        self.files: dict[str, None] = {}

    def clear(self) -> None:
        """Begin anew."""
        self.texts.clear()
        self.files.clear()

    def betrayed(self) -> dict[str, set[str]]:
        """Return the canaries that were found, by where."""
        found = {"what was captured": {name for text in self.texts for name in canaries.betrayed(text[:MOST])}}
        for path in self.files:
            if not path.endswith(".secrets") and Path(path).is_file():
                with Path(path).open("rb") as file:
                    found[path] = canaries.betrayed(file.read(MOST))
        return {where: names for where, names in found.items() if names}


watch = Watch()


def note_open(event: str, arguments: tuple[Any, ...]) -> None:
    """Note each file that is opened for writing somewhere below a function of the product (an audit hook)."""
    if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    mode, flags = arguments[1], arguments[2]
    if (mode is None or "r" in mode) and not flags & _WRITES and "+" not in (mode or ""):
        return
    frame = sys._getframe(1)
    for _ in range(_FRAMES):
        if frame.f_code.co_filename.startswith(PACKAGE):
            watch.files[str(Path(os.fsdecode(arguments[0])).absolute())] = None
            return
        if frame.f_back is None:
            return
        frame = frame.f_back


def _recording(patch: pytest.MonkeyPatch) -> None:
    """Have everything noted that a test reads of its captures and of the processes that it started."""
    readouterr, communicate = pytest.CaptureFixture.readouterr, subprocess.Popen.communicate

    def read(fixture: pytest.CaptureFixture[Any]) -> Any:
        captured = readouterr(fixture)
        watch.texts += [captured.out, captured.err]
        return captured

    def talked(process: Any, *arguments: Any, **options: Any) -> Any:
        written = communicate(process, *arguments, **options)
        watch.texts += [one for one in written if one]
        return written

    patch.setattr(pytest.CaptureFixture, "readouterr", read)
    patch.setattr(subprocess.Popen, "communicate", talked)


def pytest_configure(config: pytest.Config) -> None:
    """Begin to watch, for the whole session."""
    config.addinivalue_line("markers", "shows_secrets: asks the product to show secrets (tests/betrayal.py)")
    patch = pytest.MonkeyPatch()
    _recording(patch)
    config.add_cleanup(patch.undo)
    sys.addaudithook(note_open)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Begin anew with each test."""
    watch.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that had a canary written, though it passed."""
    result = yield
    for name in _CAPTURES:
        fixture = getattr(item, "funcargs", {}).get(name)
        if fixture is not None:
            fixture.readouterr()
    if item.get_closest_marker("shows_secrets") is None:
        found = watch.betrayed()
        if found:
            told = "; ".join(f"{', '.join(sorted(names))} in {where}" for where, names in found.items())
            pytest.fail(f"a planted secret was written: {told}", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that wrote a canary to the session's own capture."""
    report = yield
    if report.when == "call" and report.passed and item.get_closest_marker("shows_secrets") is None:
        found = {name for _, text in report.sections for name in canaries.betrayed(text[:MOST])}
        if found:
            report.outcome = "failed"
            report.longrepr = f"a planted secret was written: {', '.join(sorted(found))}"
    return report

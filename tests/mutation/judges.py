"""What a fault is put to: the conformance suite, which any runner shares, and this project's own tests."""

from __future__ import annotations

import contextlib
import importlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from specs.conformance.harness.cases import ENTRY, Case
from specs.conformance.harness.observed import differences
from tests.mutation.importing import forget, plant
from tests.mutation.planting import PACKAGE
from tests.mutation.running import State, Verdict

PLAYER = "tests.conformance.player"


@dataclass(frozen=True, slots=True)
class Suite:
    """The conformance suite, loaded once; `prepare` imports what is slow, so that the forked processes need not."""

    root: Path
    cases: tuple[Case, ...]

    def prepare(self) -> None:
        """Import the package and all that it needs: the libraries stay, the package is imported anew by each judge."""
        importlib.import_module(PLAYER)

    def play(self, number: int) -> list[str]:
        """Play one case in each of its versions and modes with what is imported; return what is not as demanded."""
        player: Any = importlib.import_module(PLAYER)
        case = self.cases[number]
        found = []
        for variation in case.variations(player.SERVER):
            document = variation.files()[ENTRY]
            seen = player.play(variation) if "outcome" in variation.expect else player.judge(variation)
            for one in seen:
                found += differences(variation.expect, one, document)
        return found

    def imported(self) -> bool:
        """Import the package anew."""
        forget(PACKAGE, PLAYER)
        importlib.import_module(PLAYER)
        return True

    def notices(self, numbers: list[int], file: str, text: str) -> Verdict:
        """Play cases with a fault until one fails."""
        if not numbers:
            return Verdict(State.UNREACHED)
        name = next(self.failing(numbers, file, text), None)
        return Verdict(State.SURVIVED) if name is None else Verdict(State.NOTICED, (name,))

    def failing(self, numbers: list[int], file: str, text: str) -> Iterator[str]:
        """Yield the names of the cases that fail with a fault; `import` where the package can't even be imported."""
        try:
            plant(self.root, file, text)
            self.imported()
        except Exception:
            yield "import"
            return
        for number in numbers:
            if not self.holds(number):
                yield self.cases[number].name

    def holds(self, number: int) -> bool:
        """Tell whether a case holds with what is imported."""
        try:
            return not self.play(number)
        except Exception:
            # A fault in the package may raise anything, the harness AssertionError: the case has failed.
            return False


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests that mirror a module, and after them those of its room."""

    root: Path

    def notices(self, file: str, text: str) -> Verdict:
        """Run them with a fault until one fails."""
        chosen = self.chosen(file)
        if not chosen:
            return Verdict(State.UNREACHED)
        failed = self._failed(chosen, file, text)
        return Verdict(State.NOTICED, (failed,)) if failed else Verdict(State.SURVIVED)

    def chosen(self, file: str) -> list[str]:
        """Return the module's own tests and those of its room, below the root; none where it has none."""
        below = Path(file).relative_to(PACKAGE)
        mirror = Path("tests", *below.parts).with_name(f"test_{below.name}")
        room = Path("tests", below.parts[0])
        return [path.as_posix() for path in (mirror, room) if (self.root / path).exists()]

    def _failed(self, paths: list[str], file: str, text: str) -> str:
        forget(PACKAGE, PLAYER)
        plant(self.root, file, text)
        heard = _Listener()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            words = ["-x", "-q", "-p", "no:cacheprovider", "--rootdir", str(self.root)]
            status = pytest.main([*(str(self.root / path) for path in paths), *words], plugins=[heard])
        return "" if status == pytest.ExitCode.OK else heard.failed or "collection"


class _Listener:
    """Hears which test failed first."""

    failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid

"""The table of planted faults is sound, and each of its faults is noticed by a case that proves what it breaks."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from specs.conformance.harness.cases import load_requirements, load_suite
from specs.conformance.harness.coverage import requirements
from tests.mutation.planted import Planted, load_planted, proving

FAULTS = load_planted()
forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are judged in forked processes")


def run(project: Path, tmp_path: Path, *words: str) -> dict[str, object]:
    target = tmp_path / "report.json"
    command = [sys.executable, "-m", "tests.mutation", "--workers", "2", "--quiet", "--json", str(target), *words]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(target.read_text("utf-8"))
    return told


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.room}/{fault.name}")
def test_the_old_text_of_a_fault_is_there(project: Path, fault: Planted) -> None:
    text = (project / fault.file).read_text("utf-8")
    changed = fault.applied(text)
    assert changed != text
    compile(changed, fault.file, "exec", dont_inherit=True)


def test_each_requirement_that_a_fault_breaks_has_cases() -> None:
    ids = {name for fault in FAULTS for name in fault.proves}
    known = {one.id for one in requirements(load_requirements(), ())}
    assert ids <= known, ids - known
    assert all(fault.proves for fault in FAULTS)
    assert [name for name, found in proving(load_suite(), sorted(ids)).items() if not found] == []


def test_there_are_faults_enough_for_each_room() -> None:
    rooms = Counter(fault.room for fault in FAULTS)
    assert len(FAULTS) >= 60
    assert all(rooms[room] >= 10 for room in ("criteria", "engine", "expressions")), rooms
    assert len({(fault.room, fault.name) for fault in FAULTS}) == len(FAULTS)


@forked
def test_some_planted_faults_are_noticed(project: Path, tmp_path: Path) -> None:
    told = run(project, tmp_path, "--planted", "--limit", "5", "--seed", "3", "--at-least", "1")
    assert told["share"] == 1


@forked
@pytest.mark.long
def test_every_planted_fault_is_noticed(project: Path, tmp_path: Path) -> None:
    assert run(project, tmp_path, "--planted", "--at-least", "1")["share"] == 1


@forked
@pytest.mark.long
def test_most_mutations_of_a_sample_are_noticed(project: Path, tmp_path: Path) -> None:
    rooms = ("--rooms", "expressions,criteria,engine", "--limit", "24", "--seed", "20261123")
    told = run(project, tmp_path, *rooms, "--judge", "both", "--at-least", "0.6")
    assert told["unsound"] == []

"""The watch over all tests can fail: each way to write a planted secret fails the test that took it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TEST = """
import pytest
from pathlib import Path
from tests import betrayal, canaries

def product(path, text):
    code = compile("def write(path, text): path.write_text(text)", betrayal.PACKAGE + "reports/x.py", "exec")
    names = {}
    exec(code, names)
    names["write"](path, text)

def test_printed(): print(canaries.TOKEN)
def test_captured(capsys):
    print(canaries.TOKEN)
    assert capsys.readouterr().out
def test_left_in_the_capture(capfd): print(canaries.TOKEN[:8] + "...")
def test_encoded(): print(__import__("base64").b64encode(b"u:" + canaries.TOKEN.encode()))
def test_a_process():
    import subprocess, sys
    subprocess.run([sys.executable, "-c", f"print({canaries.TOKEN!r})"], capture_output=True, check=True)
def test_a_file(tmp_path): product(tmp_path / "report.html", "x " + canaries.PASSWORD)

def test_fine_nothing(): print("[redacted]")
def test_fine_secrets_file(tmp_path): product(tmp_path / "journal.secrets", canaries.PASSWORD)
def test_fine_own_file(tmp_path): (tmp_path / "inputs.json").write_text(canaries.PASSWORD)
@pytest.mark.shows_secrets
def test_fine_asked_for(): print(canaries.TOKEN)
"""


@pytest.mark.shows_secrets
def test_each_way_to_write_a_secret_is_noticed(tmp_path: Path, project: Path) -> None:
    (tmp_path / "test_inner.py").write_text(TEST, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.betrayal", "-p", "no:cacheprovider", "-q", str(tmp_path)]
    done = subprocess.run(
        [*command, f"--rootdir={tmp_path}", "--import-mode=importlib", "-c", "/dev/null", "--tb=no", "-rA"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    told = {line.split("::")[1].split(" ")[0]: line.split()[0] for line in done.stdout.splitlines() if "::" in line}
    assert len(told) == 10, done.stdout + done.stderr
    assert {name for name, outcome in told.items() if outcome == "PASSED"} == {
        name for name in told if name.startswith("test_fine_")
    }

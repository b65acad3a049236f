"""Runs cases as the adapter `arazzo` does, but starts the command once for each worker and forks it for each case.

Most of a short run is the start of Python and the imports. The forked process is the whole command, with its arguments,
its folder and its streams. Needs `os.fork`; `ARAZZO_PYTHON` names the interpreter that has the runner (this one).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from subprocess import CompletedProcess

from ..job import Job
from ..observed import Observed
from . import arazzo

MODES = arazzo.MODES

_SERVER = """
import importlib, json, os, pkgutil, sys
import arazzo_runner
from arazzo_runner.cli.app import main
for module in pkgutil.walk_packages(arazzo_runner.__path__, "arazzo_runner."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
for name in ("lxml.etree", "elementpath", "jsonpath_ng.ext.parser", "httpx2", "jsonschema"):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
for line in sys.stdin:
    task = json.loads(line)
    child = os.fork()
    if child == 0:
        os.chdir(task["folder"])
        for number, (path, flags) in enumerate(zip(task["streams"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY))):
            os.dup2(os.open(path, flags), number)
        sys.argv = ["arazzo", *task["arguments"]]
        code = 70
        try:
            code = main()
        except SystemExit as exit:
            code = exit.code
        except BaseException:
            import traceback
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def missing() -> str:
    """Say that the interpreter does not have the runner, and what to do about it; empty where it has."""
    python = _python()
    help = "install the runner, or let the variable ARAZZO_PYTHON name the Python that has it"
    if not hasattr(os, "fork"):
        return "this system can't fork a process: use the adapter 'arazzo'"
    if not shutil.which(python):
        return f"there is no Python '{python}': {help}"
    found = subprocess.run([python, "-c", "import arazzo_runner"], capture_output=True, check=False)
    return f"'{python}' has no arazzo_runner: {help}" if found.returncode else ""


def run(job: Job) -> Observed:
    """Run the workflow of a job."""
    return arazzo.run(job, _command)


def validate(job: Job) -> Observed:
    """Judge the document of a job without running it."""
    return arazzo.validate(job, _command)


def _command(arguments: list[str], job: Job) -> CompletedProcess[str]:
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        told, said = Path(folder, "stdout"), Path(folder, "stderr")
        told.touch()
        said.touch()
        given = job.entry if job.base_uri else os.devnull
        command = [*arguments, *(["--strict"] if job.strict else [])]
        task = {"folder": job.folder, "arguments": command, "streams": [given, str(told), str(said)]}
        code = _told(_server(), json.dumps(task))
        return CompletedProcess(command, code, told.read_text("utf-8"), said.read_text("utf-8"))


def _told(server: subprocess.Popen[str], task: str) -> int:
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(task + "\n")
    server.stdin.flush()
    return int(server.stdout.readline())


def _python() -> str:
    return os.environ.get("ARAZZO_PYTHON", "") or sys.executable


_servers = threading.local()


def _server() -> subprocess.Popen[str]:
    """Return the process of this worker; it ends when its input does, with the harness."""
    if not hasattr(_servers, "process"):
        _servers.process = subprocess.Popen(
            [_python(), "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
    process: subprocess.Popen[str] = _servers.process
    return process

"""Nothing that is no document makes the loader raise: what is wrong is told, with its place, in bounded time and memory."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.document import Profile, describe, read
from tests.hostile.documents import APIS, ARAZZO, ODD_BYTES, damaged_bytes, damaged_data
from tests.hostile.files import FILES
from tests.hostile.guard import Guard
from tests.hostile.loading import FILE, MOCKED, UNREADABLE, judge_damaged, unsound_spans

SECONDS: Final = 90.0
"""Of the processor, for a file in each of its parts, by library and command. On an idle machine the worst takes a tenth."""

MEGABYTES: Final = 1_500.0
"""Of memory at most; the longest file has 50."""

MANY: Final = 4_000
FEW: Final = 40


def parameters() -> list[Any]:
    return [
        pytest.param(name, marks=[pytest.mark.long] if each.slow else [], id=name.replace(" ", "-"))
        for name, each in FILES.items()
    ]


@pytest.mark.parametrize("name", parameters())
def test_a_file_that_is_no_document_is_told_of(name: str, guard: Guard) -> None:
    report = guard.judge(FILE + name)
    expected = {"arazzo": FILES[name].as_arazzo, "api": FILES[name].as_api}
    for part, code in expected.items():
        told = report[part]
        assert bool(told["errors"]) == bool(code), told
        assert not code or code in told["errors"], told
        assert (told["unsound"], told["helpless"]) == ([], []), "each finding has a place, each error says what to do"
        for command in ("validate", "run"):
            ended, said = told[command]
            assert ended == exit_code(command, code), said
            assert "Traceback" not in said
            assert not code or (code if command == "validate" or code != UNREADABLE else "cannot read") in said, said
    assert report["seconds"] < SECONDS
    assert report["megabytes"] < MEGABYTES


def exit_code(command: str, code: str) -> int:
    if not code:
        return 0
    return 1 if command == "validate" and code != UNREADABLE else 2


def test_the_table_knows_both_ends() -> None:
    codes = {each.as_arazzo for each in FILES.values()}
    assert {"", UNREADABLE, "syntax-json", "syntax-yaml", "syntax-too-deep", "syntax-too-many-values"} <= codes


def arazzo(*words: str, project: Path, stdin: int | None = None) -> "subprocess.CompletedProcess[bytes]":
    """Run the real command in a process that may have two gigabytes."""
    return subprocess.run(
        [sys.executable, "-c", BOUNDED, *words],
        cwd=project,
        capture_output=True,
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        timeout=120,
        check=False,
    )


BOUNDED: Final = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
except (ImportError, ValueError, OSError):
    pass
from arazzo_runner.cli.app import main
sys.exit(main())
"""


def flow_of(folder: Path, api: Path) -> str:
    written = json.dumps(ARAZZO).replace("api.json", api.as_posix() if api.is_absolute() else str(api))
    (folder / "good.arazzo").write_text(written)
    return str(folder / "good.arazzo")


def odd_file(kind: str, folder: Path) -> Path:
    path = folder / "odd"
    match kind:
        case "a folder":
            path.mkdir()
        case "2 GB of nothing":
            with path.open("wb") as file:
                file.truncate(2 * 1024**3)
        case "an endless device":
            return Path("/dev/zero")
        case "a link to itself":
            path.symlink_to(path)
        case "an empty device":
            return Path("/dev/null")
    return path


ODD_FILES: Final = (
    "a folder",
    "2 GB of nothing",
    "an endless device",
    "a link to itself",
    "an empty device",
    "no file",
)


@pytest.mark.skipif(sys.platform == "win32", reason="devices and links of POSIX systems")
@pytest.mark.parametrize("kind", ODD_FILES)
def test_what_is_no_regular_file_is_told_of(kind: str, project: Path, tmp_path: Path) -> None:
    path = odd_file(kind, tmp_path)
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "api.json").write_text(json.dumps(APIS["3.1"]))
    for words, code in (
        (("validate", str(path)), 2),
        (("run", str(path), "--mock"), 2),
        (("validate", flow_of(tmp_path / "flows", path)), 1),
        (("run", flow_of(tmp_path / "flows", path), "--mock", "--workflow", "u"), 2),
    ):
        ended = arazzo(*words, project=project)
        told = (ended.stdout + ended.stderr).decode()
        assert (ended.returncode, "Traceback" in told) == (code, False), (words, told[-1_500:])
        assert told.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX systems")
def test_an_endless_pipe_is_read_up_to_a_bound(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=_pour, args=(path,), daemon=True)
    writer.start()
    ended = arazzo("validate", str(path), project=project)
    assert ended.returncode == 2, ended.stdout
    assert b"larger than" in ended.stdout + ended.stderr
    writer.join(timeout=60)
    assert not writer.is_alive()


def _pour(path: Path) -> None:
    try:
        with path.open("wb", buffering=0) as pipe:
            while True:
                pipe.write(b"# a comment that has no end\n" * 40_000)
    except OSError:
        return


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX systems")
def test_endless_standard_input_is_read_up_to_a_bound(project: Path) -> None:
    zeros = os.open("/dev/zero", os.O_RDONLY)
    try:
        ended = arazzo("run", "-", "--mock", project=project, stdin=zeros)
    finally:
        os.close(zeros)
    assert (ended.returncode, b"larger than" in ended.stderr) == (2, True), ended.stderr


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, each in FILES.items() if not each.slow])
def test_the_command_says_the_same_in_a_process_of_its_own(name: str, project: Path, tmp_path: Path) -> None:
    (tmp_path / "a.arazzo").write_bytes(FILES[name].content(json.dumps(ARAZZO)))
    (tmp_path / "api.json").write_text(json.dumps(APIS["3.1"]))
    ended = arazzo("validate", str(tmp_path / "a.arazzo"), project=project)
    told = (ended.stdout + ended.stderr).decode()
    assert (ended.returncode, "Traceback" in told) == (exit_code("validate", FILES[name].as_arazzo), False), told


WORDS: Final = st.sampled_from((*ODD_BYTES, b"a", b" ", b"1", b"arazzo", b"$x"))
TEXTS: Final = st.binary(max_size=200) | st.lists(WORDS, max_size=40).map(b"".join)


@given(TEXTS, st.sampled_from(Profile))
def test_any_bytes_are_read(content: bytes, profile: Profile) -> None:
    source = read(content, "file:///d.yaml", "d.yaml", profile)
    found = describe(source).diagnostics if profile is Profile.ARAZZO else source.diagnostics
    assert unsound_spans(found, source.uri, source.text) == []
    assert source.data is not None or profile is Profile.SOURCE or found or source.text


@pytest.mark.long
@settings(max_examples=20_000)
@given(TEXTS, st.sampled_from(Profile))
def test_any_bytes_are_read_for_longer(content: bytes, profile: Profile) -> None:
    source = read(content, "file:///d.yaml", "d.yaml", profile)
    found = describe(source).diagnostics if profile is Profile.ARAZZO else source.diagnostics
    assert unsound_spans(found, source.uri, source.text) == []


KINDS: Final = ("the nodes of a document", "the bytes of a document", "the nodes of an API", "the bytes of an API")


def damaged(kind: str, seed: int) -> tuple[bytes, bytes]:
    """Return a document and its API description, one of which is damaged."""
    chance = Random(f"{kind} {seed}")
    api, document = APIS[chance.choice(sorted(APIS))], ARAZZO
    write = chance.choice((_as_json, _as_lines, _as_yaml))
    match kind:
        case "the nodes of a document":
            return write(damaged_data(dict(document), chance)), _as_json(api)
        case "the bytes of a document":
            return damaged_bytes(write(document), chance), _as_json(api)
        case "the nodes of an API":
            return _as_json(document), write(damaged_data(api, chance))
        case _:
            return _as_json(document), damaged_bytes(write(api), chance)


def _as_json(data: object) -> bytes:
    return json.dumps(data).encode()


def _as_lines(data: object) -> bytes:
    return json.dumps(data, indent=1).replace("\n", "\r\n").encode()


def _as_yaml(data: object) -> bytes:
    return yaml.safe_dump(json.loads(json.dumps(data)), allow_unicode=True).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_documents_raise_nothing(kind: str, tmp_path: Path) -> None:
    judge_all(kind, range(FEW), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_many_damaged_documents_raise_nothing(kind: str, tmp_path: Path) -> None:
    judge_all(kind, range(FEW, MANY), tmp_path)


def judge_all(kind: str, seeds: Sequence[int], folder: Path) -> None:
    for seed in seeds:
        document, api = damaged(kind, seed)
        try:
            judge_damaged(folder, document, api)
        except Exception as fault:
            raise AssertionError(f"damaged({kind!r}, {seed}) raised {fault!r}") from fault


def test_the_documents_are_good(tmp_path: Path) -> None:
    """Damage says something only where the undamaged document runs."""
    from arazzo_runner.api import load, run

    for api in APIS.values():
        (tmp_path / "api.json").write_text(json.dumps(api))
        description = load(text=json.dumps(ARAZZO), base_uri=str(tmp_path / "flow.json"))
        for workflow in description.workflows:
            result = run(description, workflow.workflow_id, {"a": "x"}, options=MOCKED)
            assert result.status.value == "succeeded", result.reason

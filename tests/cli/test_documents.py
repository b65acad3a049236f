import io
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli import documents
from arazzo_runner.cli.documents import access_for, cache_folder, open_document
from arazzo_runner.errors import UsageError
from tests.cli.invocation import Command


def test_a_file_is_opened(project: Path, reference: str) -> None:
    assert open_document(str(project / reference)).info.title.startswith("Azure Web PubSub")


def test_a_minus_is_standard_input_and_stands_in_the_working_folder(
    project: Path, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = (project / reference).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    monkeypatch.chdir(project)
    description = open_document("-")
    assert description.source.name == "<stdin>"
    assert description.base_uri.startswith(project.as_uri())


def test_a_name_that_is_close_is_told(project: Path, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    wrong = reference.replace("broadcast", "brodcast")
    with pytest.raises(UsageError) as caught:
        open_document(wrong)
    assert caught.value.message == f"cannot read {wrong}: there is no such file"
    assert caught.value.hint.replace("\\", "/") == f"did you mean '{reference}'?"


def test_a_hint_that_is_there_already_is_kept() -> None:
    with pytest.raises(UsageError) as caught:
        open_document("")
    assert caught.value.hint == "name a path, a URL, or - for standard input"


def test_too_long_an_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_SOURCE_BYTES", 3)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"1234")))
    with pytest.raises(UsageError, match="standard input is larger than"):
        open_document("-")


def test_a_closed_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="cannot read standard input: standard input is closed"):
        open_document("-")


FLOW = """
arazzo: 1.1.0
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: SOURCE, type: openapi}]
workflows: [{workflowId: w, steps: [{stepId: s, operationId: ping}]}]
"""
API = """
openapi: 3.2.0
info: {title: t, version: '1'}
$self: https://unreachable.invalid/api.yml
servers: [{url: 'http://h.example'}]
paths: {/ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}}
"""


@pytest.mark.parametrize("command", [("run", "--mock"), ("validate",), ("show",)])
@pytest.mark.parametrize(
    ("url", "flags"),
    [
        ("api.yml", ("--base-dir", "FOLDER/specs")),
        ("../specs/api.yml", ("--base-uri", "FOLDER/flows/x.yml")),
        ("https://unreachable.invalid/api.yml", ("--document", "FOLDER/specs/api.yml")),
        ("gone/other.yml", ("--source", "api=FOLDER/specs/api.yml")),
    ],
)
def test_flags_say_where_the_sources_of_standard_input_are(
    arazzo: Command, tmp_path: Path, command: tuple[str, ...], url: str, flags: tuple[str, ...]
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "api.yml").write_text(API)
    named = [flag.replace("FOLDER", str(tmp_path)) for flag in flags]
    ended = arazzo(command[0], "-", *command[1:], *named, stdin=FLOW.replace("SOURCE", url).encode())
    assert (ended.code, "error" in ended.err) == (0, False)
    assert arazzo(command[0], "-", *command[1:], stdin=FLOW.replace("SOURCE", "api.yml").encode()).code != 0 or (
        command[0] == "show"
    )


def test_a_moved_source_is_found_unless_strictly(arazzo: Command, tmp_path: Path) -> None:
    (tmp_path / "api.yml").write_text(API)
    (tmp_path / "flow.yml").write_text(FLOW.replace("SOURCE", "gone/api.yml"))
    ended = arazzo("validate", str(tmp_path / "flow.yml"))
    assert (ended.code, "warning[reading-P13]" in ended.out) == (0, True)
    assert arazzo("validate", str(tmp_path / "flow.yml"), "--strict").code == 1


def test_a_folder_that_is_not_there_is_misuse(arazzo: Command, reference: str) -> None:
    ended = arazzo("show", reference, "--base-dir", "nowhere-at-all")
    assert (ended.code, "there is no folder 'nowhere-at-all'" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("environ", "platform", "below"),
    [
        ({"XDG_CACHE_HOME": "/caches"}, "linux", "/caches/arazzo-flow/documents"),
        ({"XDG_CACHE_HOME": "relative"}, "linux", "/home/me/.cache/arazzo-flow/documents"),
        ({}, "linux", "/home/me/.cache/arazzo-flow/documents"),
        ({}, "darwin", "/home/me/Library/Caches/arazzo-flow/documents"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/arazzo-flow/documents"),
        ({}, "win32", "/home/me/AppData/Local/arazzo-flow/documents"),
    ],
)
def test_copies_are_kept_where_the_system_has_caches(
    environ: dict[str, str], platform: str, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert cache_folder(environ, platform) == Path(below)


def test_who_has_no_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert cache_folder({}, "linux") is None


def test_the_flags_say_what_may_be_read(tmp_path: Path) -> None:
    access = access_for(str(tmp_path), offline=True, no_cache=False)
    assert (access.root, access.offline) == (tmp_path, True)
    assert access.cache is not None
    assert access.parses == access.cache.with_name("parses")
    without = access_for(None, offline=False, no_cache=True)
    assert (without.cache, without.parses) == (None, None)
    with pytest.raises(UsageError, match="leave nothing to read"):
        access_for(None, offline=True, no_cache=True)
    with pytest.raises(UsageError, match="--root: there is no folder"):
        access_for(str(tmp_path / "none"), offline=False, no_cache=False)

import io
import sys
from pathlib import Path

import pytest

from arazzo_runner.cli import files
from arazzo_runner.cli.files import cut, meant, read_inputs, read_text
from arazzo_runner.errors import UsageError
from arazzo_runner.values import JSON


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ('{"a": 1, "b": ["x", null], "c": {"d": true}}', {"a": 1, "b": ["x", None], "c": {"d": True}}),
        ("a: 1\nb: [x, null]\nc: {d: true}\n", {"a": 1, "b": ["x", None], "c": {"d": True}}),
        (
            "a: no\nb: 2024-01-01\nc: 1_000\nd: 0o10\n200: x\n",
            {"a": "no", "b": "2024-01-01", "c": "1_000", "d": 8, "200": "x"},
        ),
        ("{}", {}),
    ],
)
def test_inputs_are_read_from_json_and_from_yaml_1_2(tmp_path: Path, text: str, inputs: JSON) -> None:
    file = tmp_path / "inputs"
    file.write_text(text, encoding="utf-8")
    assert read_inputs(str(file)) == inputs


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: s3cret\n b: s3cret: x\n", ":2:"),
        ('{"a": "s3cret"', "--inputs "),
        ("- s3cret", "it holds an array, not the inputs by name"),
        ("s3cret", "it holds a string, not the inputs by name"),
        ("null", "it holds null, not the inputs by name"),
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("a: x\nb: y\na: s3cret\n", ":3:1: the key 'a' is given twice"),
        ('{"a": 1,\n "a": "s3cret"}', ":2:2: the key 'a' is given twice"),
        ("a: {b: x, b: s3cret}", ":1:11: the key 'b' is given twice"),
    ],
)
def test_a_file_that_gives_no_inputs_is_refused_without_being_shown(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "inputs.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_inputs(str(file))
    assert complaint in caught.value.message
    assert str(file) in caught.value.message
    assert "s3cret" not in str(caught.value)


def test_a_minus_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a: \xc3\xbc")))
    assert read_inputs("-") == {"a": "ü"}


def test_a_closed_standard_input_can_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="--inputs: '-' can't be read: standard input is closed"):
        read_inputs("-")


def test_what_can_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"--inputs: '.*missing' can't be read: No such file"):
        read_text(str(tmp_path / "missing"), "--inputs")
    with pytest.raises(UsageError, match="can't be read"):
        read_text(str(tmp_path), "--inputs")
    with pytest.raises(UsageError, match="no file can have that name"):
        read_text("a\0b", "--inputs")
    monkeypatch.setattr(files, "MAX_FILE", 3)
    (tmp_path / "long").write_text("1234", encoding="utf-8")
    with pytest.raises(UsageError, match="larger than 3 bytes"):
        read_text(str(tmp_path / "long"), "--inputs")


@pytest.mark.parametrize(
    ("where", "hint"),
    [
        ("folder/flows.yml", "did you mean 'folder/flows.yaml'?"),
        ("folder/Flows.YAML", "did you mean 'folder/flows.yaml'?"),
        ("folder/other.yaml", ""),
        ("folder/flows.yaml", ""),
        ("folder", ""),
        ("no/flows.yaml", "there is no folder no"),
        ("https://h/flows.yml", ""),
        ("~nobody-at-all/flows.yaml", ""),
        ("a\0b", ""),
    ],
)
def test_a_file_that_is_not_there_may_have_a_neighbour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, hint: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "flows.yaml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert meant(where).replace("\\", "/") == hint


def test_the_neighbour_is_told(tmp_path: Path) -> None:
    (tmp_path / "inputs.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=r"No such file.*\n  did you mean '.*inputs\.json'\?"):
        read_inputs(str(tmp_path / "input.json"))


def test_a_long_text_is_cut_for_a_message() -> None:
    assert cut("a" * 40) == "a" * 40
    assert cut("a" * 41) == "a" * 40 + "…"

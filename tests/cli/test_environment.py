from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.cli.environment import MAX_FILE, environment, parse
from arazzo_runner.errors import UsageError


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("", {}),
        ("\n\n  \n", {}),
        ("# nothing\n  # nothing either", {}),
        ("A=1", {"A": "1"}),
        ("A=1\nB=2\n", {"A": "1", "B": "2"}),
        ("A=1\nA=2", {"A": "2"}),
        ("  A =  1  ", {"A": "1"}),
        ("export A=1", {"A": "1"}),
        ("exported=1", {"exported": "1"}),
        ("A=", {"A": ""}),
        ("A= # nothing", {"A": ""}),
        ("A=a b  c # comment", {"A": "a b  c"}),
        ("A=a#b", {"A": "a#b"}),
        ("A=a=b==", {"A": "a=b=="}),
        ("A=#b", {"A": ""}),
        ("A=$HOME/{x}", {"A": "$HOME/{x}"}),
        ('A=it\'s "so"', {"A": 'it\'s "so"'}),
        ("A='a # b'  # comment", {"A": "a # b"}),
        ("A=' a\\n'", {"A": " a\\n"}),
        ('A="a\\nb\\t\\"c\\" \\\\ \\$"', {"A": 'a\nb\t"c" \\ $'}),
        ('A="one\ntwo"\nB=3', {"A": "one\ntwo", "B": "3"}),
        ("A='one\ntwo'\nB=3", {"A": "one\ntwo", "B": "3"}),
        ('A=""', {"A": ""}),
        ("a.b-c_d=1", {"a.b-c_d": "1"}),
    ],
)
def test_a_file_is_read(text: str, variables: dict[str, str]) -> None:
    assert parse(text, ".env") == variables


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("secret", ".env:1: no NAME=VALUE"),
        ("A=1\n\nsecret value", ".env:3: no NAME=VALUE"),
        ("1A=secret", ".env:1: no NAME=VALUE"),
        ("=secret", ".env:1: no NAME=VALUE"),
        ("A='secret", ".env:1: a quote that is never closed"),
        ('A=1\nB="secret\\"\nC=2', ".env:2: a quote that is never closed"),
        ("A='secret' secret", ".env:1: text after the closing quote"),
        ('A="x"secret', ".env:1: text after the closing quote"),
    ],
)
def test_a_line_that_is_none_is_named_but_not_shown(text: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text, ".env")
    assert caught.value.message == complaint
    assert "secret" not in str(caught.value)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        assert all(name for name in parse(text, ".env"))


@given(st.text(st.characters(codec="utf-8", exclude_characters="'\r")))
def test_single_quotes_keep_everything(value: str) -> None:
    assert parse(f"A='{value}'\nB=2", ".env") == {"A": value, "B": "2"}


def test_the_environment_wins_over_files_and_a_later_file_over_an_earlier(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("A=1\nB=1\nC=1\n", encoding="utf-8")
    (tmp_path / "two").write_bytes(b"\xef\xbb\xbfB=2\r\nD=\xc3\xa9\r\n")
    files = [str(tmp_path / "one"), str(tmp_path / "two")]
    assert environment({"C": "", "E": "0"}, files) == {"A": "1", "B": "2", "C": "", "D": "é", "E": "0"}


def test_without_files_the_environment_is_as_it_is() -> None:
    process = {"A": "1"}
    assert environment(process) == process
    assert environment(process) is not process


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--env-file .*missing: No such file"):
        environment({}, [str(tmp_path / "missing")])
    (tmp_path / ".env").write_bytes(b"A=b")
    with pytest.raises(UsageError, match=r"did you mean '.*\.env'\?"):
        environment({}, [str(tmp_path / "env")])
    (tmp_path / "binary").write_bytes(b"A=\xff")
    with pytest.raises(UsageError, match="byte 3 is not UTF-8"):
        environment({}, [str(tmp_path / "binary")])
    (tmp_path / "huge").write_bytes(b"#" * (MAX_FILE + 1))
    with pytest.raises(UsageError, match="larger than"):
        environment({}, [str(tmp_path / "huge")])

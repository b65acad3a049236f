import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.references import MAX_SECRET_BYTES, is_reference, placed, resolve


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("env:TOKEN", True),
        ("env:_a1", True),
        ("keyring:my service/user/with slash", True),
        ("file:secrets/token", True),
        ("file:C:\\secrets\\token", True),
        ("prompt", True),
        ("", False),
        ("env:", False),
        ("env:1A", False),
        ("env:A B", False),
        ("env:TOKEN\n", False),
        ("keyring:service", False),
        ("keyring:/user", False),
        ("file:", False),
        ("file:a\0b", False),
        ("prompt:x", False),
        ("$TOKEN", False),
        ("ENV:TOKEN", False),
        ("eyJhbGciOiJIUzI1NiJ9.e30.x", False),
    ],
)
def test_what_is_a_reference(text: str, expected: bool) -> None:
    assert is_reference(text) is expected


def test_a_path_starts_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert placed("file:a/b", tmp_path) == f"file:{tmp_path / 'a' / 'b'}"
    assert placed("file:~/b", tmp_path) == f"file:{tmp_path / 'home' / 'b'}"
    assert placed(f"file:{tmp_path}", Path("elsewhere")) == f"file:{tmp_path}"
    assert placed("env:A", tmp_path) == "env:A"


def test_each_form_leads_to_its_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_bytes(b"\xef\xbb\xbf from file \r\n")
    known = {("my service", "me/x"): "from keyring"}
    keyring = SimpleNamespace(get_password=lambda service, user: known.get((service, user)))
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert resolve("env:T", "it", {"T": " from env "}, None) == " from env "
    assert resolve(f"file:{tmp_path / 'token'}", "it", {}, None) == " from file "
    assert resolve("keyring:my service/me/x", "it", {}, None) == "from keyring"
    assert resolve("prompt", "it", {}, lambda name: f"asked for {name}") == "asked for it"


class Locked:
    def get_password(self, service: str, user: str) -> str:
        raise RuntimeError("s3cret in the words of a backend")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("env:T", "it is to come from the variable T, which is not set"),
        ("env:EMPTY", "it is to come from the variable EMPTY, which is not set"),
        ("file:{}/nowhere", "can't be read: "),
        ("file:{}", "can't be read: "),
        ("file:{}/empty", "which is empty"),
        ("file:{}/binary", "which is no UTF-8 text"),
        ("file:{}/large", "which is larger than 64 KiB"),
        ("keyring:s/u", "the keyring, which can't be read (RuntimeError)"),
        ("prompt", "it is asked for at a terminal, and there is none"),
    ],
)
def test_what_leads_nowhere_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str) -> None:
    monkeypatch.setitem(sys.modules, "keyring", Locked())
    (tmp_path / "empty").write_bytes(b"\n")
    (tmp_path / "binary").write_bytes(b"s3cret\xff")
    (tmp_path / "large").write_bytes(b"s" * (MAX_SECRET_BYTES + 1))
    with pytest.raises(UsageError) as refused:
        resolve(text.format(tmp_path), "it", {"EMPTY": ""}, None)
    assert message in refused.value.message
    assert "s3cret" not in str(refused.value)


def test_a_keyring_that_is_missing_or_empty_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=lambda service, user: None))
    with pytest.raises(UsageError, match="has nothing for 's' and 'u'"):
        resolve("keyring:s/u", "it", {}, None)
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UsageError, match="'keyring' is not installed"):
        resolve("keyring:s/u", "it", {}, None)

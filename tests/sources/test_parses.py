from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arazzo_runner.document import Profile, read
from arazzo_runner.sources import parses
from arazzo_runner.sources.parses import MIN_PARSE_BYTES, Parses

URI = "file:///api.yml"


def text(more: str = "") -> bytes:
    """Return a text that is big enough to be kept."""
    filling = "".join(f"# {number:0100}\n" for number in range(MIN_PARSE_BYTES // 100))
    return f"a: {{b: [1, 2.5, x, true, null, 2019-01-01]}}\n{more}{filling}".encode()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the texts that are parsed."""
    done: list[str] = []

    def counting(content: bytes, uri: str, name: str, *more: Any) -> Any:
        done.append(name)
        return read(content, uri, name, *more)

    monkeypatch.setattr(parses, "read", counting)
    return done


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.parse"))


def test_a_text_is_parsed_once(tmp_path: Path, counted: list[str]) -> None:
    kept = Parses(tmp_path / "parses")
    first = kept.read(text(), URI, "one", Profile.SOURCE)
    again = kept.read(text(), "file:///other.yml", "two", Profile.SOURCE)
    assert counted == ["one"]
    assert again.data == first.data == {"a": {"b": [1, 2.5, "x", True, None, "2019-01-01"]}}
    assert (again.uri, again.name, again.text) == ("file:///other.yml", "two", text().decode())
    assert not again.diagnostics


def test_places_are_those_of_the_text(tmp_path: Path) -> None:
    kept = Parses(tmp_path / "parses")
    first = kept.read(text(), URI, "one", Profile.SOURCE)
    again = kept.read(text(), URI, "one", Profile.SOURCE)
    for path in ((), ("a",), ("a", "b", 2), ("nowhere",)):
        assert again.span(path) == first.span(path)
        assert again.span(path, key=True) == first.span(path, key=True)


def test_a_text_that_has_changed_is_another_one(tmp_path: Path, counted: list[str]) -> None:
    kept = Parses(tmp_path / "parses")
    kept.read(text("c: 1\n"), URI, "one", Profile.SOURCE)
    assert kept.read(text("c: 2\n"), URI, "two", Profile.SOURCE).data["c"] == 2  # type: ignore[index,call-overload]  # an object
    assert counted == ["one", "two"]


@pytest.mark.parametrize(
    ("content", "profile"),
    [
        (b"a: 1\n", Profile.SOURCE),
        (text(), Profile.ARAZZO),
        (b'{"a": "' + b"x" * MIN_PARSE_BYTES + b'"}', Profile.SOURCE),
        (text("c: &anchor [1]\nd: *anchor\n"), Profile.SOURCE),
        (text("c: 1\nc: 2\n"), Profile.SOURCE),
        (text("c: [\n"), Profile.SOURCE),
        (text("c: 18446744073709551616\n"), Profile.SOURCE),
        (text('c: "\\ud800"\n'), Profile.SOURCE),
    ],
    ids=["small", "Arazzo", "JSON", "aliases", "a key twice", "broken", "more than 64 bits", "half a surrogate pair"],
)
def test_what_is_not_kept(tmp_path: Path, content: bytes, profile: Profile) -> None:
    kept = Parses(tmp_path / "parses")
    first = kept.read(content, URI, "one", profile)
    assert not files(kept.folder)
    assert kept.read(content, URI, "one", profile).data == first.data == read(content, URI, "one", profile).data


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_whatever_was_changed_is_parsed_anew(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    kept = Parses(tmp_path_factory.mktemp("parses"))
    expected = kept.read(text(), URI, "one", Profile.SOURCE).data
    (path,) = files(kept.folder)
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    flipped = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    path.write_bytes(data.draw(st.sampled_from([content[:at], flipped, content + b"x", b""])))
    assert kept._get(path.stem) is None
    assert not path.exists(), "it is removed"
    assert kept.read(text(), URI, "one", Profile.SOURCE).data == expected


def test_another_version_reads_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: list[str]) -> None:
    kept = Parses(tmp_path / "parses")
    kept.read(text(), URI, "one", Profile.SOURCE)
    monkeypatch.setattr(parses, "VERSION", "99")
    kept.read(text(), URI, "two", Profile.SOURCE)
    assert counted == ["one", "two"]


@pytest.mark.parametrize(("limit", "value"), [("MAX_PARSES", 2), ("MAX_PARSES_BYTES", 200)])
def test_they_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(parses, limit, value)
    kept = Parses(tmp_path / "parses")
    for number in range(4):
        kept.read(text(f"c: {number}\n"), URI, "one", Profile.SOURCE)
    assert 1 <= len(files(kept.folder)) <= 3


def test_a_parse_that_is_too_big_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parses, "MAX_PARSE_BYTES", 10)
    kept = Parses(tmp_path / "parses")
    kept.read(text(), URI, "one", Profile.SOURCE)
    assert not files(kept.folder)

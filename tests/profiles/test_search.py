import os
import sys
from pathlib import Path

import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.search import FILE_NAME, MAX_PROFILE_BYTES, find, read_found, read_named

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a project in it: `home/code/.git`, and folders below."""
    home = tmp_path / "home"
    (home / "code" / "specs" / "deep").mkdir(parents=True)
    (home / "code" / ".git").mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    return home


def put(folder: Path) -> Path:
    path = folder / FILE_NAME
    path.write_text("")
    return path


def test_the_nearest_file_counts(home: Path) -> None:
    deep = home / "code" / "specs" / "deep"
    assert find(deep) is None
    at_root = put(home / "code")
    assert find(deep) == at_root
    between = put(home / "code" / "specs")
    assert find(deep) == between
    assert find(home / "code") == at_root


def test_the_search_ends_at_the_repository(home: Path) -> None:
    put(home)
    assert find(home / "code" / "specs") is None


def test_a_repository_may_be_a_worktree_or_a_submodule(home: Path) -> None:
    put(home / "code")
    (home / "code" / "specs" / ".git").write_text("gitdir: elsewhere")
    assert find(home / "code" / "specs" / "deep") is None


def test_the_search_ends_at_the_home_folder(home: Path, tmp_path: Path) -> None:
    (home / "other" / "deep").mkdir(parents=True)
    put(tmp_path)
    assert find(home / "other" / "deep") is None
    at_home = put(home)
    assert find(home / "other" / "deep") == at_home


def test_a_folder_outside_of_both_is_looked_into_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "srv" / "app").mkdir(parents=True)
    put(tmp_path / "srv")
    assert find(tmp_path / "srv" / "app") is None
    own = put(tmp_path / "srv" / "app")
    assert find(tmp_path / "srv" / "app") == own


@pytest.mark.parametrize("value", ["", "relative"])
def test_a_home_that_is_no_place_is_none(home: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HOME", value)
    monkeypatch.setenv("USERPROFILE", value)
    put(home / "code")
    assert find(home / "code" / "specs") == home / "code" / FILE_NAME


def test_a_folder_that_is_not_there_has_none(home: Path) -> None:
    assert find(home / "code" / "nowhere") is None


@posix
@pytest.mark.parametrize(("name", "mode"), [(".", 0o777), (".", 0o703), (FILE_NAME, 0o666), (FILE_NAME, 0o602)])
def test_what_others_may_write_to_is_refused(home: Path, name: str, mode: int) -> None:
    path = put(home / "code")
    (home / "code" / name).chmod(mode)
    with pytest.raises(UsageError, match="every user may write") as refused:
        read_found(find(home / "code" / "specs") or path)
    assert "not used" in refused.value.message
    assert "chmod go-w" in refused.value.hint
    assert f"--config {path}" in refused.value.hint
    assert read_named(path) == b""


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("name", [".", FILE_NAME])
def test_what_another_user_owns_is_refused(home: Path, name: str) -> None:
    path = put(home / "code")
    os.chown(home / "code" / name, 65534, -1)
    with pytest.raises(UsageError, match="belongs to another user"):
        read_found(find(home / "code") or path)


@posix
def test_for_another_user_everything_is_anothers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(home / "code")
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    with pytest.raises(UsageError, match="the folder belongs to another user"):
        find(home / "code")


@posix
def test_a_link_out_of_the_repository_is_refused(home: Path, tmp_path: Path) -> None:
    (home / "code" / FILE_NAME).symlink_to(put(tmp_path))
    with pytest.raises(UsageError, match="is a link that leads out of"):
        find(home / "code" / "specs")


@posix
def test_a_link_within_is_followed_and_what_it_leads_to_judged(home: Path) -> None:
    shared = home / "code" / "specs"
    (home / "code" / FILE_NAME).symlink_to(put(shared))
    assert find(home / "code") == shared / FILE_NAME
    shared.chmod(0o777)
    with pytest.raises(UsageError, match="every user may write to the folder"):
        find(home / "code")


@posix
def test_a_folder_behind_a_link_belongs_where_it_really_is(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (home / "code" / "linked").symlink_to(elsewhere)
    put(home / "code")
    assert find(home / "code" / "linked") is None


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling"])
def test_what_is_no_file_is_said_and_holds_nobody_up(home: Path, kind: str) -> None:
    path = home / "code" / FILE_NAME
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to(home / "code" / "nowhere")
    with pytest.raises(UsageError, match=r"is no file|can't be read") as refused:
        read_found(find(home / "code") or path)
    assert "--no-config" in refused.value.hint


def test_a_size_has_a_limit(home: Path) -> None:
    path = put(home / "code")
    path.write_bytes(b"#" * MAX_PROFILE_BYTES)
    assert len(read_found(path)) == len(read_named(path)) == MAX_PROFILE_BYTES
    path.write_bytes(b"#" * (MAX_PROFILE_BYTES + 1))
    for reading in (read_found, read_named):
        with pytest.raises(UsageError, match=r"larger than 256 KiB \(max_profile_bytes\)"):
            reading(path)


@pytest.mark.parametrize("name", ["nowhere.toml", "nul\0.toml"])
def test_a_named_file_that_can_not_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"can't be read|no file can have that name"):
        read_named(tmp_path / name)

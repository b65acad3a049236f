import os
import sys
from pathlib import Path

import pytest

from arazzo_runner.profiles.ownership import FILE, distrust

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (0o600, ""),
        (0o644, ""),
        (0o444, ""),
        (0o646, "every user may write to the file"),
        (0o602, "every user may write to the file"),
    ],
)
def test_who_may_write_decides(tmp_path: Path, mode: int, reason: str) -> None:
    path = tmp_path / "file"
    path.touch()
    path.chmod(mode)
    assert distrust(path.stat(), FILE) == reason


def status(path: Path, *, uid: int | None = None, gid: int | None = None, mode: int = 0o100664) -> os.stat_result:
    """Return the status of a file as if it had another owner, which only root could give it."""
    found = list(path.stat())
    found[0], found[4], found[5] = mode, found[4] if uid is None else uid, found[5] if gid is None else gid
    return os.stat_result(found)


def test_the_owner_decides(tmp_path: Path) -> None:
    assert distrust(status(tmp_path, mode=0o100644), FILE) == ""
    assert distrust(status(tmp_path, uid=os.geteuid() + 1, mode=0o100644), FILE) == "the file belongs to another user"


def test_a_group_that_may_write_must_be_the_users_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import grp
    import pwd

    me = pwd.getpwuid(os.geteuid()).pw_name
    groups = {
        70001: grp.struct_group((me, "x", 70001, [])),
        70002: grp.struct_group((me, "x", 70002, [me])),
        70003: grp.struct_group((me, "x", 70003, [me, "mallory"])),
        70004: grp.struct_group(("staff", "x", 70004, [])),
    }
    monkeypatch.setattr(grp, "getgrgid", groups.__getitem__)
    told = {gid: distrust(status(tmp_path, gid=gid), FILE) for gid in (*groups, 70005)}
    refused = "its group may write to the file"
    assert told == {70001: "", 70002: "", 70003: refused, 70004: refused, 70005: refused}

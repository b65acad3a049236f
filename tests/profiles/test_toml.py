from pathlib import Path

import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.toml import read


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_mark_and_line_ends_change_no_place(tmp_path: Path, mark: bytes, ending: bytes) -> None:
    text = b"# first\n[defaults]\nstrict = true\n".replace(b"\n", ending)
    written = read(mark + text, "a.toml", tmp_path)
    assert written.data == {"defaults": {"strict": True}}
    assert written.place(("defaults",)) == "a.toml:2:1"
    assert written.place(("defaults", "strict")) == "a.toml:3:10"
    assert written.place(("defaults", "strict"), key=True) == "a.toml:3:1"
    assert written.place(("defaults", "strict", "nothing", 3)) == "a.toml:3:10"
    assert written.place(("nothing",)) == "a.toml:1:1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb 2\n", "a.toml:2:3: no TOML: "),
        ("a = 1\na = 2\n", "a.toml:2:6: no TOML: "),
        ('a = "s3cret\n', "a.toml:1:12: no TOML: "),
        ('a = """s3cret', "a.toml:1:14: no TOML: "),
        ("a = s3cret", "a.toml:1:5: no TOML: "),
        ("a = 1\nb = " + "[" * 100, "a.toml:2:37: it is nested too deeply (max_profile_depth)"),
        ("a = " + "9" * 5000, "a.toml:1:5: this is no number"),
        ("a = 1979-99-99", "a.toml:1"),
        ("a = 0001-01-01T00:00:00+99:99", "a.toml"),
        ("a = \x00", "a.toml:1:5: no TOML: "),
    ],
)
def test_faults_have_their_place_and_show_no_value(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        read(text.encode(), "a.toml", tmp_path)
    assert refused.value.message.startswith(message)
    assert "s3cret" not in str(refused.value)
    assert "\n" not in refused.value.message


def test_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a.toml: byte 1 is not UTF-8"):
        read("a = 1".encode("utf-16"), "a.toml", tmp_path)

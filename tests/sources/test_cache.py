import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arazzo_runner.sources import cache as caching
from arazzo_runner.sources.cache import Cache
from arazzo_runner.sources.retrieval import Retrieved

URL = "https://example.com/api.yml"
DOCUMENT = Retrieved(b"openapi: 3.1.0\n\xff", "https://example.com/moved.yml", "text/yaml", (("etag", '"1"'),))


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.document"))


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "er")
    assert cache.get(URL) is None
    cache.put(URL, DOCUMENT)
    kept = cache.get(URL)
    assert kept is not None
    assert kept.document == DOCUMENT
    assert kept.document.validators == DOCUMENT.validators
    assert cache.get(URL + "?x") is None


@pytest.mark.skipif(sys.platform == "win32", reason="bits of POSIX systems")
def test_folder_and_files_are_the_users_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        Cache(tmp_path / "c").put(URL, DOCUMENT)
    finally:
        os.umask(old)
    assert (tmp_path / "c").stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in files(tmp_path / "c")] == [0o600]


@pytest.mark.skipif(sys.platform == "win32", reason="bits of POSIX systems")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o702])
def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "c"
    Cache(folder).put(URL, DOCUMENT)
    folder.chmod(mode)
    assert Cache(folder).get(URL) is None
    Cache(folder).put(URL + "2", DOCUMENT)
    assert len(files(folder)) == 1


def test_a_link_in_the_place_of_the_folder_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "c").symlink_to("real")
    Cache(tmp_path / "c").put(URL, DOCUMENT)
    assert not files(tmp_path / "real")


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_whatever_was_changed_is_not_read(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cache")
    cache = Cache(folder)
    cache.put(URL, DOCUMENT)
    (path,) = files(folder)
    content = path.read_bytes()
    at = data.draw(st.integers(0, 10_000)) % len(content)  # the length depends on the clock
    changed = data.draw(
        st.sampled_from(
            [content[:at], content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :], content + b"x", b""]
        )
    )
    path.write_bytes(changed)
    assert cache.get(URL) is None
    assert not path.exists(), "it is removed"


def test_a_copy_under_the_name_of_another_is_not_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(URL, DOCUMENT)
    (one,) = files(tmp_path)
    cache.put(URL + "2", DOCUMENT)
    (other,) = [path for path in files(tmp_path) if path != one]
    one.replace(other)
    assert cache.get(URL + "2") is None


@pytest.mark.parametrize(("limit", "value"), [("MAX_CACHE_FILES", 2), ("MAX_CACHE_BYTES", 700)])
def test_the_cache_is_bounded_and_lets_the_oldest_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(caching, limit, value)
    cache = Cache(tmp_path)
    for number in range(4):
        cache.put(f"{URL}{number}", DOCUMENT)
        os.utime(max(files(tmp_path), key=lambda path: path.stat().st_mtime), (number, number))
    assert cache.get(f"{URL}0") is None
    assert cache.get(f"{URL}3") is not None
    assert 1 <= len(files(tmp_path)) <= 2


def test_what_was_left_half_written_is_removed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    left = tmp_path / "tmpabc"
    left.write_bytes(b"x")
    os.utime(left, (1, 1))
    Cache(tmp_path).put(URL, DOCUMENT)
    assert not left.exists()


def test_trouble_is_never_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    cache = Cache(tmp_path / "file" / "below")
    cache.put(URL, DOCUMENT)
    assert cache.get(URL) is None


def test_many_at_once_see_whole_copies(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(URL, DOCUMENT)
    bad: list[object] = []

    def work(number: int) -> None:
        for _ in range(30):
            cache.put(URL, Retrieved(bytes([number]) * 5000, URL, "", ()))
            kept = cache.get(URL)
            if kept is None or len(set(kept.document.content)) != 1:
                bad.append(kept)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not bad

from pathlib import Path

import pytest

from arazzo_runner.sources.access import Access
from arazzo_runner.sources.egress.policy import egress_for
from arazzo_runner.sources.location import file_uri
from arazzo_runner.sources.retrieval import RetrievalFailure, Retrieved
from tests.wire import Wire, answer, head, raw

FRESH = answer(200, b"a: 1", ("ETag", '"1"'), ("Content-Type", "text/yaml"))
SAME = raw(head(304, [("ETag", '"1"')]), keep=True)


def test_a_copy_is_asked_for_again_and_used_while_it_holds(tmp_path: Path) -> None:
    told: list[str] = []
    access = Access(cache=tmp_path / "c", tell=told.append)
    with Wire(FRESH, SAME, answer(200, b"a: 2", ("ETag", '"2"'))) as wire:
        found = [access(f"{wire.url}/a.yml") for _ in range(3)]
    contents = [each.content for each in found if isinstance(each, Retrieved)]
    assert contents == [b"a: 1", b"a: 1", b"a: 2"]
    assert [request.values("If-None-Match") for request in wire.received] == [[], ['"1"'], ['"1"']]
    assert len(told) == 1
    assert "has not changed" in told[0]


def test_without_the_network_a_copy_is_used_unasked(tmp_path: Path) -> None:
    told: list[str] = []
    with Wire(FRESH) as wire:
        Access(cache=tmp_path / "c")(f"{wire.url}/a.yml")
        offline = Access(offline=True, cache=tmp_path / "c", tell=told.append)
        found, missing = offline(f"{wire.url}/a.yml"), offline(f"{wire.url}/b.yml")
        assert len(wire.received) == 1
    assert isinstance(found, Retrieved)
    assert found.content == b"a: 1"
    assert isinstance(missing, RetrievalFailure)
    assert "--offline" in missing.reason
    assert "--offline" in told[0]


@pytest.mark.parametrize(
    "behaviour",
    [
        answer(200, b"a: 1", ("Cache-Control", "no-store")),
        answer(200, b"<!doctype html><title>Log in</title>", ("ETag", "1")),
        answer(404, b"a: 1", ("ETag", "1")),
    ],
    ids=["forbidden", "page", "failure"],
)
def test_what_should_not_be_kept_is_not(behaviour: object, tmp_path: Path) -> None:
    with Wire(behaviour) as wire:  # type: ignore[arg-type]  # the table holds behaviours alone
        Access(cache=tmp_path / "c")(f"{wire.url}/a.yml")
    assert not list(tmp_path.rglob("*.document"))


def test_a_server_that_is_gone_is_told_and_not_covered_up(tmp_path: Path) -> None:
    with Wire(FRESH) as wire:
        Access(cache=tmp_path / "c")(f"{wire.url}/a.yml")
    assert isinstance(Access(cache=tmp_path / "c")(f"{wire.url}/a.yml"), RetrievalFailure)


def test_a_root_holds_for_files(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("x")
    (tmp_path / "in").mkdir()
    assert isinstance(Access(root=tmp_path)(file_uri(tmp_path / "a.yml")), Retrieved)
    assert isinstance(Access(root=tmp_path / "in")(file_uri(tmp_path / "a.yml")), RetrievalFailure)


@pytest.mark.parametrize("uri", ["ftp://example.com/x", "urn:x:y", "data:,x"])
def test_other_schemes_are_refused(uri: str) -> None:
    found = Access()(uri)
    assert isinstance(found, RetrievalFailure)
    assert "not one of the schemes" in found.reason


def test_a_copy_is_used_only_where_its_host_is_allowed(tmp_path: Path) -> None:
    with Wire(FRESH) as wire, Wire(raw(head(302, [("Location", f"{wire.url}/a.yml")]))) as moved:
        Access(cache=tmp_path / "c")(f"{moved.url}/a.yml")
        Access(cache=tmp_path / "c")(f"{wire.url}/a.yml")
        seen = wire.connections
        nobody = Access(offline=True, cache=tmp_path / "c", egress=egress_for([]))
        found = nobody(f"{wire.url}/a.yml")
        assert isinstance(found, RetrievalFailure)
        assert "is not among the hosts that are allowed" in found.reason
        named = nobody.naming(f"{moved.url}/a.yml")(f"{moved.url}/a.yml")
        assert isinstance(named, RetrievalFailure)
        assert "its copy came from elsewhere" in named.reason
        assert isinstance(nobody.naming(f"{wire.url}/a.yml")(f"{wire.url}/a.yml"), Retrieved)
        assert wire.connections == seen


def test_a_document_that_the_caller_named_may_be_asked_for(tmp_path: Path) -> None:
    with Wire(FRESH) as wire:
        access = Access(egress=egress_for([]))
        assert isinstance(access(f"{wire.url}/a.yml"), RetrievalFailure)
        named = access.naming(f"{wire.url}/a.yml")
        assert isinstance(named(f"{wire.url}/a.yml"), Retrieved)
        assert isinstance(named(f"{wire.url}/b.yml"), RetrievalFailure)
        assert len(wire.received) == 1

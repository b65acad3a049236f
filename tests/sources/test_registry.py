import pytest

from arazzo_runner.sources.registry import ApiSource, Registry, type_of
from arazzo_runner.sources.retrieval import Policy, RetrievalFailure
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, arazzo


@pytest.mark.parametrize(
    ("data", "expected"),
    [({"swagger": "2.0"}, "openapi"), ({"arazzo": "1.0.0"}, "arazzo"), ({"a": 1}, ""), ([], ""), (None, "")],
)
def test_the_root_tells_the_type(data: JSON, expected: str) -> None:
    assert type_of(data) == expected


def test_sources_belong_to_their_document() -> None:
    own, other = arazzo(), arazzo(uri=FOLDER + "other.json")
    source = ApiSource("things", "", "")
    registry = Registry({own.source.uri: {"things": source}})
    assert registry.source(own, "things") is source
    assert registry.source(own, "none") is None
    assert registry.sources(other) == {}


def test_a_registry_that_was_not_gathered_has_no_documents() -> None:
    assert isinstance(Registry({}).documents.open(FOLDER + "a.json", Policy(allow_files=True)), RetrievalFailure)

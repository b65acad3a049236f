import pytest

from arazzo_runner.document import Description
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.moved import Sought, lacking, relative_url, seek, servers_of
from arazzo_runner.sources.registry import ApiSource
from arazzo_runner.sources.search import Sighting
from arazzo_runner.sources.whereabouts import Whereabouts
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, api, arazzo, text_of

THERE = FOLDER + "specs/api.json"
PATHS: JSON = {"/a": {"get": {"operationId": "getA"}}, "/b": {"get": {}}}
API: JSON = {"openapi": "3.1.0", "servers": [{"url": "https://api.example/v1"}], "paths": PATHS}


def sought(url: str, *uris: str, uri: str = FOLDER + "flow.json", whole: bool = True, override: str = "") -> Sought:
    description = arazzo(sources={"things": url}, uri=uri)
    place = Whereabouts(description, description.source_descriptions[0], override or None)
    return seek(place, lambda document, name: Sighting(uris if name == "api.json" else (), "/docs", whole))


@pytest.mark.parametrize("url", ["api.json", "gone/api.json", "../../api.json", "/gone/api.json", "gone/ap%69.json"])
def test_the_one_file_of_the_name_is_found(url: str) -> None:
    assert sought(url, THERE) == Sought(THERE)


@pytest.mark.parametrize(
    "found",
    [
        sought(FOLDER + "gone/api.json", THERE),
        sought("https://x.example/api.json", THERE),
        sought("//x.example/api.json", THERE),
        sought("api.json", THERE, uri="https://x.example/flow.json"),
        sought("api.json", THERE, override=FOLDER + "mine.json"),
        sought("gone/", THERE),
        sought("api.json"),
    ],
)
def test_nothing_is_looked_for_elsewhere(found: Sought) -> None:
    assert found == Sought()


def test_of_two_files_none_is_taken_and_both_are_named() -> None:
    found = sought("api.json", THERE, FOLDER + "old/api.json")
    assert found.uri is None
    assert all(name in found.advice for name in ("/docs/specs/api.json", "/docs/old/api.json"))


def test_a_search_that_was_too_large_says_so() -> None:
    assert "more than" in sought("api.json", whole=False).advice


@pytest.mark.parametrize(
    ("steps", "others", "missing"),
    [
        (["getA"], {}, ""),
        (["getA", "getX"], {}, "getX"),
        (["$sourceDescriptions.things.getX"], {"o": "o.json"}, "$sourceDescriptions.things.getX"),
        (["$sourceDescriptions.o.getX", "$sourceDescriptions.things.getA"], {"o": "o.json"}, ""),
        (["getA", "elsewhere"], {"o": "o.json"}, ""),
        (["elsewhere"], {"o": "o.json"}, "elsewhere"),
        (["$sourceDescriptions.things-two.getX", "getA"], {"things-two": "o.json"}, ""),
        ([], {}, "none"),
    ],
)
def test_what_a_description_names_has_to_be_there(steps: list[str], others: dict[str, JSON], missing: str) -> None:
    written: list[JSON] = [{"operationId": step} for step in steps]
    description = arazzo(*written, sources={"things": "gone/api.json", **others})
    assert lacking(description, ApiSource("things", THERE, "openapi", api(PATHS))) == missing


def test_operations_by_path_have_to_be_there_too() -> None:
    path = "{$sourceDescriptions.things.url}#/paths/~1"
    for place, missing in (("b/get", ""), ("b/put", path + "b/put")):
        description = arazzo({"operationPath": path + place})
        assert lacking(description, ApiSource("things", THERE, "openapi", api(PATHS))) == missing


def test_workflows_have_to_be_there() -> None:
    other = arazzo(uri=FOLDER + "other.json")
    for name, missing in (("flow", ""), ("gone", "$sourceDescriptions.more.gone")):
        sources: dict[str, JSON] = {"more": {"url": "x/other.json", "type": "arazzo"}}
        description = arazzo({"workflowId": f"$sourceDescriptions.more.{name}"}, sources=sources)
        assert lacking(description, ApiSource("more", other.source.uri, "arazzo", other)) == missing


def test_the_servers_of_the_named_operations_are_told() -> None:
    document = api(PATHS, servers=[{"url": "https://api.example/v1"}])
    assert servers_of(arazzo({"operationId": "getA"}), ApiSource("things", THERE, "", document)) == (
        "https://api.example/v1"
    )


def test_the_url_to_write_starts_at_the_document() -> None:
    assert relative_url(arazzo(uri=FOLDER + "flows/flow.json"), THERE) == "../specs/api.json"
    named: dict[str, JSON] = {"$self": "https://x.example/f"}
    assert relative_url(arazzo(uri=FOLDER + "flow.json", sources=None, version="1.1.0", **named), THERE) == THERE


def test_a_moved_source_is_gathered_with_a_warning_and_a_mark() -> None:
    description = arazzo({"operationId": "getA"}, sources={"things": "gone/api.json"})
    memory = Memory({THERE: text_of(API)})
    registry = gather(description, retrieve=memory, find=lambda document, name: Sighting((THERE,), "/docs"))
    source = registry.source(description, "things")
    assert source is not None
    assert (source.moved, source.uri) == (True, THERE)
    (told,) = registry.diagnostics
    assert told.code == "reading-P13"
    assert "/docs/specs/api.json" in told.message
    assert "https://api.example/v1" in told.message
    assert told.help.startswith("write url: specs/api.json")


def test_what_a_moved_document_leads_to_is_marked_as_well() -> None:
    sources: dict[str, JSON] = {"more": {"url": "gone/other.json", "type": "arazzo"}}
    description = arazzo({"workflowId": "$sourceDescriptions.more.flow"}, sources=sources)
    other = arazzo({"operationId": "getA"}, uri=FOLDER + "deep/other.json").source.text
    memory = Memory({FOLDER + "deep/other.json": other, FOLDER + "deep/api.json": API})
    found = gather(
        description, retrieve=memory, find=lambda document, name: Sighting((FOLDER + "deep/other.json",), "/docs")
    )
    more = found.source(description, "more")
    assert more is not None
    assert isinstance(more.document, Description)
    things = found.source(more.document, "things")
    assert things is not None
    assert (more.moved, things.moved) == (True, True)

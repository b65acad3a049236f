"""A description in one file or many, of each version, in JSON and YAML mixed: always the same operation."""

from __future__ import annotations

import json

import pytest
import yaml

from arazzo_runner.document import Profile, read
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.identity import identity_of
from arazzo_runner.sources.openapi.document import OpenApiDocument, version_of
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure, Retrieved
from arazzo_runner.values import JSON
from tests.sources.inline import INFO

VERSIONS = ("2.0", "3.0.4", "3.1.1", "3.2.0")
FOLDER = "file:///docs/"


def schema(version: str) -> dict[str, JSON]:
    return {"type": "integer"} if version == "2.0" else {"schema": {"type": "integer"}}


def parameter(version: str, name: str = "q", where: str = "query") -> JSON:
    return {"name": name, "in": where, "required": where == "path", **schema(version)}


def operation(parameters: list[JSON]) -> JSON:
    return {"operationId": "x", "parameters": parameters, "responses": {"200": {"description": "ok"}}}


def head(version: str, paths: JSON, **more: JSON) -> dict[str, JSON]:
    return {"swagger" if version == "2.0" else "openapi": version, "info": INFO, "paths": paths, **more}


def layouts(version: str) -> dict[str, dict[str, JSON]]:
    """Return the files of each layout, by name; the first is the description."""
    ref = "#/parameters/q" if version == "2.0" else "#/components/parameters/q"
    shared: dict[str, JSON] = {"q": parameter(version)}
    own: dict[str, JSON] = {"parameters": shared} if version == "2.0" else {"components": {"parameters": shared}}
    path, query = parameter(version, "id", "path"), parameter(version)
    whole = operation([path, query])
    return {
        "one file": {"api": head(version, {"/x/{id}": {"get": operation([path, {"$ref": ref}])}}, **own)},
        "parameter in a file": {
            "api": head(version, {"/x/{id}": {"get": operation([path, {"$ref": "shared/q"}])}}),
            "shared/q": query,
        },
        "path item in a file": {"api": head(version, {"/x/{id}": {"$ref": "paths/x"}}), "paths/x": {"get": whole}},
        "path item in a part": {
            "api": head(version, {"/x/{id}": {"$ref": "paths/all#/x~1id"}}),
            "paths/all": {"x/id": {"get": operation([path, {"$ref": "#/shared/q"}])}, "shared": shared},
        },
        "through three files": {
            "api": head(version, {"/x/{id}": {"$ref": "a/one"}}),
            "a/one": {"$ref": "../b/two#/there"},
            "b/two": {"there": {"get": operation([path, {"$ref": "../c/three"}])}},
            "c/three": query,
        },
        "back and forth": {
            "api": head(version, {"/x/{id}": {"$ref": "paths/x"}}, **own),
            "paths/x": {"get": operation([path, {"$ref": f"../api{ref}"}])},
        },
        "into another description": {
            "api": head(version, {"/x/{id}": {"$ref": "other#/paths/~1y~1%7Bid%7D"}}),
            "other": head(version, {"/y/{id}": {"get": operation([path, {"$ref": ref}])}}, **own),
        },
    }


LAYOUTS = [(version, name) for version in VERSIONS for name in layouts(version)]


def opened(files: dict[str, JSON], formats: tuple[str, ...]) -> OpenApiDocument:
    """Read a description whose files are written in the formats in turn; their names do not tell which."""
    texts = {
        f"{FOLDER}{name}": (json.dumps if formats[number % len(formats)] == "json" else yaml.safe_dump)(data)
        for number, (name, data) in enumerate(files.items())
    }

    def found(uri: str, /) -> Retrieval:
        return Retrieved(texts[uri].encode(), uri) if uri in texts else RetrievalFailure(uri, "there is no such file")

    source = read(texts[FOLDER + "api"], FOLDER + "api", "api", Profile.SOURCE)
    documents = Documents(found, identity_of)
    documents.adopt(source, Profile.SOURCE)
    return OpenApiDocument(source, version_of(source.data), documents)


@pytest.mark.parametrize("formats", [("json",), ("yaml",), ("json", "yaml"), ("yaml", "json")], ids="-".join)
@pytest.mark.parametrize(("version", "name"), LAYOUTS)
def test_the_operation_is_the_same_however_the_files_are_cut(version: str, name: str, formats: tuple[str, ...]) -> None:
    document = opened(layouts(version)[name], formats)
    (endpoint,) = document.endpoints.all
    found = document.operation(endpoint, "api")
    assert found.diagnostics == ()
    read = found.operation
    assert (read.operation_id, read.method, read.path) == ("x", "GET", "/x/{id}")
    assert [(each.name, each.location) for each in read.parameters] == [("id", "path"), ("q", "query")]


@pytest.mark.parametrize(
    ("version", "key", "place", "is_known"),
    [
        ("3.2.0", "$self", "https://api.example/shared", True),
        ("3.2.0", "$self", "deep/shared", True),
        ("3.1.1", "$self", "deep/shared", False),
        ("3.0.4", "$self", "deep/shared", False),
    ],
)
def test_a_description_is_referred_to_by_what_it_calls_itself_from_3_2_on(
    version: str, key: str, place: str, is_known: bool
) -> None:
    """References of the description itself start at its name, and its own name leads back to it."""
    paths: JSON = {"/x": {"get": operation([{"$ref": f"{place.rpartition('/')[2]}#/components/parameters/q"}])}}
    files: dict[str, JSON] = {
        "api": head(version, paths, components={"parameters": {"q": parameter(version)}}, **{key: place})
    }
    document = opened(files, ("yaml",))
    (endpoint,) = document.endpoints.all
    found = document.operation(endpoint, "api")
    assert (found.diagnostics == ()) == is_known
    assert [each.name for each in found.operation.parameters] == (["q"] if is_known else [])

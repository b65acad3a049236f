"""What schemas call themselves, and where references into their documents lead (INP-08, URI-16)."""

from __future__ import annotations

import pytest

from arazzo_runner.program.schema_files import WHOLE, File, Resource, names_of, schemas_of
from arazzo_runner.values import JSON, Nothing, Path

BASE = "https://x.example/d/flow.json"
DATA: JSON = {
    "$defs": {
        "a": {"$id": "a.json", "$defs": {"b": {"$anchor": "here"}, "c": {"$id": "c/", "$dynamicAnchor": "node"}}},
        "const": {"$anchor": "kept"},
    },
    "const": {"$anchor": "data", "$id": "data.json"},
    "allOf": [{"$anchor": "top"}],
}
A = Resource(("$defs", "a"), "https://x.example/d/a.json")
ROOT = Resource((), BASE)


def test_names_belong_to_their_resource() -> None:
    found = names_of(DATA, BASE)
    inner = Resource(("$defs", "a", "$defs", "c"), "https://x.example/d/c/")
    assert found.at == {(): ROOT, A.at: A, inner.at: inner}
    assert found.resources == {A.base: A, inner.base: inner}
    assert found.anchors == {
        (A.at, "here"): (*A.at, "$defs", "b"),
        (inner.at, "node"): inner.at,
        ((), "kept"): ("$defs", "const"),
        ((), "top"): ("allOf", 0),
    }


@pytest.mark.parametrize(
    ("fragment", "resource", "at"),
    [
        ("", A, A.at),
        ("/$defs/b", A, (*A.at, "$defs", "b")),
        ("here", A, (*A.at, "$defs", "b")),
        ("/$defs/a/$defs/c", ROOT, (*A.at, "$defs", "c")),
        ("/allOf/0", ROOT, ("allOf", 0)),
        ("here", ROOT, None),
        ("/$defs/none", A, None),
    ],
)
def test_a_fragment_names_a_place_in_its_resource(fragment: str, resource: Resource, at: Path | None) -> None:
    found = File("", BASE, DATA, BASE).place_of(fragment, resource)
    assert isinstance(found, Nothing) if at is None else found == at


@pytest.mark.parametrize("at", [A.at, (*A.at, "$defs"), (*A.at, "$defs", "b")])
def test_the_resource_of_a_place_is_the_innermost_around_it(at: Path) -> None:
    file = File("", BASE, DATA, BASE)
    assert file.resource(at) == A
    assert file.resource(("$defs",)) == ROOT


def test_of_an_arazzo_document_only_its_schemas_count() -> None:
    schema: JSON = {"$anchor": "s"}
    steps: JSON = [{"requestBody": {"payload": {"$anchor": "p", "$id": "p.json"}}}]
    data: JSON = {"workflows": [{"steps": steps}, {"inputs": schema, "steps": steps}], "components": {"inputs": None}}
    assert schemas_of(data) == {"workflows": [{}, {"inputs": schema}], "components": {"inputs": None}}
    names = File(WHOLE, BASE, data, BASE).names
    assert names.anchors == {((), "s"): ("workflows", 1, "inputs")}
    assert names.resources == {}


@pytest.mark.parametrize("data", [[], "text", {"workflows": 5, "components": []}, {"workflows": [None]}])
def test_a_document_of_another_shape_has_none(data: JSON) -> None:
    assert names_of(schemas_of(data), BASE).anchors == {}


def test_references_are_pointed_elsewhere_in_a_copy() -> None:
    data: JSON = {"$id": "own", "allOf": [{"$ref": "x"}, {"$ref": "y"}]}
    file = File("", BASE, data, BASE, rewritten={("allOf", 1, "$ref"): "https://z"})
    rewritten: JSON = {"$id": "https://x.example/d/own", "allOf": [{"$ref": "x"}, {"$ref": "https://z"}]}
    assert file.with_references() == rewritten
    assert data == {"$id": "own", "allOf": [{"$ref": "x"}, {"$ref": "y"}]}

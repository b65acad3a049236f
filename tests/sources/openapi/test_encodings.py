import pytest

from arazzo_runner.sources.openapi import encodings
from arazzo_runner.sources.openapi.node import Faults
from arazzo_runner.values import JSON
from tests.sources.inline import api, findings, node, operation

FORM, FORM_DATA, MIXED = "application/x-www-form-urlencoded", "multipart/form-data", "multipart/mixed"
COMPONENTS: JSON = {
    "headers": {"Rate": {"required": True, "schema": {"$ref": "#/components/schemas/Five"}}},
    "schemas": {"Five": {"const": 5}},
}


def read(written: JSON, media_type: str = FORM_DATA, version: str = "3.2.0") -> tuple[dict[str, JSON], list[str]]:
    faults = Faults()
    document = api(version=version, components=COMPONENTS, root={"x-it": {"encoding": {"a": written}}})
    found = encodings.by_name(node(document, "x-it"), media_type, faults)
    return found, [f"{fault.code}: {fault.message}" for fault in faults.found()]


@pytest.mark.parametrize(
    ("media_type", "version", "kept"),
    [
        (FORM, "3.0.4", True),
        (FORM, "3.2.0", True),
        (f"{FORM}; charset=utf-8", "3.1.1", True),
        (FORM_DATA, "3.0.4", False),
        (FORM_DATA, "3.1.1", True),
        ("Multipart/Form-Data", "3.2.0", True),
        (MIXED, "3.2.0", False),
    ],
)
def test_a_style_counts_where_the_version_has_it(media_type: str, version: str, kept: bool) -> None:
    found, faults = read({"style": "form", "explode": False, "contentType": "text/plain"}, media_type, version)
    assert found == {"a": {"contentType": "text/plain", **({"style": "form", "explode": False} if kept else {})}}
    assert [fault.partition(": '")[0] for fault in faults] == ([] if kept else ["openapi-encoding"])


def test_headers_are_given_with_their_references_followed() -> None:
    headers: JSON = {
        "X-Rate": {"$ref": "#/components/headers/Rate"},
        "X-Text": {"content": {"text/plain": {"schema": {"const": "x"}}}},
        "X-Bare": {},
        "X-Wrong": 5,
    }
    found, faults = read({"headers": headers})
    assert found == {
        "a": {
            "headers": {
                "X-Rate": {"required": True, "schema": {"const": 5}},
                "X-Text": {"required": False, "schema": {"const": "x"}},
                "X-Bare": {"required": False, "schema": None},
            }
        }
    }
    assert faults == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (5, "openapi-type: an Encoding Object was expected here, not integer"),
        ({"headers": {"X": {"$ref": "#/gone"}}}, "openapi-reference: the reference '#/gone' leads nowhere"),
    ],
)
def test_what_is_wrong_is_reported(written: JSON, message: str) -> None:
    found, faults = read(written)
    assert found == {"a": {}}
    assert [fault.startswith(message) for fault in faults] == [True]


@pytest.mark.parametrize(("version", "inner"), [("3.2.0", True), ("3.1.1", False)])
def test_parts_by_position_and_parts_of_parts(version: str, inner: bool) -> None:
    nested: dict[str, JSON] = {
        "contentType": MIXED,
        "prefixEncoding": [{"contentType": "application/xml"}, {}],
        "itemEncoding": {"contentType": "image/png"},
        "encoding": {"b": {"contentType": "text/csv"}},
    }
    found, faults = read(nested, MIXED, version)
    assert found == {"a": nested if inner else {"contentType": MIXED}}
    assert faults == []


def test_a_media_type_has_its_encodings_by_position() -> None:
    media: JSON = {
        "schema": {"type": "array"},
        "prefixEncoding": [{}, {"contentType": "image/*"}],
        "itemEncoding": {"contentType": "text/css"},
    }
    body = operation(api({"/things": {"get": {"requestBody": {"content": {MIXED: media}}}}}, "3.2.0")).body
    assert body is not None
    assert body.content[MIXED].prefix_encoding == ({}, {"contentType": "image/*"})
    assert body.content[MIXED].item_encoding == {"contentType": "text/css"}


def test_what_is_found_wrong_reaches_the_findings_of_the_operation() -> None:
    media: JSON = {"encoding": {"a": {"explode": False}}}
    document = api({"/things": {"get": {"requestBody": {"content": {FORM_DATA: media}}}}}, "3.0.4")
    assert findings(document) == [
        "openapi-encoding: 'explode' means nothing for multipart/form-data in OpenAPI 3.0: it is ignored"
    ]

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi.bodies import EncodedBody, encode_body
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import MediaType
from arazzo_runner.values import JSON, Value
from tests.sources.openapi.described import schema

JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text('aü"\\ \n€'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"'), inner, max_size=4),
    max_leaves=10,
)


def content(content_type: str, payload: Value, *, whole: bool = False, media: MediaType | None = None) -> bytes:
    done = encode_body(content_type, payload, media, from_whole_expression=whole)
    assert isinstance(done, EncodedBody), done
    assert done.content_type == content_type
    assert done.remarks == ()
    return done.content


def refusal(content_type: str, payload: Value) -> str:
    refused = encode_body(content_type, payload)
    assert isinstance(refused, Unserialisable), refused
    return refused.reason


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"a": [1, "ü", None, True]}, '{"a":[1,"ü",null,true]}'),
        ({}, "{}"),
        (None, "null"),
        (5, "5"),
        (False, "false"),
        (12345678901234567890123, "12345678901234567890123"),
        ("bob", '"bob"'),
        ("", '""'),
        # BOD-08: text of the document that is JSON already
        ('{"a": 1}', '{"a": 1}'),
        ("5", "5"),
        ('"x"', '"x"'),
    ],
)
@pytest.mark.parametrize(
    "content_type", ["application/json", "application/vnd.x+json", "application/json; charset=utf-8"]
)
def test_json(content_type: str, payload: Value, expected: str) -> None:
    assert content(content_type, payload) == expected.encode()


@pytest.mark.parametrize("text", ['{"a": 1}', "5", "bob", "null", ""])
def test_a_string_that_an_expression_gave_is_a_json_string(text: str) -> None:
    assert json.loads(content("application/json", text, whole=True)) == text


def test_text_that_looks_like_json_but_is_broken_is_told() -> None:
    done = encode_body("application/json", '{"a": }')
    assert isinstance(done, EncodedBody)
    assert done.content == b'"{\\"a\\": }"'
    assert [remark.code for remark in done.remarks] == ["body-broken-json"]


@given(JSONS)
def test_any_json_comes_back(payload: JSON) -> None:
    done = encode_body("application/json", payload, from_whole_expression=True)  # type: ignore[arg-type]  # JSON is a Value
    assert isinstance(done, EncodedBody)
    assert json.loads(done.content) == payload


@pytest.mark.parametrize(
    ("payload", "reason"),
    [(float("nan"), "NaN"), ([float("inf")], "NaN"), ({"a": b"x"}, "base64"), ("\ud800", "surrogate")],
    ids=ascii,
)
def test_what_json_can_not_carry(payload: Value, reason: str) -> None:
    told = refusal("application/json", payload)
    assert told.startswith("body of application/json: ")
    assert reason in told


@pytest.mark.parametrize(
    ("content_type", "payload", "expected"),
    [
        ("text/plain", "hello", b"hello"),
        ("text/plain", "", b""),
        ("text/plain", "€", "€".encode()),
        ("text/plain; charset=iso-8859-1", "ü", b"\xfc"),
        ("text/plain", 5, b"5"),
        ("text/plain", True, b"true"),
        ("text/plain", None, b"null"),
        ("text/csv", "a,b\r\n", b"a,b\r\n"),
        ("application/octet-stream", "hello", b"hello"),
        ("application/octet-stream", 5, b"5"),
        ("application/unheard-of", "x", b"x"),
        ("application/xml", '<a b="1"/>', b'<a b="1"/>'),
        (
            "application/xml",
            '<?xml version="1.0" encoding="latin-1"?>ü',
            b'<?xml version="1.0" encoding="latin-1"?>\xfc',
        ),
        (
            "text/xml; charset=utf-8",
            '<?xml version="1.0" encoding="latin-1"?>',
            b'<?xml version="1.0" encoding="latin-1"?>',
        ),
        ("application/xml", {"a": {"b": 1}}, b"<a><b>1</b></a>"),
        ("application/soap+xml; charset=utf-8", "<x>ü</x>", "<x>ü</x>".encode()),
        ("application/x-www-form-urlencoded", {"a": "a b&c"}, b"a=a+b%26c"),
        # BOD-13
        ("application/x-www-form-urlencoded", "a=1&2 x", b"a=1&2 x"),
        ("application/x-www-form-urlencoded; charset=utf-8", {"a": 1}, b"a=1"),
        ("application/x-ndjson", [{"a": 1}, "b", 3], b'{"a":1}\n"b"\n3\n'),
        ("application/jsonl", {"a": 1}, b'{"a":1}\n'),
        ("application/x-ndjson", '{"a": 1}\n', b'{"a": 1}\n'),
        ("application/json-seq", [1, {"a": 2}], b'\x1e1\n\x1e{"a":2}\n'),
        ("application/geo+json-seq", [1], b"\x1e1\n"),
        ("text/event-stream", [{"event": "a", "data": "b"}], b"event: a\ndata: b\n\n"),
        ("text/event-stream", "data: x\n\n", b"data: x\n\n"),
        ("application/yaml", {"a": [1]}, b'{"a":[1]}'),
        ("application/yaml", "a: 1\n", b"a: 1\n"),
    ],
)
def test_other_content(content_type: str, payload: Value, expected: bytes) -> None:
    assert content(content_type, payload) == expected


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "image/png", "application/xml", "multipart/x"]
)
def test_bytes_go_out_as_they_are(content_type: str) -> None:
    assert content(content_type, b"\x00\xff") == b"\x00\xff"


@pytest.mark.parametrize(
    ("content_type", "payload", "reason"),
    [
        ("text/plain", {"a": 1}, "body of text/plain: an object has no form"),
        ("text/plain", [1], "an array has no form"),
        ("image/png", {"a": 1}, "an object has no form"),
        ("text/plain; charset=ascii", "ü", "'ü' can't be written in the charset ascii"),
        ("text/plain; charset=klingon", "a", "no charset"),
        ("application/x-www-form-urlencoded", [1], "from an object or a string, not from an array"),
        ("application/x-www-form-urlencoded", 5, "not from an integer"),
        ("application/xml", {"a": 1, "b": 2}, "root element"),
        ("application/x-ndjson", [float("nan")], "NaN"),
        ("multipart/form-data", "text", "names the boundary"),
        ("multipart/form-data; boundary=x", "text", "names the boundary"),
        ("multipart/form-data", 5, "object or an array"),
    ],
)
def test_what_can_not_be_sent(content_type: str, payload: Value, reason: str) -> None:
    assert reason in refusal(content_type, payload)


def test_the_description_of_the_body_is_used() -> None:
    media = MediaType(
        "application/x-www-form-urlencoded",
        schema({"properties": {"n": {"type": "integer"}}}),
        encoding={"l": {"explode": False}},
    )
    assert content(media.name, {"n": 1.0, "l": [1, 2]}, media=media) == b"n=1&l=1,2"
    named = MediaType("application/xml", schema({"xml": {"name": "root"}}))
    assert content("application/xml", {"a": 1, "b": 2}, media=named) == b"<root><a>1</a><b>2</b></root>"
    assert content("text/plain", 1.0, media=MediaType("text/plain", schema({"type": "integer"}))) == b"1"


@pytest.mark.parametrize(
    ("media", "payload", "expected"),
    [
        (MediaType("application/xml", schema({"type": "integer", "xml": {"name": "n"}})), 5.0, b"<n>5</n>"),
        (MediaType("application/xml", schema({"xml": {"name": "n"}})), "<n/>", b"<n/>"),
        (MediaType("application/xml"), 5, b"5"),
        (
            MediaType("application/json", schema({"properties": {"f": {"format": "byte"}}})),
            {"f": b"a"},
            b'{"f":"YQ=="}',
        ),
        (MediaType("application/jsonl", item_schema=schema({"contentEncoding": "base64"})), [b"a"], b'"YQ=="\n'),
        (
            MediaType("text/event-stream", item_schema=schema({"properties": {"retry": {"type": "integer"}}})),
            {"retry": 1.0},
            b"retry: 1\n\n",
        ),
        (
            MediaType("text/event-stream", schema({"items": {"properties": {"data": {"type": "integer"}}}})),
            [{"data": 1.0}],
            b"data: 1\n\n",
        ),
    ],
)
def test_the_schema_tells_what_is_written(media: MediaType, payload: Value, expected: bytes) -> None:
    assert content(media.name, payload, media=media) == expected


def test_multipart_names_its_boundary() -> None:
    done = encode_body("multipart/form-data", {"a": "x"}, boundary_seed="run 1, step 2")
    assert isinstance(done, EncodedBody)
    head, _, boundary = done.content_type.partition("; boundary=")
    assert head == "multipart/form-data"
    assert (
        done.content
        == f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--{boundary}--\r\n'.encode()
    )


def test_multipart_that_is_written_already_is_sent_as_it_is() -> None:
    text = "--x\r\n\r\na\r\n--x--\r\n"
    assert content("multipart/mixed; boundary=x", text) == text.encode()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
TYPES = ["application/json", "text/plain; charset=latin-1", "application/xml", "multipart/form-data", "multipart/mixed"]
TYPES += [
    "application/x-www-form-urlencoded",
    "application/x-ndjson",
    "application/json-seq",
    "application/yaml",
    "a/b",
]
SCHEMAS: list[JSON] = [
    True,
    {"properties": {"a": {"type": "integer"}, "": {"format": "binary"}}},
    {"xml": {"name": "r", "prefix": "p"}, "items": {"xml": {"wrapped": True}}},
    {"$ref": "#/components/schemas/nowhere"},
]
ENCODINGS: list[JSON] = [{"style": "deepObject"}, {"contentType": "application/xml"}, {"headers": {"a": 5}}, {}, 5]


@given(st.sampled_from(TYPES), VALUES, st.booleans(), st.sampled_from(SCHEMAS), st.sampled_from(ENCODINGS))
def test_any_payload_is_sent_or_refused(
    content_type: str, payload: Value, whole: bool, node: JSON, encoding: JSON
) -> None:
    media = MediaType(content_type, schema(node), encoding={"a": encoding, "": encoding})
    done = encode_body(content_type, payload, media, from_whole_expression=whole, boundary_seed="s")
    assert isinstance(done, EncodedBody | Unserialisable)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/octet-stream", "image/png", "text/plain; charset=utf-8"]
)
@pytest.mark.parametrize(("payload", "expected"), [({"a": [1, None]}, b'{"a":[1,null]}'), ([], b"[]")])
def test_an_object_without_a_form_goes_as_its_json_text_where_that_is_wanted(
    content_type: str, payload: Value, expected: bytes
) -> None:
    done = encode_body(content_type, payload, json_for_text=True)
    assert isinstance(done, EncodedBody)
    assert (done.content, done.content_type) == (expected, content_type)
    assert [remark.code for remark in done.remarks] == ["reading-BOD-15"]
    assert isinstance(encode_body(content_type, payload), Unserialisable)


@pytest.mark.parametrize(
    ("content_type", "payload"),
    [
        ("text/plain", "text"),
        ("text/plain", 5),
        ("application/json", {"a": 1}),
        ("application/yaml", [1]),
        ("text/event-stream", [{"data": "x"}]),
        ("application/x-www-form-urlencoded", {"a": 1}),
        ("multipart/form-data", {"a": 1}),
    ],
)
def test_what_has_a_form_is_sent_in_it(content_type: str, payload: Value) -> None:
    wanted, plain = encode_body(content_type, payload, json_for_text=True), encode_body(content_type, payload)
    assert wanted == plain
    assert isinstance(plain, EncodedBody)
    assert plain.remarks == ()


def test_what_has_a_form_and_does_not_fit_it_is_not_sent_as_json() -> None:
    assert isinstance(encode_body("application/x-www-form-urlencoded", [1], json_for_text=True), Unserialisable)

from email import message_from_bytes
from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi import multipart
from arazzo_runner.sources.openapi.multipart import Multipart
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import JSON, Value
from tests.sources.openapi.described import schema

FORM = "multipart/form-data"


def described(encoding: dict[str, JSON] | None = None, node: Schema | None = None) -> MediaType:
    return MediaType(FORM, node, encoding=encoding or {})


def encoded(payload: Value, media: MediaType | None = None, content_type: str = FORM) -> Multipart:
    done = multipart.encode(content_type, payload, media, "seed")
    assert isinstance(done, Multipart), done
    return done


def parts(done: Multipart) -> list[Message]:
    message = message_from_bytes(f"Content-Type: {done.content_type}\r\n\r\n".encode() + done.content)
    assert not message.defects
    assert message.is_multipart()
    return [part for part in message.walk() if part is not message]


def refusal(payload: Value, media: MediaType | None = None, content_type: str = FORM) -> str:
    refused = multipart.encode(content_type, payload, media, "seed")
    assert isinstance(refused, Unserialisable), refused
    return refused.reason


def seen(part: Message) -> tuple[object, ...]:
    name = part.get_param("name", header="content-disposition")
    return name, part.get_filename(), part.get("Content-Type"), part.get_payload(decode=True)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"a": "x", "b": 5}, [("a", None, None, b"x"), ("b", None, None, b"5")]),
        ({"a": "ü\r\n"}, [("a", None, None, "ü\r\n".encode())]),
        ({"a": [1, None, 2]}, [("a", None, None, b"1"), ("a", None, None, b"2")]),
        ({"a": {"b": [1]}}, [("a", None, "application/json", b'{"b":[1]}')]),
        (
            {"a": [{"b": 1}, [2]]},
            [("a", None, "application/json", b'{"b":1}'), ("a", None, "application/json", b"[2]")],
        ),
        ({"f": b"\x00\xff"}, [("f", "f", "application/octet-stream", b"\x00\xff")]),
        (
            {"f": [b"1", b"2"]},
            [("f", "f", "application/octet-stream", b"1"), ("f", "f", "application/octet-stream", b"2")],
        ),
        ({"a": None, "b": True}, [("b", None, None, b"true")]),
        ([{"b": 1}, {"a": 2}, {"b": 3}], [("b", None, None, b"1"), ("a", None, None, b"2"), ("b", None, None, b"3")]),
    ],
)
def test_parts_of_a_form(payload: Value, expected: list[tuple[object, ...]]) -> None:
    assert [seen(part) for part in parts(encoded(payload))] == expected


@pytest.mark.parametrize(
    ("node", "value", "expected"),
    [
        ({"type": "string", "format": "binary"}, "text", ("p", "p", "application/octet-stream", b"text")),
        ({}, "text", ("p", "p", "application/octet-stream", b"text")),
        ({"contentMediaType": "image/png"}, b"x", ("p", "p", "image/png", b"x")),
        ({"contentMediaType": "a\r\nX: y"}, b"x", ("p", "p", "application/octet-stream", b"x")),
        ({"type": "string", "contentEncoding": "base64"}, "eA==", ("p", None, "application/octet-stream", b"eA==")),
        ({"type": "string", "contentEncoding": "base64"}, b"x", ("p", "p", "application/octet-stream", b"eA==")),
        ({"type": "integer"}, 1.0, ("p", None, None, b"1")),
        ({"type": "array", "items": {"format": "binary"}}, ["x"], ("p", "p", "application/octet-stream", b"x")),
        ({"$ref": "#/components/schemas/File"}, "x", ("p", "p", "application/octet-stream", b"x")),
    ],
)
def test_the_schema_tells_files_from_text(node: JSON, value: Value, expected: tuple[object, ...]) -> None:
    media = described(node=schema({"properties": {"p": node}}, File={"type": "string", "format": "binary"}))
    assert [seen(part) for part in parts(encoded({"p": value}, media))] == [expected]


@pytest.mark.parametrize(
    ("encoding", "value", "expected"),
    [
        ({"contentType": "image/png, image/jpeg"}, b"x", [("p", "p", "image/png", b"x")]),
        ({"contentType": "image/*"}, b"x", [("p", "p", "application/octet-stream", b"x")]),
        ({"contentType": "text/csv"}, "a,b", [("p", None, "text/csv", b"a,b")]),
        ({"contentType": "application/json"}, "a", [("p", None, "application/json", b'"a"')]),
        ({"contentType": "application/json"}, '{"a": 1}', [("p", None, "application/json", b'{"a": 1}')]),
        ({"contentType": "application/xml"}, {"a": 1}, [("p", None, "application/xml", b"<p><a>1</a></p>")]),
        ({"contentType": "text/plain; charset=latin-1"}, "ü", [("p", None, "text/plain; charset=latin-1", b"\xfc")]),
        ({"contentType": "text/plain\r\nX: y"}, "a", [("p", None, None, b"a")]),
        ({"style": "form", "explode": False}, ["a b", "c"], [("p", None, None, b"a b,c")]),
        ({"style": "form"}, ["a b", "c&d"], [("p", None, None, b"a b"), ("p", None, None, b"c&d")]),
        ({"explode": True}, {"x=": "1", "y": "2="}, [("x=", None, None, b"1"), ("y", None, None, b"2=")]),
        ({"style": "deepObject"}, {"x": "a+b"}, [("p[x]", None, None, b"a+b")]),
        ({"style": "spaceDelimited"}, ["a", "b"], [("p", None, None, b"a b")]),
        ({"style": "form"}, [b"\xff"], [("p", "p", "application/octet-stream", b"\xff")]),
    ],
)
def test_encoding_objects(encoding: JSON, value: Value, expected: list[tuple[object, ...]]) -> None:
    assert [seen(part) for part in parts(encoded({"p": value}, described({"p": encoding})))] == expected


def test_headers_of_a_part_are_sent() -> None:
    headers: JSON = {"X-Const": {"schema": {"const": 5}}, "Content-Type": {"schema": {"const": "text/x"}}}
    (part,) = parts(encoded({"p": "x"}, described({"p": {"headers": headers}})))
    assert dict(part.items()) == {"Content-Disposition": 'form-data; name="p"', "X-Const": "5"}


def test_headers_that_break_a_part_name_it() -> None:
    headers: JSON = {"X-A": {"schema": {"const": "a\r\nX-B: c"}}}
    assert "part 'p': header X-A: " in refusal({"p": "x"}, described({"p": {"headers": headers}}))


@pytest.mark.parametrize(
    ("encoding", "code"),
    [
        ({"headers": {"X-A": {"required": True, "schema": {}}}}, "body-part-header"),
        ({"style": "pipeDelimited"}, "parameter-style-undefined"),
    ],
)
def test_doubts_about_a_part_are_told(encoding: JSON, code: str) -> None:
    assert [remark.code for remark in encoded({"p": "x"}, described({"p": encoding})).remarks] == [code]


NESTED: JSON = {"prefixItems": [{"type": "array"}, {"prefixItems": [{"type": "object", "xml": {"name": "r"}}, {}, {}]}]}
NESTED_ENCODING: JSON = {
    "contentType": "multipart/mixed",
    "prefixEncoding": [{"contentType": "application/xml"}, {}, {"contentType": "image/png"}],
}


class TestNesting:
    def test_a_multipart_inside_a_multipart(self) -> None:
        # OpenAPI 3.2, Example: Nested multipart/mixed
        media = MediaType("multipart/mixed", schema(NESTED, "3.2"), prefix_encoding=({}, NESTED_ENCODING))
        done = encoded([[1, 2], [{"a": 1}, 5, b"png"]], media, "multipart/mixed")
        found = [
            (part.get_content_type(), None if part.is_multipart() else part.get_payload(decode=True))
            for part in parts(done)
        ]
        assert found == [
            ("application/json", b"[1,2]"),
            ("multipart/mixed", None),
            ("application/xml", b"<r><a>1</a></r>"),
            ("text/plain", b"5"),
            ("image/png", b"png"),
        ]

    def test_an_array_of_scalars_is_one_nested_part(self) -> None:
        media = described({"p": {"contentType": "multipart/mixed"}})
        assert [part.get_content_type() for part in parts(encoded({"p": ["a", "b"]}, media))] == [
            "multipart/mixed",
            "text/plain",
            "text/plain",
        ]
        assert len(parts(encoded({"p": [["a"], ["b"]]}, media))) == 4

    def test_the_boundaries_differ(self) -> None:
        media = described({"p": {"contentType": "multipart/mixed"}})
        whole = message_from_bytes(f"Content-Type: {encoded({'p': ['a']}, media).content_type}\r\n\r\n".encode())
        (inner,) = [part for part in parts(encoded({"p": ["a"]}, media)) if part.is_multipart()]
        assert whole.get_boundary() != inner.get_boundary()

    def test_what_can_not_be_written_inside_names_its_way(self) -> None:
        told = refusal({"p": [float("nan")]}, described({"p": {"contentType": "multipart/mixed"}}))
        assert told.startswith("part 'p': part 0: ")


class TestOtherMultiparts:
    def test_an_array_gives_parts_by_position(self) -> None:
        done = encoded([{"a": 1}, "text", b"\xff"], content_type="multipart/mixed")
        assert [seen(part) for part in parts(done)] == [
            (None, None, "application/json", b'{"a":1}'),
            (None, None, None, b"text"),
            (None, None, "application/octet-stream", b"\xff"),
        ]

    @pytest.mark.parametrize("node", [{"items": {"format": "binary"}}, {"prefixItems": [{"format": "binary"}]}])
    def test_their_schemas_are_by_position_too(self, node: JSON) -> None:
        media = MediaType("multipart/mixed", schema(node))
        (part,) = parts(encoded(["x"], media, "multipart/mixed"))
        assert part.get_content_type() == "application/octet-stream"

    def test_the_item_schema_of_3_2_counts(self) -> None:
        media = MediaType("multipart/mixed", item_schema=schema({"format": "binary"}))
        (part,) = parts(encoded(["x"], media, "multipart/mixed"))
        assert part.get_content_type() == "application/octet-stream"

    def test_their_encodings_are_by_position(self) -> None:
        # OpenAPI 3.2, Example: Ordered Multipart With Required Header
        location: dict[str, JSON] = {"headers": {"Content-Location": {"schema": {"const": "https://example.com/a"}}}}
        media = MediaType(
            "multipart/related",
            prefix_encoding=({"contentType": "text/html"},),
            item_encoding={"contentType": "text/css,image/*", **location},
        )
        found = parts(encoded(["<p>", "p{}", None, "b{}"], media, "multipart/related"))
        assert [(part.get_content_type(), part.get_payload(), part["Content-Location"]) for part in found] == [
            ("text/html", "<p>", None),
            ("text/css", "p{}", "https://example.com/a"),
            ("text/css", "b{}", "https://example.com/a"),
        ]

    def test_a_form_given_as_an_array_has_both(self) -> None:
        media = MediaType(
            FORM,
            schema({"prefixItems": [{"properties": {"a": {"type": "integer"}}}]}),
            encoding={"b": {"contentType": "text/csv"}},
            prefix_encoding=({"contentType": "text/html"},),
        )
        assert [seen(part) for part in parts(encoded([{"a": 1.0}, {"b": "x"}], media))] == [
            ("a", None, "text/html", b"1"),
            ("b", None, "text/csv", b"x"),
        ]

    @pytest.mark.parametrize(
        ("content_type", "payload", "told"),
        [("multipart/mixed", ["aGk="], "base64"), (FORM, {"p": "aGk="}, None), ("multipart/mixed", [b"hi"], "base64")],
    )
    def test_a_content_encoding_is_told_where_it_may_be(
        self, content_type: str, payload: Value, told: str | None
    ) -> None:
        node: JSON = {"type": "string", "contentEncoding": "base64"}
        media = MediaType(content_type, schema({"properties": {"p": node}, "items": node}))
        (part,) = parts(encoded(payload, media, content_type))
        assert part["Content-Transfer-Encoding"] == told
        assert part.get_payload(decode=True) == (b"hi" if told else b"aGk=")

    def test_bytes_are_written_in_the_transfer_encoding_of_a_header(self) -> None:
        transfer: JSON = {"headers": {"Content-Transfer-Encoding": {"schema": {"const": "base64"}}}}
        (part,) = parts(encoded({"p": b"hi"}, described({"p": transfer})))
        assert (part.get_payload(), part.get_payload(decode=True)) == ("aGk=", b"hi")

    def test_an_object_gives_named_parts(self) -> None:
        (part,) = parts(encoded({"a": "x"}, content_type="multipart/related; type=text/plain"))
        assert seen(part) == ("a", None, None, b"x")


class TestBoundary:
    def test_the_same_seed_gives_the_same_bytes(self) -> None:
        assert encoded({"a": "x"}) == encoded({"a": "x"})
        other = multipart.encode(FORM, {"a": "x"}, None, "another seed")
        assert isinstance(other, Multipart)
        assert other.content_type != encoded({"a": "x"}).content_type

    def test_it_is_not_found_in_any_part(self) -> None:
        boundary = encoded({"a": "x"}).content_type.partition("boundary=")[2]
        done = encoded({"a": f"--{boundary}"})
        assert boundary not in done.content_type
        assert [part.get_payload() for part in parts(done)] == [f"--{boundary}"]

    def test_one_that_is_given_is_used(self) -> None:
        done = encoded({"a": "x"}, content_type=f"{FORM}; boundary=given")
        assert done.content_type == f"{FORM}; boundary=given"
        assert done.content.startswith(b"--given\r\n")
        assert done.content.endswith(b"\r\n--given--\r\n")

    def test_one_that_is_given_must_not_occur_inside(self) -> None:
        assert "boundary 'given'" in refusal({"a": "--given"}, content_type=f"{FORM}; boundary=given")


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (5, "from an object or an array"),
        (None, "from an object or an array"),
        (["x"], "part 0: a part of multipart/form-data is an object of one member"),
        ([{"a": 1}, {"a": 1, "b": 2}], "part 1"),
        ({"a": "\ud800"}, "part 'a'"),
        ({"\ud800": "a"}, "surrogate"),
        ({"a": {"b": b"x"}}, "part 'a': bytes can't stand inside JSON"),
    ],
    ids=ascii,
)
def test_what_has_no_parts(payload: Value, reason: str) -> None:
    assert reason in refusal(payload)


@pytest.mark.parametrize(
    ("encoding", "value", "reason"),
    [
        ({"contentType": "text/csv"}, {"a": 1}, "text/csv"),
        ({"contentType": "text/plain; charset=latin-1"}, "€", "latin-1"),
        ({"contentType": "text/plain; charset=base64"}, "a", "base64"),
        ({"style": "matrix"}, "a", "matrix"),
        ({"style": "deepObject"}, "a", "deepObject"),
    ],
)
def test_what_can_not_be_written_names_its_part(encoding: JSON, value: Value, reason: str) -> None:
    told = refusal({"p": value}, described({"p": encoding}))
    assert told.startswith("part 'p': ")
    assert reason in told


def test_names_can_not_break_out_of_their_header() -> None:
    (part,) = parts(encoded({'a"\r\nX-Evil: 1; b="': "x"}))
    assert part.keys() == ["Content-Disposition"]
    assert part.get_param("name", header="content-disposition") == "a%22%0D%0AX-Evil: 1; b=%22"


@given(
    st.dictionaries(
        st.text("abc dü", min_size=1), st.binary() | st.text(st.characters(exclude_categories=["Cs"])), min_size=1
    )
)
def test_any_parts_come_back(fields: dict[str, bytes | str]) -> None:
    done = encoded(dict[str, Value](fields))
    boundary = done.content_type.partition("boundary=")[2]
    bodies = [part.partition(b"\r\n\r\n")[2][:-2] for part in done.content.split(f"--{boundary}".encode())[1:-1]]
    assert bodies == [value.encode() if isinstance(value, str) else value for value in fields.values()]
    assert len(parts(done)) == len(fields)

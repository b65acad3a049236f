"""What each way of writing a value carries without loss, as data; and what goes out for the rest.

A receiver decodes first and splits then, as frameworks and openapi-core do. So a part of a value can't hold the
delimiter that the receiver looks for, although it was percent-encoded on the wire. Where openapi-core reads something
in another way than OpenAPI says, the row is in `MISREAD`, with the reason, and a test shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.values import JSON, Value

LINES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What a regular expression's `.` or a line splitter takes for the end of a line."""


@dataclass(frozen=True)
class Carrier:
    """One way to write a parameter: `shape` is value, array or object.

    `lost` are the characters that a text of it can't hold, `kinds` the types that its parts can have. `reserved`:
    with allowReserved. `media`: by `content` of that type.
    """

    location: str
    style: str
    explode: bool
    shape: str
    lost: str = ""
    kinds: str = "string integer number boolean"
    reserved: bool = False
    media: str = ""

    @property
    def name(self) -> str:
        """A name for test ids."""
        words = [self.location, self.style, "explode" * self.explode, "reserved" * self.reserved, self.media]
        return "-".join(word for word in (*words, self.shape) if word)


def _rows(location: str, style: str, lost: dict[str, tuple[str, str]]) -> list[Carrier]:
    """Return the rows of a style: what is lost in a value, and in array and object without and with explode."""
    return [
        Carrier(location, style, explode, shape, characters)
        for shape, by_explode in lost.items()
        for explode, characters in zip((False, True), by_explode, strict=True)
    ]


CARRIERS = (
    *_rows("path", "simple", {"value": ("", ""), "array": (",", ","), "object": (",", ",=")}),
    *_rows("path", "label", {"value": ("", ""), "array": (",", "."), "object": (",", ".=")}),
    # Values are found by patterns whose `.` is no end of a line.
    *_rows("path", "matrix", {"value": (LINES, LINES), "array": ("," + LINES, ";"), "object": ("," + LINES, ";=")}),
    *_rows("header", "simple", {"value": ("", ""), "array": (",", ","), "object": (",", ",=")}),
    *_rows("query", "form", {"value": ("", ""), "array": (",", "")}),
    Carrier("query", "form", False, "object", ","),
    Carrier("query", "pipeDelimited", False, "array", "|"),
    Carrier("query", "pipeDelimited", False, "object", "|"),
    Carrier("query", "deepObject", True, "object"),
    *_rows("cookie", "form", {"value": ("", ""), "array": (",", "")}),
    Carrier("cookie", "form", False, "object", ","),
    # A percent-encoded triple passes as it is, and is decoded at the other end.
    Carrier("query", "form", True, "value", "%", reserved=True),
    Carrier("query", "form", True, "array", "%", reserved=True),
    Carrier("query", "form", False, "array", "%,", reserved=True),
    Carrier("query", "form", False, "object", "%,", reserved=True),
    Carrier("query", "pipeDelimited", False, "array", "%|", reserved=True),
    Carrier("query", "deepObject", True, "object", "%", reserved=True),
    Carrier("path", "simple", False, "json", media="application/json"),
    Carrier("query", "form", True, "json", media="application/json"),
    Carrier("header", "simple", False, "json", media="application/json"),
)

# The exploded label has the point between its parts, and a number may have one inside.
POINTED = frozenset({("label", True, "array"), ("label", True, "object")})


@dataclass(frozen=True)
class Outside:
    """A value that a receiver of that kind can't have back, and what goes out for it.

    `sent` is the raw path, query, header or cookie; `why` says what is lost.
    """

    location: str
    style: str
    explode: bool
    value: Value
    sent: str
    why: str
    extra: tuple[tuple[str, JSON], ...] = ()


NULL = "null is left out"
EMPTY = "an array or object without parts is left out"
DELIMITER = "decoded, a delimiter inside a part looks like one between two"

OUTSIDE = (
    Outside("path", "simple", False, ["a,b", "c"], "a%2Cb,c", DELIMITER),
    Outside("path", "simple", True, {"k": "a,b=c"}, "k=a%2Cb%3Dc", DELIMITER),
    Outside("path", "simple", False, {"k,": "a"}, "k%2C,a", DELIMITER),
    Outside("path", "simple", False, "", "", "an empty segment is taken for none"),
    Outside("path", "simple", False, [None, "a"], "a", NULL),
    Outside("path", "simple", False, [{"a": 1}], "%7B%22a%22%3A1%7D", "an inner object is JSON text"),
    Outside("path", "label", False, ["a,b"], ".a%2Cb", DELIMITER),
    Outside("path", "label", True, ["a.b", 1.5], ".a.b.1.5", DELIMITER),
    Outside("path", "label", True, {"k": "a.b=c"}, ".k=a.b%3Dc", DELIMITER),
    Outside("path", "matrix", False, ["a,b"], ";p=a%2Cb", DELIMITER),
    Outside("path", "matrix", False, "a\nb", ";p=a%0Ab", "the receiver's pattern ends at a line"),
    Outside("path", "matrix", False, "", ";p", "an empty value has no `=`, and the receiver wants one"),
    Outside("path", "matrix", True, ["a;b"], ";p=a%3Bb", DELIMITER),
    Outside("path", "matrix", True, [""], ";p", "an empty item has no `=`, and the receiver wants one"),
    Outside("path", "matrix", True, {"k": "a;b=c"}, ";k=a%3Bb%3Dc", DELIMITER),
    Outside("header", "simple", False, ["a,b", "c"], "a,b,c", "headers know no encoding"),
    Outside("header", "simple", True, {"k": "a=b"}, "k=a=b", "headers know no encoding"),
    Outside("header", "simple", False, " a ", "a", "blanks around a value are none of it (RFC 9110, 5.5)"),
    Outside("header", "simple", False, "ü€", "ü€", "UTF-8; many receivers read ISO-8859-1"),
    Outside("header", "simple", False, "a%20b", "a%20b", "some receivers decode it"),
    Outside("query", "form", False, ["a,b", "c"], "p=a%2Cb,c", DELIMITER),
    Outside("query", "form", False, {"k": "a,b"}, "p=k,a%2Cb", DELIMITER),
    Outside("query", "form", True, "", "p=", "openapi-core refuses an empty value without allowEmptyValue"),
    Outside("query", "form", True, None, "", NULL),
    Outside("query", "form", True, [], "", EMPTY),
    Outside("query", "form", True, {}, "", EMPTY),
    Outside("query", "form", True, [], "p=", "`name=` stands for it", (("allowEmptyValue", True),)),
    Outside("query", "form", True, [None], "", NULL),
    Outside("query", "form", True, {"a": None, "b": 1}, "b=1", NULL),
    Outside("query", "form", True, [[1, 2]], "p=%5B1%2C2%5D", "an inner array is JSON text"),
    Outside("query", "form", True, "a%20b", "p=a%20b", "a triple passes and is decoded", (("allowReserved", True),)),
    Outside("query", "form", True, 1e21, "p=1e21", "typeless: a receiver may read text"),
    Outside("query", "spaceDelimited", False, ["a b", "c"], "p=a%20b%20c", DELIMITER),
    Outside("query", "pipeDelimited", False, ["a|b", "c"], "p=a%7Cb%7Cc", DELIMITER),
    Outside(
        "query", "deepObject", True, {"a": {"b": [1]}}, "p%5Ba%5D%5Bb%5D%5B0%5D=1", "nesting is no part of the style"
    ),
    Outside("query", "deepObject", True, {"a]": 1}, "p%5Ba%5D%5D=1", "a bracket in a name"),
    Outside("query", "deepObject", True, {}, "", EMPTY),
    Outside("cookie", "form", False, ["a,b", "c"], "p=a%2Cb,c", DELIMITER),
    Outside(
        "cookie", "form", True, "a b;c", "p=a%20b%3Bc", "percent-encoded, as OpenAPI says; cookie parsers leave it"
    ),
    Outside("cookie", "form", True, None, "", NULL),
    Outside("cookie", "form", True, [], "", EMPTY),
    Outside("cookie", "form", True, {}, "", EMPTY),
)


@dataclass(frozen=True)
class Misread:
    """What openapi-core reads in another way than OpenAPI says, though it was sent as the tables have it."""

    location: str
    style: str
    explode: bool
    schema: JSON
    value: Value
    sent: str
    why: str


_OBJECT: JSON = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}
_ARRAY: JSON = {"type": "array", "items": {"type": "string"}}

MISREAD = (
    Misread("query", "form", True, _OBJECT, {"a": 1, "b": 2}, "a=1&b=2", "it looks for the parameter's own name"),
    Misread("cookie", "form", True, _OBJECT, {"a": 1, "b": 2}, "a=1; b=2", "it looks for the parameter's own name"),
    Misread("query", "spaceDelimited", False, _ARRAY, ["a", "b"], "p=a%20b", "it splits the decoded value at `%20`"),
    Misread("query", "spaceDelimited", False, _OBJECT, {"a": 1, "b": 2}, "p=a%201%20b%202", "it splits at `%20`"),
    Misread("query", "form", True, {"type": "string"}, "", "p=", "an empty value is refused"),
    Misread("path", "matrix", True, _ARRAY, [""], ";p", "an empty item without `=` (RFC 6570, 3.2.7) is not found"),
    Misread("cookie", "cookie", True, _ARRAY, ["a", "b"], "p=a; p=b", "the style is not known: only one value is read"),
)


@dataclass(frozen=True)
class OutsideBody:
    """A body that a receiver of that kind can't have back with its types, and what goes out for it."""

    name: str
    media: dict[str, JSON]
    value: Value
    sent: bytes
    why: str


def _form(**properties: JSON) -> dict[str, JSON]:
    return {"schema": {"type": "object", "properties": dict(properties)}}


_FORM, _FORM_DATA = "application/x-www-form-urlencoded", "multipart/form-data"
_INTEGER: JSON = {"type": "integer"}
_TEXT: JSON = {"type": "string"}
_PARTS = '--{0}\r\nContent-Disposition: form-data; name="f"{1}\r\n\r\n{2}\r\n--{0}--\r\n'
_BOUNDARY = "b1"


def _part(content: str, head: str = "") -> bytes:
    return _PARTS.format(_BOUNDARY, head, content).encode("latin-1")


OUTSIDE_BODIES = (
    OutsideBody(
        "application/vnd.x+json", {"schema": {}}, {"a": 1}, b'{"a":1}', "openapi-core knows no suffixes: bytes"
    ),
    OutsideBody("text/plain", {"schema": _TEXT}, "", b"", "no bytes are no body"),
    OutsideBody("text/plain", {"schema": _INTEGER}, 5, b"5", "openapi-core leaves text as text"),
    OutsideBody("application/octet-stream", {}, b"", b"", "no bytes are no body"),
    OutsideBody(_FORM, _form(f=_INTEGER), {"f": None}, b"", NULL),
    OutsideBody(_FORM, _form(f=_ARRAY), {"f": []}, b"", EMPTY),
    OutsideBody(_FORM, _form(f=_OBJECT), {"f": {"a": 1}}, b"f=%7B%22a%22%3A1%7D", "openapi-core reads it by style"),
    OutsideBody(
        _FORM, _form(f={"type": "array"}), {"f": [{"a": 1}]}, b"f=%7B%22a%22%3A1%7D", "an inner object is JSON text"
    ),
    OutsideBody(
        _FORM,
        {**_form(f=_OBJECT), "encoding": {"f": {"style": "form", "explode": True}}},
        {"f": {"a": 1, "b": 2}},
        b"a=1&b=2",
        "openapi-core looks for the field's own name",
    ),
    OutsideBody(
        _FORM,
        {**_form(f=_ARRAY), "encoding": {"f": {"style": "spaceDelimited"}}},
        {"f": ["a", "b"]},
        b"f=a+b",
        "openapi-core splits at `%20`, decoded",
    ),
    OutsideBody(_FORM_DATA, _form(f=_INTEGER), {"f": 5}, _part("5"), "openapi-core leaves parts as text"),
    OutsideBody(
        _FORM_DATA,
        _form(f={}),
        {"f": b"\xff\r"},
        _part("\xff\r", '; filename="f"\r\nContent-Type: application/octet-stream'),
        "openapi-core's parser counts lines",
    ),
    OutsideBody(
        "application/xml", {"schema": {"xml": {"name": "r"}}}, {"a": 1}, b"<r><a>1</a></r>", "elements, not data"
    ),
    OutsideBody("application/x-ndjson", {}, [{"a": 1}, 2], b'{"a":1}\n2\n', "openapi-core does not take lines apart"),
    OutsideBody("application/json-seq", {}, [1], b"\x1e1\n", "openapi-core does not take records apart"),
    OutsideBody("text/event-stream", {}, [{"data": "a\nb"}], b"data: a\ndata: b\n\n", "nor events"),
)

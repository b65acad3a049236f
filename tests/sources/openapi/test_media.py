import pytest

from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.openapi.media import ContentType, choose_content_type
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import MediaType, OperationBody
from arazzo_runner.values import Value


def body(*names: str) -> OperationBody:
    return OperationBody(True, {name: MediaType(name) for name in names})


@pytest.mark.parametrize(
    ("content_type", "name", "value"),
    [
        ("text/plain; charset=UTF-8", "charset", "UTF-8"),
        ('text/plain;charset="utf-8"', "charset", "utf-8"),
        ("multipart/mixed; a=b; Boundary=xyz", "boundary", "xyz"),
        (r'multipart/mixed; a="b;\"boundary=no\""; boundary="x y"', "boundary", "x y"),
        ("text/plain", "charset", None),
        ("text/plain;;charset=a", "charset", "a"),
    ],
)
def test_parameters_of_a_content_type(content_type: str, name: str, value: str | None) -> None:
    assert media.parameter(content_type, name) == value


@pytest.mark.parametrize(
    ("content_type", "families"),
    [
        ("application/json", {"json"}),
        ("Application/JSON; charset=utf-8", {"json"}),
        ("application/vnd.x+json", {"json"}),
        ("application/problem+JSON", {"json"}),
        ("text/json", {"json"}),
        ("application/xml", {"xml"}),
        ("image/svg+xml", {"xml"}),
        ("application/json-seq", {"sequence"}),
        ("application/geo+json-seq", {"sequence"}),
        ("application/x-ndjson", {"lines"}),
        ("application/jsonl", {"lines"}),
        ("application/yaml", {"yaml"}),
        ("multipart/form-data; boundary=x", {"multipart"}),
        ("text/plain", set()),
        ("application/jsonp", set()),
    ],
)
def test_families(content_type: str, families: set[str]) -> None:
    tests = {
        "json": media.is_json,
        "xml": media.is_xml,
        "sequence": media.is_json_sequence,
        "lines": media.is_json_lines,
        "yaml": media.is_yaml,
        "multipart": media.is_multipart,
    }
    assert {name for name, holds in tests.items() if holds(content_type)} == families


@pytest.mark.parametrize(
    ("text", "legal"),
    [
        ("text/plain", True),
        ('application/vnd.a-b+json;v=1; charset="utf-8"', True),
        ("text/plain;", True),
        ("text", False),
        ("", False),
        ("text/", False),
        ("text/plain; charset", False),
        ("text/plain\r\nX: y", False),
        ("text/plain\n; charset=x", False),
        ('text/plain; a="b\r\nc"', False),
        ('text/plain; a="\ud800"', False),
        ("text/plain charset=x", False),
    ],
    ids=ascii,
)
def test_what_a_content_type_header_can_hold(text: str, legal: bool) -> None:
    assert media.is_media_type(text) is legal


def test_checking_a_long_content_type_takes_no_time() -> None:
    assert not media.is_media_type("a/b" + "; " * 5000 + "\n")


@pytest.mark.parametrize(
    ("content_type", "wanted", "inside"),
    [
        ("text/plain; charset=x", "text/plain", True),
        ("TEXT/PLAIN", "text/*", True),
        ("text/plain", "*/*", True),
        ("application/vnd.x+json", "application/*+json", True),
        ("application/json", "application/*+json", False),
        ("text/plain", "image/*", False),
        ("textXplain/a", "text.plain/*", False),
    ],
)
def test_ranges(content_type: str, wanted: str, inside: bool) -> None:
    assert media.within(content_type, wanted) is inside


@pytest.mark.parametrize(
    ("content_type", "found"),
    [
        ("text/plain; charset=utf-8", "text/plain"),
        ("text/html", "text/*"),
        ("image/png", "*/*"),
    ],
)
def test_the_most_specific_description_is_taken(content_type: str, found: str) -> None:
    described = media.media_for(body("*/*", "text/*", "text/plain"), content_type)
    assert described is not None
    assert described.name == found


def test_what_is_not_described() -> None:
    assert media.media_for(body("text/plain"), "image/png") is None
    assert media.media_for(None, "image/png") is None


@pytest.mark.parametrize(
    ("given", "declared", "payload", "chosen"),
    [
        ("text/plain", body("application/json"), {}, "text/plain"),
        ("Application/JSON; charset=UTF-8", None, "", "Application/JSON; charset=UTF-8"),
        # BOD-02
        (None, body("application/xml"), {}, "application/xml"),
        (None, body("text/plain", "application/vnd.a+json", "application/json"), "x", "application/json"),
        (None, body("text/plain", "application/vnd.a+json", "application/vnd.b+json"), "x", "application/vnd.a+json"),
        (None, body("text/csv", "application/xml"), {}, "text/csv"),
        (None, body("application/json; charset=utf-8", "a/b"), {}, "application/json; charset=utf-8"),
        (None, body("*/*", "text/csv"), {}, "text/csv"),
        # by the payload
        (None, None, {"a": 1}, "application/json"),
        (None, None, [1], "application/json"),
        (None, None, "x", "text/plain"),
        (None, None, b"x", "application/octet-stream"),
        (None, None, 5, "application/json"),
        (None, None, None, "application/json"),
        (None, OperationBody(True, {}), "x", "text/plain"),
    ],
)
def test_the_content_type_of_a_body(
    given: str | None, declared: OperationBody | None, payload: Value, chosen: str
) -> None:
    assert choose_content_type(given, declared, payload) == ContentType(chosen)


@pytest.mark.parametrize(
    ("given", "declared", "payload", "chosen"),
    [
        # P17
        ("*/*", body("application/xml"), {}, "application/xml"),
        ("application/*+json", body("application/json", "application/vnd.x+json"), {}, "application/vnd.x+json"),
        ("application/*+json", body("application/json"), {}, "application/json"),
        ("text/*", body("application/json", "text/csv"), "x", "text/csv"),
        ("*/*", None, {}, "application/json"),
        ("*/*", body("*/*"), "x", "text/plain"),
        (None, body("*/*"), "x", "text/plain"),
        (None, body("image/*"), b"x", "application/octet-stream"),
    ],
)
def test_a_range_is_never_sent(given: str | None, declared: OperationBody | None, payload: Value, chosen: str) -> None:
    done = choose_content_type(given, declared, payload)
    assert isinstance(done, ContentType)
    assert done.value == chosen
    assert [remark.code for remark in done.remarks] == ["body-content-type-range"]
    assert chosen in done.remarks[0].message


@pytest.mark.parametrize("given", ["json", "", "text/plain\r\nX-Evil: 1", "a b/c"], ids=ascii)
def test_what_is_no_media_type_is_refused(given: str) -> None:
    assert isinstance(choose_content_type(given, None, {}), Unserialisable)
    told = choose_content_type(None, body(given), {})
    assert isinstance(told, ContentType)
    assert told.value == "application/json"
    assert [remark.code for remark in told.remarks] == ["body-content-type-range"]


@pytest.mark.parametrize(
    ("declared", "header"),
    [
        (["application/json", "text/csv", "application/json"], "application/json, text/csv"),
        (["*/*"], "*/*"),
        (["application/json; v=1", " text/plain "], "application/json; v=1, text/plain"),
        (["json", "text/plain\r\nX-Evil: 1", ""], ""),
        ([], ""),
    ],
)
def test_what_is_accepted(declared: list[str], header: str) -> None:
    assert media.accept(declared) == header


@pytest.mark.parametrize(
    ("text", "content_type", "content"),
    [
        ("ü", "text/plain", "ü".encode()),
        ("ü", "text/plain; charset=iso-8859-1", b"\xfc"),
        ("ü", 'text/plain; charset="latin-1"', b"\xfc"),
        ("a", "text/plain; charset=utf-16le", b"a\x00"),
    ],
)
def test_text_is_written_in_the_charset_that_is_named(text: str, content_type: str, content: bytes) -> None:
    assert media.encoded(text, content_type) == content


@pytest.mark.parametrize(
    ("text", "charset", "reason"),
    [
        ("€", "iso-8859-1", "'€' can't be written"),
        ("a", "klingon", "no charset that is known"),
        ("a", "base64", "no charset that is known"),
        ("a" * 100, "idna", "no charset that is known"),
    ],
)
def test_a_charset_that_can_not_carry_it(text: str, charset: str, reason: str) -> None:
    refused = media.encoded(text, f"text/plain; charset={charset}")
    assert isinstance(refused, Unserialisable)
    assert reason in refused.reason


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("5", True),
        ('{"a": 1}', True),
        (" [] ", True),
        ("NaN", False),
        ("[Infinity]", False),
        ("abc", False),
        ("", False),
    ],
)
def test_what_parses_as_json(text: str, holds: bool) -> None:
    assert media.is_json_text(text) is holds


def test_depth_is_no_crash() -> None:
    assert not media.is_json_text("[" * 100_000 + "]" * 100_000)

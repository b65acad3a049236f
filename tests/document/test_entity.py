import base64
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document import Profile, entity, read, read_part
from arazzo_runner.document.entity import Malformed, unpack

URI = "https://example.com/docs/all.mime"
RELATED = "multipart/related; boundary=b"


def body(*parts: str | bytes, end: bytes = b"\r\n--b--\r\n", line: bytes = b"\r\n") -> bytes:
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(b"--b" + line + part + line for part in raw)[: -len(line)] + end


@pytest.mark.parametrize("line", [b"\r\n", b"\n"], ids=["crlf", "lf"])
def test_each_part_stands_where_it_says(line: bytes) -> None:
    first = b"Content-Location: flows/a.yaml" + line + line + b"a: 1" + line + b"b: 2"
    second = b"content-location: https://other.example/b.yaml" + line + line + b"c: 3"
    third = line + b"d: 4"
    found = unpack(body(first, second, third, line=line, end=line + b"--b--"), URI, "all.mime", RELATED)
    assert [(part.uri, part.base, part.content) for part in found] == [
        (URI, "https://example.com/docs/flows/a.yaml", b"a: 1" + line + b"b: 2"),
        (f"{URI}#part-2", "https://other.example/b.yaml", b"c: 3"),
        (f"{URI}#part-3", URI, b"d: 4"),
    ]
    assert [part.name for part in found] == ["a.yaml in all.mime", "b.yaml in all.mime", "part 3 in all.mime"]


def test_a_file_begins_with_the_fields_whose_place_is_the_base_of_the_parts() -> None:
    head = (
        "MIME-Version: 1.0\r\nContent-Location: https://api.example/v1/\r\n"
        'Content-Type: multipart/related;\r\n  boundary="b"; type="text/yaml"\r\n\r\nfor old readers\r\n'
    )
    content = head.encode() + body("Content-Location:\r\n flows/\r\n a.yaml\r\n\r\na: 1", "\r\nb: 1")
    found = unpack(content, "file:///x/all.mht", "all.mht")
    assert [part.base for part in found] == ["https://api.example/v1/flows/a.yaml", "https://api.example/v1/"]


@pytest.mark.parametrize(
    ("start", "root"),
    [("", b"one"), ("; start=<2@x>", b""), ('; start="<2@x>"', b"two"), ("; start=2@x", b"two")],
)
def test_the_root_is_the_part_that_start_names_else_the_first(start: str, root: bytes) -> None:
    content = body("\r\none", "Content-ID: <2@x>\r\n\r\ntwo", "\r\nthree")
    found = unpack(content, URI, "n", RELATED + start)
    assert found[0].content == (root or b"two")
    assert found[0].uri == URI
    assert len({part.uri for part in found}) == 3


@pytest.mark.parametrize(
    ("transfer", "written"),
    [
        ("", "naïve: =3D"),
        ("8bit", "naïve: =3D"),
        ("Base64", base64.b64encode("naïve: =3D".encode()).decode()),
        ("quoted-printable", "na=C3=AFve: =\r\n=3D3D"),
    ],
)
def test_transfer_encodings_are_undone(transfer: str, written: str) -> None:
    field = f"Content-Transfer-Encoding: {transfer}\r\n" if transfer else ""
    assert unpack(body(f"{field}\r\n{written}"), URI, "n", RELATED)[0].content == "naïve: =3D".encode()


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"openapi: 3.1.0\n", "application/yaml"),
        (b"openapi: 3.1.0\ninfo: multipart/related\n\na: 1", ""),
        (b"# Content-Type: multipart/related; boundary=b\n", ""),
        (b"--b\n\na: 1\n--b--", "multipart/mixed; boundary=b"),
        (b"", ""),
    ],
)
def test_other_content_is_no_entity(content: bytes, content_type: str) -> None:
    assert unpack(content, URI, "n", content_type) == ()
    assert read(content, URI, "n", Profile.SOURCE, content_type).text == content.decode()


@pytest.mark.parametrize(
    ("content", "content_type", "reason"),
    [
        (body("\r\na: 1"), "multipart/related", "without a boundary"),
        (b"a: 1", RELATED, "stands nowhere"),
        (body("\r\na: 1", end=b""), RELATED, "ends before its last part does"),
        (b"--b--", RELATED, "it has no part"),
        (body("\r\na: 1"), RELATED + '; start="<none@x>"', "none@x"),
        (body("Content-Type: text/html\r\n\r\n<p>"), RELATED, "web page"),
        (body("Content-Transfer-Encoding: x-zip\r\n\r\na"), RELATED, "x-zip"),
        (body("Content-Transfer-Encoding: base64\r\n\r\nabcde"), RELATED, "no base64"),
    ],
)
def test_what_cannot_be_taken_apart_says_why(content: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        unpack(content, URI, "n", content_type)
    found = read(content, URI, "n", Profile.SOURCE, content_type)
    assert [each.code for each in found.diagnostics] == ["syntax-multipart"]
    assert reason in found.diagnostics[0].message
    assert found.data is None


def test_the_number_of_parts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity, "MAX_PARTS", 3)
    assert len(unpack(body(*["\r\na"] * 3), URI, "n", RELATED)) == 3
    with pytest.raises(Malformed, match="more than 3 parts"):
        unpack(body(*["\r\na"] * 4), URI, "n", RELATED)


def test_header_fields_are_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entity, "MAX_HEADER_BYTES", 60)
    long, short = f"X-Long: {'x' * 60}\r\n", "X-Short: x\r\n"
    place = "Content-Location: a.yaml\r\n\r\na: 1"
    bases = [part.base for part in unpack(body(short + place, long + place), URI, "n", RELATED)]
    assert bases == ["https://example.com/docs/a.yaml", URI]


def test_an_entity_is_read_as_its_root_with_the_others_beside_it() -> None:
    content = body("Content-Location: a.yaml\r\n\r\na: 1", "Content-Location: b.yaml\r\n\r\nb: 2")
    found = read(content, URI, "all.mime", content_type=RELATED)
    assert (found.uri, found.base_uri, found.data) == (URI, "https://example.com/docs/a.yaml", {"a": 1})
    (other,) = found.enclosed
    beside = read_part(other, Profile.SOURCE)
    assert (beside.uri, beside.base_uri, beside.data) == (f"{URI}#part-2", "https://example.com/docs/b.yaml", {"b": 2})
    assert beside.span(("b",)).name == "b.yaml in all.mime"


def lines(texts: Iterable[str]) -> bytes:
    return "\n".join(texts).encode("utf-8", "replace")


FRAGMENTS = [
    "--b",
    "--b--",
    "",
    "Content-Location: x",
    "Content-Type: multipart/related; boundary=b",
    " folded",
    "a: 1",
]


@given(
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=8)).map(lines), st.sampled_from(["", RELATED, "multipart/"])
)
def test_no_content_raises_anything_but_its_own_error(content: bytes, content_type: str) -> None:
    found = read(content, URI, "n", Profile.SOURCE, content_type)
    assert found.uri == URI

"""Files that are no documents, or hardly: each is read as an Arazzo document and as an API description."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

BIG: Final = 2_000_000
"""Characters of the long ones: enough to notice work that grows faster than the text."""

Content: TypeAlias = Callable[[str], bytes]
"""Makes a file; it is given the text of a valid document, in JSON on one line, which it may spoil."""


@dataclass(frozen=True, slots=True)
class File:
    """A file. `as_arazzo` is a code that is told of it as an Arazzo document, "" where it is none but read as meant.

    `as_api` is the code where it stands for the API description; "" where the workflow can run with it. `slow` ones
    take seconds.
    """

    content: Content
    as_arazzo: str
    as_api: str
    slow: bool = False


def _text(text: str, encoding: str = "utf-8") -> Content:
    return lambda valid: text.encode(encoding, "surrogatepass")


def _in(change: Callable[[str], str], encoding: str = "utf-8") -> Content:
    return lambda valid: change(valid).encode(encoding, "surrogatepass")


def _title(written: str, encoding: str = "utf-8") -> Content:
    return _in(lambda valid: valid.replace('"t"', written, 1), encoding)


def _lines(valid: str, end: str = "\n", indent: str = " ") -> str:
    return json.dumps(json.loads(valid), indent=indent).replace("\n", end)


def _repeated(unit: bytes, times: int, before: bytes = b"", behind: bytes = b"") -> Content:
    return lambda valid: before + unit * times + behind


def bomb(levels: int, width: int) -> bytes:
    lines = ["a0: &a0 [" + ", ".join(["lol"] * width) + "]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * width) + "]")
    return "\n".join(lines).encode()


def merges(levels: int) -> bytes:
    lines = ["a0: &a0 {k: 1, l: 2}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, levels)]
    return "\n".join(lines).encode()


FILES: Final[Mapping[str, File]] = {
    "nothing": File(_text(""), "syntax-empty", "source-unparsable"),
    "spaces": File(_text("  \n\t\n"), "syntax-yaml", "source-unparsable"),
    "only comments": File(_text("# a\n# b\n"), "syntax-empty", "source-unparsable"),
    "only a mark": File(_text("---\n"), "document-no-object", "source-type"),
    "null": File(_text("null"), "document-no-object", "source-type"),
    "a number": File(_text("1"), "document-no-object", "source-type"),
    "a word": File(_text("hello"), "document-no-object", "source-type"),
    "a list": File(_text("[1, 2]"), "document-no-object", "source-type"),
    "an empty object": File(_text("{}"), "structure-missing-field", "source-type"),
    "a web page": File(_text("<!DOCTYPE html><html></html>"), "document-unreadable", "source-unreadable"),
    "png": File(lambda valid: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 10, "document-unreadable", "source-unreadable"),
    "elf": File(lambda valid: b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 100, "document-unreadable", "source-unreadable"),
    "nuls": File(_repeated(b"\0", 1000), "document-unreadable", "source-unreadable"),
    "nul inside": File(_in(lambda valid: valid.replace("listOrders", "list\0Orders")), "syntax-json", "source-unparsable"),
    "many nuls": File(_repeated(b"\0", BIG), "document-unreadable", "source-unreadable"),
    "high bytes": File(_repeated(b"\xff", 1000), "syntax-encoding", "source-type"),
    "invalid utf-8 inside": File(lambda valid: valid.encode().replace(b'"t"', b'"\xc3("', 1), "syntax-encoding", ""),
    "cut utf-8 at the end": File(lambda valid: valid.encode() + b"\xe2\x82", "syntax-encoding", "source-unparsable"),
    "latin-1": File(_title('"caf\xe9"', "latin-1"), "syntax-encoding", ""),
    "surrogates in bytes": File(_title('"\ud800"'), "syntax-encoding", ""),
    "surrogate escapes": File(_title('"\\ud800"'), "syntax-encoding", ""),
    "utf-8 with a mark": File(lambda valid: b"\xef\xbb\xbf" + valid.encode(), "", ""),
    "utf-16 with a mark": File(_in(str, "utf-16"), "", ""),
    "utf-16-be with a mark": File(lambda valid: b"\xfe\xff" + valid.encode("utf-16-be"), "", ""),
    "utf-16 without a mark": File(_in(str, "utf-16-le"), "document-unreadable", "source-unreadable"),
    "utf-32 with a mark": File(_in(str, "utf-32"), "", ""),
    "utf-32 without a mark": File(_in(str, "utf-32-be"), "document-unreadable", "source-unreadable"),
    "half of a utf-16 unit": File(lambda valid: b"\xff\xfe" + valid.encode("utf-16-le") + b"\x20", "syntax-encoding", "source-unparsable"),
    "only a byte order mark": File(lambda valid: b"\xff\xfe", "syntax-empty", "source-unparsable"),
    "two byte order marks": File(lambda valid: b"\xef\xbb\xbf\xef\xbb\xbf" + valid.encode(), "", ""),
    "crlf": File(_in(lambda valid: _lines(valid, "\r\n")), "", ""),
    "cr": File(_in(lambda valid: _lines(valid, "\r")), "", ""),
    "tabs": File(_in(lambda valid: _lines(valid, indent="\t")), "", ""),
    "tabs in yaml": File(_text("arazzo: 1.0.0\ninfo:\n\ttitle: t\n"), "syntax-yaml", "source-type"),
    "json with comments": File(_in(lambda valid: "// c\n" + valid), "syntax-comment", "source-unparsable"),
    "json with a comment inside": File(_in(lambda valid: valid.replace(",", ", /* c */", 1)), "syntax-comment", "source-unparsable"),
    "json with trailing commas": File(_in(lambda valid: valid[:-1] + ",}"), "", ""),
    "json behind json": File(_in(lambda valid: valid + valid), "syntax-json", "source-unparsable"),
    "json cut short": File(_in(lambda valid: valid[:-200]), "syntax-json", "source-unparsable"),
    "duplicate keys in json": File(_in(lambda valid: valid[:-1] + ', "arazzo": "1.0.0"}'), "syntax-duplicate-key", ""),
    "duplicate keys in yaml": File(_text("arazzo: 1.0.0\narazzo: 1.0.1\n"), "syntax-duplicate-key", "source-type"),
    "many duplicate keys": File(_repeated(b"a: 1\n", BIG // 5), "syntax-duplicate-key", "source-type", slow=True),
    "nan": File(_title("NaN"), "", ""),
    "infinity": File(_title("-Infinity"), "", ""),
    "1e400": File(_title("1e400"), "syntax-number", ""),
    "a yaml infinity": File(_text("arazzo: .inf\n"), "syntax-number", "source-type"),
    "100,000 digits": File(_title("1" * 100_000), "syntax-number", ""),
    "100,000 digits in yaml": File(_text("arazzo: " + "1" * 100_000), "syntax-number", "source-type"),
    "digits in base 16": File(_text("arazzo: 0x" + "f" * 100_000), "syntax-number", "source-type"),
    "braces": File(_repeated(b"{", BIG), "syntax-too-deep", "source-unparsable"),
    "50 MB of braces": File(_repeated(b"{", 50_000_000), "syntax-too-deep", "source-unparsable", slow=True),
    "brackets": File(_repeated(b"[", BIG), "syntax-too-deep", "source-unparsable"),
    "closed braces": File(_repeated(b"{}", BIG // 2), "syntax-json", "source-unparsable"),
    "pairs of braces": File(lambda valid: b"[" + b"{}," * 1_000_000 + b"{}]", "document-no-object", "source-type", slow=True),
    "dashes": File(_repeated(b"- ", BIG // 2), "syntax-too-deep", "source-unparsable"),
    "question marks": File(_repeated(b"? ", BIG // 2), "syntax-too-deep", "source-unparsable"),
    "colons": File(_repeated(b"a: ", BIG // 3), "syntax-yaml", "source-unparsable"),
    "quotes": File(_repeated(b'"', BIG), "syntax-yaml", "source-unparsable"),
    "open quote": File(_repeated(b"a", BIG, b'"'), "syntax-yaml", "source-unparsable"),
    "lines": File(_repeated(b"\n", BIG), "syntax-empty", "source-unparsable"),
    "carriage returns": File(_repeated(b"\r", BIG), "syntax-empty", "source-unparsable"),
    "backslashes": File(_repeated(b"\\", BIG, b'{"a": "'), "syntax-json", "source-unparsable"),
    "a long line": File(_repeated(b"x", BIG, b"arazzo: "), "document-unsupported-version", "source-type"),
    "a long key": File(_repeated(b"x", BIG, b"", b": 1"), "syntax-yaml", "source-unparsable"),
    "a long key in json": File(_repeated(b"x", BIG, b'{"', b'": 1}'), "structure-missing-field", "source-type"),
    "100,000 levels of json": File(lambda valid: b"[" * 100_000 + b"]" * 100_000, "syntax-too-deep", "source-unparsable"),
    "100,000 levels of objects": File(
        lambda valid: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "syntax-too-deep", "source-unparsable"
    ),
    "1,000 levels of yaml": File(lambda valid: "\n".join(" " * n + "a:" for n in range(1_000)).encode(), "syntax-too-deep", "source-unparsable"),
    "100,000 levels of flow": File(lambda valid: b"a: " + b"[" * 100_000 + b"]" * 100_000, "syntax-too-deep", "source-unparsable"),
    "a bomb of aliases": File(lambda valid: bomb(30, 9), "syntax-too-many-values", "source-unparsable"),
    "a bomb of merges": File(lambda valid: merges(64), "syntax-merge-key", "source-type"),
    "a million aliases": File(
        lambda valid: b"a: &a 1\nb: [" + b"*a," * 1_000_000 + b"]", "structure-missing-field", "source-type", slow=True
    ),
    "an alias of itself": File(_text("&a {a: *a}"), "syntax-recursive-alias", "source-unparsable"),
    "a list of itself": File(_text("a: &a [*a, [*a]]"), "syntax-recursive-alias", "source-unparsable"),
    "a merge of itself": File(_text("&a {<<: *a, b: 1}"), "syntax-merge-key", "source-unparsable"),
    "merges in a circle": File(_text("a: &a {<<: &b {<<: *a}}\n"), "syntax-merge-key", "source-unparsable"),
    "a merge of a text": File(_text("{<<: x}"), "syntax-merge-key", "source-type"),
    "an alias to nothing": File(_text("a: *b"), "syntax-yaml", "source-unparsable"),
    "an alias as a key": File(_text("a: &a x\n*a : 1"), "structure-missing-field", "source-type"),
    "keys of all kinds": File(
        _text("1: a\n1.5: b\ntrue: c\nnull: d\n? [a, b]\n: e\n? {a: b}\n: f\n.nan: g\n2020-01-01: h\n"), "syntax-key", "source-type"
    ),
    "several documents": File(_text("a: 1\n---\nb: 2\n"), "syntax-yaml", "source-unparsable"),
    "a tag of python": File(_text("!!python/object/apply:os.system ['exit 1']"), "syntax-tag", "source-type"),
    "a binary tag": File(_text("a: !!binary aGVsbG8="), "syntax-tag", "source-type"),
    "a tag of one's own": File(_text("a: !foo {b: 1}"), "syntax-tag", "source-type"),
    "a set, an omap": File(_text("a: !!set {b, c}\nd: !!omap [e: 1]"), "syntax-tag", "source-type"),
    "tags that do not fit": File(_text("a: !!int x\nb: !!null x\nc: !!bool 3\nd: !!float y"), "syntax-tag", "source-type"),
    "an unknown tag handle": File(_text("a: !e!x 1"), "syntax-yaml", "source-unparsable"),
    "a directive of yaml 1.1": File(_in(lambda valid: "%YAML 1.1\n---\n" + valid), "", ""),
    "a directive of yaml 9": File(_in(lambda valid: "%YAML 9.9\n---\n" + valid), "syntax-yaml", "source-unparsable"),
    "an unknown directive": File(_in(lambda valid: "%FOO bar\n---\n" + valid), "syntax-yaml", "source-unparsable"),
    "control characters": File(_title('"\x01\x7f\x85\u2028"'), "syntax-json", "source-unparsable"),
    "foreign line breaks": File(_text("arazzo: '1.0.0\u2028x\u0085'\n"), "document-unsupported-version", "source-type"),
    "private use": File(_text("arazzo: '\U000f0085\x85'\n"), "document-unsupported-version", "source-type"),
    "not characters": File(_text("a: '\ufffe\uffff'\n"), "structure-missing-field", "source-type"),
    "an entity of nothing": File(_text("Content-Type: multipart/related; boundary=b\n\n"), "syntax-multipart", "source-unparsable"),
    "an entity in itself": File(
        _text("Content-Type: multipart/related; boundary=b\n\n" + "--b\nContent-Type: multipart/related; boundary=b\n\n" * 500), "syntax-multipart", "source-unparsable"
    ),
    "entity of many parts": File(
        _repeated(b"--b\n\n{}\n", 5_000, b"Content-Type: multipart/related; boundary=b\n\n", b"--b--\n"), "syntax-multipart", "source-unparsable"
    ),
    "a script": File(_text("#!/bin/sh\nrm -rf /\n"), "document-no-object", "source-type"),
    "csv": File(_text("a,b,c\n1,2,3\n"), "document-no-object", "source-type"),
    "ini": File(_text("[a]\nb=1\n"), "syntax-yaml", "source-unparsable"),
    "properties": File(_text("a=1\nb=2"), "document-no-object", "source-type"),
    "markdown": File(_text("# T\n\n- a\n- b: c\n\n```x\n```\n"), "syntax-yaml", "source-unparsable"),
}  # fmt: skip

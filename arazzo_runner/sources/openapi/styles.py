"""The styles of OpenAPI: how a value with parts becomes the pieces of one place (OpenAPI 3.2, Style Values).

One table and one walk serve the styles of RFC 6570; deepObject has its own. What the tables of the specification
mark *n/a* is sent where only one reading is plausible, with a remark, and refused where there are several.

Our choices where nothing is specified:

- null inside an array or object is undefined in the sense of RFC 6570: that item or member is left out;
- an object or array inside a value travels as compact JSON, with a remark; in deepObject it goes on in brackets,
  items by their index (`f[tags][0]=a`), which keeps order and nesting;
- a delimiter inside an item is percent-encoded even under `allowReserved`, so that the parts stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.sources.openapi import shapes
from arazzo_runner.sources.openapi.percent import Encoder
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable, a_kind, encodable, scalar_text
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import Value, kind

MAX_DEPTH = 100
"""How deeply a value of style deepObject may be nested."""


@dataclass(frozen=True, slots=True)
class Style:
    """One row of RFC 6570's table of operators (appendix A), as far as OpenAPI uses it.

    `first` stands before everything, `separator` between exploded parts, `joiner` between parts that are not
    exploded. `named`: each piece carries the parameter's name. `bare_empty`: a named empty value has no `=`.
    `lists_only`: the style is defined for arrays and objects that are not exploded, and for nothing else.
    """

    locations: frozenset[str]
    first: str = ""
    separator: str = ","
    joiner: str = ","
    named: bool = False
    bare_empty: bool = False
    lists_only: bool = False


_PATH, _QUERY, _COOKIE = frozenset({"path"}), frozenset({"query"}), frozenset({"cookie"})

STYLES = {
    "matrix": Style(_PATH, first=";", separator=";", named=True, bare_empty=True),
    "label": Style(_PATH, first=".", separator="."),
    "simple": Style(frozenset({"path", "header"})),
    "form": Style(_QUERY | _COOKIE, separator="&", named=True),
    "cookie": Style(_COOKIE, separator="; ", named=True),
    "spaceDelimited": Style(_QUERY, separator="&", joiner=" ", named=True, lists_only=True),
    "pipeDelimited": Style(_QUERY, separator="&", joiner="|", named=True, lists_only=True),
    # The three formats of Swagger 2.0 that OpenAPI 3 has no style for: collectionFormat tsv in a query, and ssv,
    # pipes and tsv in a path or header. The reader of Swagger 2.0 translates into them.
    "tabDelimited": Style(_QUERY, separator="&", joiner="\t", named=True, lists_only=True),
    "ssv": Style(frozenset({"path", "header"}), joiner=" "),
    "pipes": Style(frozenset({"path", "header"}), joiner="|"),
    "tsv": Style(frozenset({"path", "header"}), joiner="\t"),
}
"""Every style but deepObject, by its name."""

DEEP_OBJECT = "deepObject"

DEFAULT_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form", "querystring": "form"}
"""The style of a parameter that names none (OpenAPI 3.2, Parameter Object: style)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes and how: `encode` writes values, `encode_name` names; `schema` describes the whole value."""

    name: str
    style: str
    explode: bool
    encode: Encoder
    encode_name: Encoder
    schema: Schema | None = None
    escapes: bool = True


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a value became: encoded pieces in order, none where there is nothing to send."""

    pieces: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def permitted(style: str, location: str) -> bool:
    """Tell whether OpenAPI (or Swagger 2.0) defines the style in that location."""
    if style == DEEP_OBJECT:
        return location == "query"
    return style in STYLES and location in STYLES[style].locations


def expand(place: Place, value: Value) -> Pieces | Unserialisable:
    """Lay a value out by the style of its place (OpenAPI 3.2, Style Examples; RFC 6570, section 3.2.1).

    Null, and an array or object without parts, give no pieces.
    """
    if value is None:
        return Pieces()
    if place.style == DEEP_OBJECT:
        return _deep_object(place, value)
    parts = _parts(value, place.schema)
    if isinstance(parts, Unserialisable):
        return parts
    style = STYLES[place.style]
    refused = _undefined(place, style, value)
    if isinstance(refused, Unserialisable):
        return refused
    remarks = (*refused, *_doubts(place, style, value, parts))
    return Pieces(tuple(_lay_out(place, style, value, parts)), remarks)


# A part of a value: its member name (None for an item or a value that stands alone) and its text.
_Part = tuple[str | None, str]


def _parts(value: Value, schema: Schema | None) -> list[_Part] | Unserialisable:
    parts: list[_Part] = []
    for name, part, described in _members(value, schema):
        text = _nested_list(part, described) if _is_collection(part, described) else scalar_text(part, described)
        if isinstance(text, Unserialisable):
            return text
        unfit = encodable(name or "")
        if isinstance(unfit, Unserialisable):
            return unfit
        parts.append((name, text))
    return parts


_COLLECTIONS = {"ssv": " ", "tsv": "\t", "pipes": "|"}


def _is_collection(value: Value, schema: Schema | None) -> bool:
    """Tell whether an inner array is written by a collectionFormat of its own (Swagger 2.0, Items Object)."""
    return isinstance(value, list) and schema is not None and schema.document.version == "2.0"


def _nested_list(value: Value, schema: Schema | None) -> str | Unserialisable:
    delimiter = _COLLECTIONS.get(str(shapes.keyword(schema, "collectionFormat")), ",")
    parts = _parts(value, schema)
    return parts if isinstance(parts, Unserialisable) else delimiter.join(text for _, text in parts)


def _members(value: Value, schema: Schema | None) -> Iterator[tuple[str | None, Value, Schema | None]]:
    match value:
        case dict():
            named = ((name, part, shapes.property_of(schema, name)) for name, part in value.items())
            yield from (member for member in named if member[1] is not None)
        case list():
            items = shapes.items_of(schema)
            yield from ((None, item, items) for item in value if item is not None)
        case _:
            yield None, value, schema


def _undefined(place: Place, style: Style, value: Value) -> tuple[Remark, ...] | Unserialisable:
    """Judge the combinations that the specification marks *n/a*."""
    has_parts = isinstance(value, list | dict)
    if style.lists_only and place.explode and isinstance(value, dict):
        return Unserialisable(f"style {place.style} with explode is not defined for an object")
    if style.lists_only and (place.explode or not has_parts):
        what = "with explode" if place.explode and has_parts else f"for a single value ({kind(value)})"
        sent = "one `name=value` an item" if has_parts else "`name=value`"
        return (Remark("parameter-style-undefined", f"style {place.style} {what} is not defined: sent as {sent}"),)
    if place.style == "cookie" and has_parts and not place.explode:
        message = "style cookie without explode is not defined for arrays and objects: sent as `name=a,b`"
        return (Remark("parameter-style-undefined", message),)
    return ()


def _doubts(place: Place, style: Style, value: Value, parts: list[_Part]) -> Iterator[Remark]:
    if any(
        isinstance(part, list | dict) and not _is_collection(part, inner) for _, part, inner in _inner(place, value)
    ):
        message = f"style {place.style} does not say how an array or object inside a value is written: sent as JSON"
        yield Remark("parameter-nested-value", message)
    lost = _lost_delimiter(place, style) if isinstance(value, list | dict) else ""
    if lost and any(lost in (name or "") + text for name, text in parts):
        message = f"a part of the value holds the delimiter of style {place.style}: the receiver can't tell them apart"
        yield Remark("parameter-ambiguous-delimiter", message)


def _inner(place: Place, value: Value) -> Iterator[tuple[str | None, Value, Schema | None]]:
    return _members(value, place.schema) if isinstance(value, list | dict) else iter(())


def _lost_delimiter(place: Place, style: Style) -> str:
    """Return the delimiter that looks the same inside a part as between two, if there is one."""
    if not place.escapes:
        return "" if style.named and place.explode else style.joiner
    delimiter = style.separator if place.explode else style.joiner
    return delimiter if delimiter in (" ", "|", "\t", ".") else ""


def _lay_out(place: Place, style: Style, value: Value, parts: list[_Part]) -> Iterator[str]:
    if not parts:
        return
    if not isinstance(value, list | dict):
        yield _named(place, style, place.encode(parts[0][1]))
        return
    encoded = [(None if name is None else _encode(place, name), _encode(place, text)) for name, text in parts]
    if not place.explode:
        joiner = place.encode_name(style.joiner) if style.joiner != "," else ","
        flat = (text for part in encoded for text in part if text is not None)
        yield _named(place, style, joiner.join(flat))
    else:
        for name, text in encoded:
            yield _named(place, style, text) if name is None else _member(style, name, text)


def _member(style: Style, name: str, text: str) -> str:
    return name if style.bare_empty and not text else f"{name}={text}"


def _encode(place: Place, text: str) -> str:
    """Encode one part; what delimits parts never stands bare in it (it can only under `allowReserved`)."""
    encoded = place.encode(text)
    if not place.escapes:
        return encoded
    for delimiter in ",;=":
        if delimiter in _delimiters(place):
            encoded = encoded.replace(delimiter, f"%{ord(delimiter):02X}")
    return encoded


def _delimiters(place: Place) -> str:
    style = STYLES[place.style]
    return style.separator + "=" if place.explode else style.joiner


def _named(place: Place, style: Style, text: str) -> str:
    if not style.named:
        return text
    return _member(style, place.encode_name(place.name), text)


def _deep_object(place: Place, value: Value) -> Pieces | Unserialisable:
    if not isinstance(value, dict):
        return Unserialisable(f"style deepObject carries objects only, and the value is {a_kind(value)}")
    pieces: list[str] = []
    for keys, leaf, schema in _leaves((place.name,), value, place.schema):
        if len(keys) > MAX_DEPTH:
            return Unserialisable(f"the value is nested more than {MAX_DEPTH} deep")
        name, text = encodable(keys[0] + "".join(f"[{key}]" for key in keys[1:])), scalar_text(leaf, schema)
        if isinstance(name, Unserialisable):
            return name
        if isinstance(text, Unserialisable):
            return text
        pieces.append(f"{place.encode_name(name)}={place.encode(text)}")
    return Pieces(tuple(pieces), tuple(_deep_doubts(place, value)))


def _deep_doubts(place: Place, value: dict[str, Value]) -> Iterator[Remark]:
    if not place.explode:
        message = "style deepObject without explode is not defined: sent as with explode"
        yield Remark("parameter-style-undefined", message)
    if any(isinstance(part, list | dict) for part in value.values()):
        message = "style deepObject does not say how nested values are written: sent in brackets, items by index"
        yield Remark("parameter-nested-value", message)


def _leaves(
    keys: tuple[str, ...], value: Value, schema: Schema | None
) -> Iterator[tuple[tuple[str, ...], Value, Schema | None]]:
    if len(keys) > MAX_DEPTH or not isinstance(value, list | dict):
        yield keys, value, schema
        return
    for index, (name, part, described) in enumerate(_members(value, schema)):
        yield from _leaves((*keys, str(index) if name is None else name), part, described)

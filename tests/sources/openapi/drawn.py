"""Values and bodies made up, of what a receiver can have back: see carriers.py."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_letters, digits

from hypothesis import strategies as st

from arazzo_runner.values import JSON, Value
from tests.sources.openapi.carriers import POINTED, Carrier

# ---------------------------------------------------------------- the values that a style carries

ANY = st.characters(exclude_categories=["Cs"])
VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
UNRESERVED = ascii_letters + digits + "-._~"
TRICKY = " %&=+;,:/?#[]@!$'()*\"<>\\^`{|}~.-_\r\n\t\0aB1ü€\U0001f600"
"""Characters that mean something in one place or another."""

NAMES = st.text(ascii_letters + digits + "_", min_size=1, max_size=6)


def texts(carrier: Carrier) -> st.SearchStrategy[str]:
    """Texts of at least one character; in a path not only points, which no segment may be.

    Half of them hold every character that means something somewhere, in some order.
    """
    match carrier.location:
        case "header":
            # `%` is left to `OUTSIDE`: some receivers decode it.
            characters: st.SearchStrategy[str] = st.sampled_from([c for c in VISIBLE if c not in carrier.lost + "%"])
            allowed = VISIBLE.replace("%", "")
        case "cookie":
            characters, allowed = st.sampled_from([c for c in UNRESERVED if c not in carrier.lost]), UNRESERVED
        case _:
            characters = st.characters(exclude_categories=["Cs"], exclude_characters=carrier.lost)
            allowed = TRICKY
    tricky = "".join(c for c in TRICKY if c in allowed and c not in carrier.lost)
    turned = st.integers(0, len(tricky) - 1).map(lambda at: tricky[at:] + tricky[:at])
    found = turned | st.text(characters, min_size=1, max_size=12)
    return found.filter(lambda text: text.strip(".") != "") if carrier.location == "path" else found


def scalars(kind: str, carrier: Carrier) -> st.SearchStrategy[Value]:
    match kind:
        case "string":
            return texts(carrier)
        case "integer":
            return st.integers()
        case "number":
            return st.sampled_from([0.1, -123456.789, 1e-7, 1e21]) | st.floats(allow_nan=False, allow_infinity=False)
        case _:
            return st.booleans()


@dataclass(frozen=True)
class Written:
    """A value with its schema."""

    schema: dict[str, JSON]
    value: Value


@st.composite
def of_carrier(draw: st.DrawFn, carrier: Carrier) -> Written:
    """A value that the carrier carries."""
    if carrier.shape == "json":
        return draw(jsons(carrier))
    pointed = (carrier.style, carrier.explode, carrier.shape) in POINTED
    kinds = [kind for kind in carrier.kinds.split() if not (pointed and kind == "number")]
    kind = draw(st.sampled_from(kinds))
    if carrier.shape == "value":
        return Written({"type": kind}, draw(scalars(kind, carrier)))
    if carrier.shape == "array":
        items = draw(st.lists(scalars(kind, carrier), min_size=1, max_size=4))
        return Written({"type": "array", "items": {"type": kind}}, items)
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    chosen = {name: draw(st.sampled_from(kinds)) for name in names}
    properties: dict[str, JSON] = {name: {"type": kind} for name, kind in chosen.items()}
    value = {name: draw(scalars(kind, carrier)) for name, kind in chosen.items()}
    return Written({"type": "object", "properties": properties}, value)


@st.composite
def jsons(draw: st.DrawFn, carrier: Carrier | None = None, depth: int = 2) -> Written:
    """Any JSON but null, with a schema that says of what types it is."""
    shape = draw(st.sampled_from(["value", "array", "object"] if depth else ["value"]))
    if shape == "value":
        kind = draw(st.sampled_from(["string", "integer", "number", "boolean"]))
        header = carrier is not None and carrier.location == "header"
        # In a header, text goes bare; DEL is no character of a header.
        text = st.text(st.characters(max_codepoint=126) if header else ANY, max_size=12)
        plain = Carrier("query", "form", True, "value")
        return Written({"type": kind}, draw(text if kind == "string" else scalars(kind, plain)))
    if shape == "array":
        item = draw(jsons(carrier, 0))
        length = draw(st.integers(0, 3))
        return Written({"type": "array", "items": item.schema}, [item.value] * length)
    return draw(objects(carrier, depth - 1))


@st.composite
def objects(draw: st.DrawFn, carrier: Carrier | None = None, depth: int = 1) -> Written:
    members = draw(st.dictionaries(NAMES, jsons(carrier, depth), max_size=3))
    properties: dict[str, JSON] = {name: member.schema for name, member in members.items()}
    value = {name: member.value for name, member in members.items()}
    return Written({"type": "object", "properties": properties}, value)


# ---------------------------------------------------------------- the bodies that come back whole


@dataclass(frozen=True)
class Body:
    """A body: its content type, what describes it, and its value."""

    name: str
    media: dict[str, JSON]
    value: Value


FORM, FORM_DATA = "application/x-www-form-urlencoded", "multipart/form-data"
PLAIN = Carrier("query", "form", True, "value")


KINDS = ("json", "+json", "text", "charset", "bytes", "form", "multipart", "null")


@st.composite
def bodies(draw: st.DrawFn, version: str, kind: str = "") -> Body:
    # OpenAPI 3.0 has no type for null.
    kind = kind or draw(st.sampled_from(KINDS[: len(KINDS) - (version < "3.1")]))
    match kind:
        case "null":
            return Body("application/json", {"schema": {"type": ["null", "string"]}}, None)
        case "json" | "+json":
            made = draw(jsons())
            name = "application/json" if kind == "json" else "application/vnd.api+json"
            return Body(name, {"schema": made.schema}, made.value)
        case "text":
            return Body("text/plain", {"schema": {"type": "string"}}, draw(texts(PLAIN)))
        case "charset":
            value = draw(st.just("ü") | st.text(st.characters(max_codepoint=255), min_size=1))
            return Body("text/plain; charset=iso-8859-1", {"schema": {"type": "string"}}, value)
        case "bytes":
            schema: dict[str, JSON] = {"schema": {"type": "string", "format": "binary"}} if version < "3.1" else {}
            return Body("application/octet-stream", schema, draw(st.binary(min_size=1)))
        case "form":
            return draw(forms())
        case _:
            return draw(multiparts())


FIELDS: tuple[tuple[Carrier, dict[str, JSON] | None], ...] = (
    # the shape of a field, and its Encoding Object
    (Carrier("query", "form", True, "value"), None),
    (Carrier("query", "form", True, "array"), None),
    (Carrier("query", "form", False, "array", ","), {"style": "form", "explode": False}),
    (Carrier("query", "form", False, "object", ","), {"explode": False}),
    (Carrier("query", "pipeDelimited", False, "array", "|"), {"style": "pipeDelimited"}),
    (Carrier("query", "deepObject", True, "object"), {"style": "deepObject", "explode": True}),
    (Carrier("query", "form", True, "value", "%"), {"allowReserved": True}),
    (Carrier("query", "form", True, "json"), {"contentType": "application/json"}),
)


@st.composite
def forms(draw: st.DrawFn) -> Body:
    properties: dict[str, JSON] = {"f": {"type": "boolean"}}
    encoding: dict[str, JSON] = {}
    value: dict[str, Value] = {"f": True}
    for index, (carrier, asked) in enumerate(draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4))):
        made = draw(of_carrier(carrier))
        if carrier.shape == "json" and isinstance(made.value, list | str):
            continue  # a list is a field an item, and text of the document that is JSON goes as JSON
        name = f"f{index}"
        properties[name], value[name] = made.schema, made.value
        if asked is not None:
            encoding[name] = asked
    media: dict[str, JSON] = {"schema": {"type": "object", "properties": properties}}
    return Body(FORM, {**media, "encoding": encoding} if encoding else media, value)


@st.composite
def multiparts(draw: st.DrawFn) -> Body:
    """Text, arrays of text, objects as JSON: all that openapi-core reads of a multipart with its types."""
    text = texts(PLAIN)
    properties: dict[str, JSON] = {}
    value: dict[str, Value] = {}
    for index, shape in enumerate(draw(st.lists(st.sampled_from(["text", "texts", "object"]), min_size=1, max_size=4))):
        name = f"f{index}"
        if shape == "object":
            made = draw(objects())
            properties[name], value[name] = made.schema, made.value
        elif shape == "text":
            properties[name], value[name] = {"type": "string"}, draw(text)
        else:
            properties[name] = {"type": "array", "items": {"type": "string"}}
            value[name] = list[Value](draw(st.lists(text, min_size=1, max_size=3)))
    return Body(FORM_DATA, {"schema": {"type": "object", "properties": properties}}, value)

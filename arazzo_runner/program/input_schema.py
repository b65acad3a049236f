"""Reading the `inputs` of a workflow (Arazzo 1.1, Workflow Object: a JSON Schema 2020-12; INP-01 to INP-09).

References start at the root of the Arazzo document (`#/components/inputs/x`, INP-05), so the schema is compiled with
the document's components beside it; their anchors and ids count too (URI-16, INP-08). What leads into other files has
been resolved before (`schema_references`, INP-07), so that compiling fetches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast
from urllib.parse import unquote

from arazzo_runner.diagnostics import Diagnostic, Severity, did_you_mean
from arazzo_runner.document.model import Description, Workflow
from arazzo_runner.expressions.pointer import decode, navigate, resolve
from arazzo_runner.program.model import InputSchema
from arazzo_runner.program.required_flags import moved
from arazzo_runner.program.schema_references import MAX_SCHEMA_NODES, Broken, Linked, link
from arazzo_runner.redact import is_secret_name
from arazzo_runner.redact.marks import is_marked
from arazzo_runner.sources.documents import Documents
from arazzo_runner.values import JSON, Nothing, Path, Value

MAX_SCHEMA_PARTS = 1_000
"""References and combined schemas that are followed while the declared inputs are collected."""

MAX_UNREAD_PATTERNS = 20
"""Patterns of one schema that are left out because they can't be judged."""

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
"""The values of `type` (JSON Schema 2020-12, Validation)."""

MASK = "the value"
"""Stands in messages for what was given, which may be a secret."""


FILES = "$documents"
"""The member of a schema's root that holds the other files which it refers to, by URI."""


def read_input_schema(
    description: Description, workflow: Workflow, documents: Documents, strict: bool = False
) -> tuple[InputSchema, tuple[Diagnostic, ...]]:
    """Compile the `inputs` of a workflow; a schema that is none is a diagnostic, and then anything is accepted.

    `documents` are the files that its references may lead into.
    """
    written = workflow.inputs
    if written is None or written is True:
        return InputSchema(True, opens=written is True), ()
    whose = f"the inputs of workflow '{workflow.workflow_id}'"
    judge = _Judge(description, (*workflow.at, "inputs"), whose, strict)
    root, flags = _read(_rooted(description, written), strict)
    linked = link(description, root, documents)
    validator = judge.compile(linked)
    for flag in flags:
        judge.flagged(flag)
    return _describe(_with_files(linked), validator), tuple(judge.found)


def check_component_inputs(
    description: Description, documents: Documents, strict: bool = False
) -> tuple[Diagnostic, ...]:
    """Judge each schema of `components.inputs`, used or not (INP-16)."""
    found: list[Diagnostic] = []
    for name, schema in description.components.inputs.items():
        if isinstance(schema, dict):
            judge = _Judge(description, ("components", "inputs", name), f"the inputs of component '{name}'")
            judge.compile(link(description, _read(_rooted(description, schema), strict)[0], documents))
            found += judge.found
    return tuple(dict.fromkeys(found))


def describe_inputs(description: Description, workflow: Workflow, documents: Documents) -> InputSchema:
    """Read what the `inputs` of a workflow declare, without judging the schema or making it ready to judge."""
    if workflow.inputs is None or workflow.inputs is True:
        return InputSchema(True, opens=workflow.inputs is True)
    root, _ = _read(_rooted(description, workflow.inputs))
    return _describe(_with_files(link(description, root, documents)), None)


def _read(root: JSON, strict: bool = False) -> tuple[JSON, tuple[Path, ...]]:
    """Return a schema as its author meant it, and the places of flags that were moved; strictly as it is written."""
    return (root, ()) if strict else moved(root)


def _with_files(linked: Linked) -> JSON:
    if not linked.documents or not isinstance(linked.schema, dict):
        return linked.schema
    return {**linked.schema, FILES: dict(linked.documents)}


def _rooted(description: Description, written: JSON) -> JSON:
    """Return the schema with the document's components beside it, where references of the document find them."""
    known = description.components.inputs
    if not isinstance(written, dict) or not known or "components" in written:
        return written
    return {**written, "components": {"inputs": dict(known)}}


class _Judge:
    """Makes a schema ready to judge inputs, and tells what is wrong with it; `at` is where it stands."""

    def __init__(self, description: Description, at: Path, whose: str, strict: bool = False) -> None:
        self.description, self.at, self.whose, self.strict = description, at, whose, strict
        self.found: list[Diagnostic] = []

    def compile(self, linked: Linked) -> Any:
        """Return the compiled schema, or None after a fault; a pattern that can't be read is left out with a doubt."""
        for broken in linked.broken:
            self._broken(broken)
        if linked.excess:
            message = f"{self.whose} have more than {MAX_SCHEMA_NODES:,} arrays and objects (max_schema_nodes)"
            self._add(
                "inputs-too-large", Severity.ERROR, message, (), "make the schema, and those it refers to, smaller"
            )
        self._judge_targets(linked)
        if self.found:
            return None
        root = linked.schema
        for _ in range(MAX_UNREAD_PATTERNS):
            try:
                return _compiled(root, linked.documents)
            except ValueError as fault:
                path = tuple(getattr(fault, "instance_path", ()))
                if path and _node(root, path) is None and linked.documents:
                    self._report(root, f"a schema that it refers to: {str(fault).split(chr(10), 1)[0]}", ())
                    return None
                if path[-1:] != ("pattern",) or self.strict:
                    self._report(root, str(fault).split("\n", 1)[0], path)
                    return None
                self._doubt(root, path)
                root = _without(root, path)
        self._report(
            root, f"it has more than {MAX_UNREAD_PATTERNS} patterns that can't be read (max_unread_patterns)", ()
        )
        return None

    def _broken(self, broken: Broken) -> None:
        """Report a reference that leads nowhere, where it stands: here or in another file."""
        message = f"{self.whose} refer to '{broken.text}', which leads nowhere: {broken.reason}"
        help = "write a path or URL relative to the document, with '#' and a pointer behind it"
        if broken.span is None:
            self._add("inputs-reference", Severity.ERROR, message, broken.at, help)
        else:
            self.found.append(Diagnostic("inputs-reference", Severity.ERROR, message, broken.span, help, at=self.at))

    def _judge_targets(self, linked: Linked) -> None:
        """Judge the schemas of other files by themselves, so that a fault gets its place there."""
        import jsonschema_rs  # only workflows with such inputs pay for it

        for target in linked.targets:
            try:
                jsonschema_rs.meta.validate(_as_2020(target.schema))
            except ValueError as fault:
                path = tuple(getattr(fault, "instance_path", ()))
                first = str(fault).split("\n", 1)[0]
                message = f"{self.whose} refer to a schema that is no valid JSON Schema 2020-12: {_where(path)}{first}"
                span = target.source.span((*target.at, *path))
                self.found.append(Diagnostic("inputs-schema", Severity.ERROR, message, span, at=self.at))

    def flagged(self, path: Path) -> None:
        """Tell that a `required` flag was read as the name in the list beside it."""
        fact = f"{self.whose}: `required` is a flag of '{path[-2]}', where JSON Schema has a list of names"
        help = f"write `required: [{path[-2]}]` beside `properties`"
        self._add("reading-INP-01", Severity.WARNING, f"{fact}; it is read as the name in that list", path, help)

    def _doubt(self, root: JSON, path: Path) -> None:
        pattern = _node(root, path)
        message = f"{self.whose}: the pattern '{pattern}' can't be read, so values are not judged by it"
        self._add("inputs-pattern", Severity.WARNING, message, path, "write it as ECMA-262 has it")

    def _report(self, root: JSON, message: str, path: Path) -> None:
        reference = next(_broken_references(root, message), None) if not path else None
        if reference is None:
            if wrong := _no_type(root, path):
                message = f"'{wrong}' is no type of JSON Schema"
            headline = f"{self.whose} are no valid JSON Schema 2020-12: {_where(path)}{message}"
            self._add("inputs-schema", Severity.ERROR, headline, path, _advice(root, path))
            return
        place, text = reference
        known = [f"#/components/inputs/{name}" for name in self.description.components.inputs]
        headline, help = f"{self.whose} refer to '{text}', which leads nowhere", did_you_mean(text, known)
        self._add("inputs-reference", Severity.ERROR, headline, place, help)

    def _add(self, code: str, severity: Severity, message: str, path: Path, help: str) -> None:
        at = self._place(path)
        self.found.append(Diagnostic(code, severity, message, self.description.span(at), help, at=at))

    def _place(self, path: Path) -> Path:
        """Return the place in the document of a path in the schema, which may lead into the components beside it."""
        own = _node(self.description.source.data, self.at)
        if isinstance(own, dict) and "components" in own:
            return (*self.at, *path)
        if path[:3] == ("$defs", _SHARED, "$defs"):
            return ("components", "inputs", *path[3:])
        return path if path[:2] == ("components", "inputs") else (*self.at, *path)


def _as_2020(schema: JSON) -> Any:
    # Without a word about the dialect it is that of `inputs` (INP-02), which a draft of its own would hide.
    return {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"} if isinstance(schema, dict) else schema


def _compiled(root: JSON, files: Mapping[str, JSON]) -> Any:
    import jsonschema_rs  # only workflows with inputs pay for it

    schema: Any = root
    named = {name: part for name, part in _components(root).items() if _gives_names(part)}
    if isinstance(root, dict) and named:
        # Below an unknown keyword, anchors and ids are not found; below `$defs` they are.
        definitions = root.get("$defs")
        own = definitions if isinstance(definitions, dict) else {}
        schema = {**root, "$defs": {**own, _SHARED: {"$defs": named}}}
    known: dict[str, Any] = {}
    if files:
        known["registry"] = jsonschema_rs.Registry(list(files.items()))
    return jsonschema_rs.Draft202012Validator(schema, offline=True, validate_formats=False, mask=MASK, **known)


_SHARED = "components.inputs"


def _components(root: JSON) -> dict[str, JSON]:
    found = _node(root, ("components", "inputs"))
    return found if isinstance(found, dict) else {}


def _gives_names(schema: JSON) -> bool:
    return any(name in ("$anchor", "$dynamicAnchor") for name, _, _ in _members(schema))


def _broken_references(root: JSON, message: str) -> Iterator[tuple[Path, str]]:
    """Yield the references that a message is about, with their places."""
    for name, value, path in _members(root):
        if name in ("$ref", "$dynamicRef") and isinstance(value, str) and value.removeprefix("#") in message:
            yield path, value


def _members(root: JSON) -> Iterator[tuple[str, JSON, Path]]:
    """Yield every member of every object in a schema, with its path."""
    queue: list[tuple[JSON, Path]] = [(root, ())]
    for node, path in queue:
        if isinstance(node, dict):
            for name, value in node.items():
                yield name, value, (*path, name)
                queue.append((value, (*path, name)))
        elif isinstance(node, list):
            queue += [(item, (*path, index)) for index, item in enumerate(node)]


def _node(root: JSON, path: Path) -> JSON:
    found = navigate(cast(Value, root), path)
    return None if isinstance(found, Nothing) else cast(JSON, found)


def _without(root: JSON, path: Path) -> JSON:
    """Return a copy of a schema without the member at a path."""
    first, *rest = path
    if isinstance(root, dict):
        others = {name: value for name, value in root.items() if name != first}
        return {**others, str(first): _without(root[str(first)], tuple(rest))} if rest else others
    if isinstance(root, list) and isinstance(first, int) and rest:
        return [_without(item, tuple(rest)) if index == first else item for index, item in enumerate(root)]
    return root


def _where(path: Path) -> str:
    return f"{'.'.join(map(str, path))}: " if path else ""


def _no_type(root: JSON, path: Path) -> str:
    """Return the text that stands where a type should and is none; empty where something else is wrong."""
    keyword = path[:-1] if path and isinstance(path[-1], int) else path
    if keyword[-1:] != ("type",) or keyword[-2:-1] in _NAMED_BY_AUTHORS:
        return ""
    wrong = _node(root, path)
    texts = [one for one in (wrong if isinstance(wrong, list) else [wrong]) if isinstance(one, str)]
    return next((one for one in texts if one not in TYPES), "")[:60]


_MEANT_TYPES: Final[Mapping[str, str]] = {
    word: f"did you mean '{meant}'?"
    for meant, words in {
        "integer": "int int32 int64 long",
        "number": "float double decimal",
        "boolean": "bool",
        "string": "str text date date-time uuid file",
        "array": "list",
        "object": "dict map",
        "null": "none nil",
    }.items()
    for word in words.split()
}
"""What names of types in other languages are called in JSON Schema."""

_NAMED_BY_AUTHORS: Final = (("properties",), ("patternProperties",), ("$defs",), ("definitions",))
"""Keywords whose members are named by authors: what is called `type` there is no type."""


def _advice(root: JSON, path: Path) -> str:
    """Return what to do about the commonest slips."""
    wrong = _node(root, path)
    if path[-1:] == ("required",) and isinstance(wrong, bool):
        return "`required` is a list of names, and stands beside `properties`"
    if no_type := _no_type(root, path):
        return _MEANT_TYPES.get(no_type.casefold()) or did_you_mean(no_type, TYPES)
    return "correct the schema; references start with '#/components/inputs/'"


def _describe(root: JSON, validator: Any) -> InputSchema:
    properties: dict[str, JSON] = {}
    required: list[str] = []
    closed = opens = False
    for part in parts(root, root):
        named = part.get("properties")
        if isinstance(named, dict):
            for name, schema in named.items():
                properties.setdefault(name, schema)
        wanted = part.get("required")
        required += [name for name in wanted if isinstance(name, str)] if isinstance(wanted, list) else []
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            closed = closed or part.get(keyword) is False
            opens = opens or bool(part.get(keyword)) or part.get(keyword) == {}
        opens = opens or "patternProperties" in part
    secret = frozenset(name for name, schema in properties.items() if is_secret(name, schema, root))
    return InputSchema(root, properties, tuple(dict.fromkeys(required)), closed, opens, secret, validator)


def is_secret(name: str, schema: JSON, root: JSON) -> bool:
    """Tell whether an input is a secret: by its name, or by a mark of its schema, as `format: password` (DOC-29)."""
    return is_secret_name(name) or any(map(is_marked, parts(schema, root)))


def parts(schema: JSON, root: JSON) -> Iterator[dict[str, JSON]]:
    """Yield the schema and those that it takes in by `$ref` or `allOf`; each reference is followed once."""
    queue, followed = [schema], set[str]()
    for part in queue:
        if not isinstance(part, dict):
            continue
        yield part
        reference = part.get("$ref")
        if isinstance(reference, str) and reference not in followed:
            followed.add(reference)
            found = _referred(root, reference)
            queue += [] if isinstance(found, Nothing) else [found]
        combined = part.get("allOf")
        queue += combined[: max(0, MAX_SCHEMA_PARTS - len(queue))] if isinstance(combined, list) else []


def _referred(root: JSON, reference: str) -> JSON | Nothing:
    """Return the schema that a reference of the document names, by pointer or by anchor."""
    uri, _, fragment = reference.partition("#")
    files = root.get(FILES) if uri and isinstance(root, dict) else None
    if uri:
        root = files.get(uri) if isinstance(files, dict) else None
    fragment = unquote(fragment)
    if fragment and not fragment.startswith("/"):
        anchored = (path for name, value, path in _members(root) if name == "$anchor" and value == fragment)
        path = next(anchored, None)
        return Nothing("no such anchor") if path is None else _node(root, path[:-1])
    return cast("JSON | Nothing", resolve(cast(Value, root), decode(fragment)))

"""Each body that the mock answered with, judged by another validator: `jsonschema`, which no run uses.

Nothing here asks the package what a description says: the response and its schema are looked up in the document's
text, its references are followed by `referencing`, and the dialect of OpenAPI 3.0 is written in that of Draft 4.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import jsonschema
import referencing
import yaml
from referencing.jsonschema import DRAFT4, DRAFT202012

from arazzo_runner.api import Options, Prepared
from arazzo_runner.api.trying import SameForAll, read, try_document
from arazzo_runner.coverage.trials import Trial, Trials, TriedDocument
from arazzo_runner.engine.events import ResponseReceived, Stamped
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.program.model import OperationCall
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.tests.json import write_trials_json
from arazzo_runner.sources.operations import Operation
from tests.real.explained import Explained, explained, rows
from tests.real.found import Document

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FORMATS = jsonschema.FormatChecker(["date", "ipv4", "ipv6", "uuid", "email", "regex"])
"""The formats that are held to be broken where they are; whatever else a format says is a remark."""


class _Loader(_LOADER):  # type: ignore[misc, valid-type]  # one of two classes, which the type checker can't know
    """Reads YAML with the types of JSON alone: a date is a text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in _LOADER.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was judged: `fault` says why it is not valid, or `unjudged` why that can't be told.

    `nullable` tells that it is valid only as `nullable`, which 3.1 does not know, is meant.
    """

    place: str
    fault: str = ""
    unjudged: str = ""
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class BodiesOf:
    """The tests of a document with the bodies of all their answers."""

    document: str
    trials: tuple[Trial, ...]
    bodies: tuple[Body, ...]
    problem: str = ""
    failed: tuple[Explained, ...] = ()


def judged_bodies(document: Document, every_edge: bool = False) -> BodiesOf:
    """Test a document's workflows as `arazzo test` does, and judge each body."""
    options = Options(mock=True, sources=dict(document.sources), show_secrets=True)
    setup = SameForAll(options, workflows=document.workflows, walks=every_edge)
    description = read(str(document.path), setup)
    if isinstance(description, str):
        return BodiesOf(str(document.path), (), (), description)
    bodies: list[Body] = []

    def watch(prepared: Prepared) -> Callable[[Stamped], None]:
        return _Judge(prepared, bodies).on

    trials = tuple(try_document(description, setup, watch=watch))
    failed = tuple(explained(description, options, trials))
    return BodiesOf(str(document.path), trials, tuple(bodies), failed=failed)


@dataclass(slots=True)
class _Judge:
    prepared: Prepared
    bodies: list[Body]
    known: set[tuple[str, int, bytes]] = field(default_factory=set)

    def on(self, stamped: Stamped) -> None:
        event = stamped.event
        if not isinstance(event, ResponseReceived) or not event.response.body:
            return
        for operation in self._operations(event.step[-1]):
            uri = operation.document.uri
            key = (f"{uri}{operation.at}", event.response.status, event.response.body)
            if key not in self.known:
                self.known.add(key)
                self.bodies += judge_body(uri, operation.at, event.response, f"{operation.method} {operation.path}")

    def _operations(self, name: str) -> list[Operation]:
        """Return what the step of that id calls; where several workflows have it, the body is judged only if all call the same."""
        flows = self.prepared.program.workflows.values()
        found = [step for flow in flows for step in flow.steps if step.step_id == name]
        made = [step.call.operation for step in found if isinstance(step.call, OperationCall)]
        return made[:1] if len({(each.document.uri, each.at) for each in made}) == 1 else []


def judge_body(uri: str, at: tuple[str | int, ...], response: Response, name: str) -> Iterator[Body]:
    """Judge one body by what the text of the description says of it."""
    place = f"{uri} {name} {response.status}"
    try:
        yield _judged(uri, at, response, place)
    except RecursionError:
        yield Body(place, unjudged="nested too deeply for the validator")
    except referencing.exceptions.Unresolvable as fault:
        yield Body(place, unjudged=f"a reference that leads nowhere: {fault!s:.80}")
    except Exception as fault:  # a pattern that Python does not read, a schema that is none
        yield Body(place, unjudged=f"{type(fault).__name__}: {fault!s:.100}")


def _judged(uri: str, at: tuple[str | int, ...], response: Response, place: str) -> Body:
    document = text_of(uri)
    answers, base = _found(_at(document, at), "responses", uri)
    wanted = (str(response.status), f"{response.status // 100}XX", f"{response.status // 100}xx", "default")
    key = next((each for each in wanted if each in _names(answers)), None)
    if key is None:
        return Body(place, unjudged="the status is not declared")
    answer, base = _found(_names(answers), key, base)
    kind = (response.header("content-type") or "").partition(";")[0].strip().lower()
    if "swagger" in document:
        schema = answer.get("schema")
    else:
        media = _media(answer.get("content") or {}, kind)
        schema = media.get("schema") if isinstance(media, dict) else None
    if schema is None or schema is True:
        return Body(place, unjudged="no schema")
    if kind == "application/json" or kind.endswith("+json"):
        value = json.loads(response.body)
    elif kind.startswith("text/"):
        value = response.body.decode()
        if isinstance(schema, dict) and schema.get("type") not in (None, "string"):
            return Body(place, unjudged="a text that is written from another type")
    else:
        return Body(place, unjudged=f"media type {kind}")
    version = version_of(text_of(base), document)
    fault = first_fault(schema, value, base, version)
    if fault and version >= "3.1" and not first_fault(schema, value, base, version, meant=True):
        return Body(place, nullable=True)
    return Body(place, fault=fault)


def first_fault(schema: Any, value: Any, base: str, version: str, *, meant: bool = False) -> str:
    """Return why a value is not valid against a schema of a document, or nothing.

    With `meant` null is allowed where a description of 3.1 says `nullable`.
    """
    old = version < "3.1"
    given = in_draft_4(schema) if old else with_nulls(schema) if meant else schema
    make: Any = referencing.Registry
    registry = make(retrieve=_retrieve_4 if old else _retrieve_meant if meant else _retrieve_2020)
    kind = jsonschema.Draft4Validator if old else jsonschema.Draft202012Validator
    resolver = registry.resolver(base_uri=base)
    validator = kind(given, registry=registry, format_checker=FORMATS, _resolver=resolver)
    best = jsonschema.exceptions.best_match(validator.iter_errors(value))
    return "" if best is None else f"{best.json_path}: {best.message:.200}"


def in_draft_4(schema: Any) -> Any:
    """Write a schema of OpenAPI 3.0 or Swagger 2.0, as it holds for answers, in Draft 4."""
    if isinstance(schema, list):
        return [in_draft_4(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("$ref"), str):
        return {"$ref": schema["$ref"]}
    data = ("enum", "example", "default", "examples", "x-enum-varnames")
    found = {name: each if name in data else in_draft_4(each) for name, each in schema.items()}
    found.pop("id", None) if not isinstance(found.get("id"), dict) else None
    if schema.get("nullable") is True or schema.get("x-nullable") is True:
        if isinstance(found.get("type"), str):
            found["type"] = [found["type"], "null"]
        if isinstance(found.get("enum"), list) and None not in found["enum"]:
            found["enum"] = [*found["enum"], None]
    if isinstance(found.get("type"), str) and found["type"] == "file":
        del found["type"]
    members = schema.get("properties")
    if isinstance(found.get("required"), list) and isinstance(members, dict):
        hidden = {name for name, each in members.items() if isinstance(each, dict) and each.get("writeOnly") is True}
        found["required"] = [name for name in found["required"] if name not in hidden]
        if not found["required"]:
            del found["required"]
    elif not isinstance(found.get("required", []), list) and not isinstance(found["required"], dict):
        del found["required"]  # `required: true` on a member says nothing
    return found


def with_nulls(schema: Any) -> Any:
    """Write `nullable` of a description of 3.1 as the type that it means."""
    if isinstance(schema, list):
        return [with_nulls(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: with_nulls(each) for name, each in schema.items()}
    if schema.get("nullable") is True and isinstance(found.get("type"), str):
        found["type"] = [found["type"], "null"]
        if isinstance(found.get("enum"), list):
            found["enum"] = [*found["enum"], None]
    return found


def version_of(document: Any, asked: Any) -> str:
    """Return the version of a description; a file that does not say has that of the one that led to it."""
    for each in (document, asked):
        if isinstance(each, dict) and ("openapi" in each or "swagger" in each):
            return str(each.get("openapi") or each.get("swagger"))
    return "3.0"


@cache
def text_of(uri: str) -> Any:
    """Return what a file holds."""
    path = Path(unquote(urlsplit(uri).path))
    text = path.read_text("utf-8")
    if text.lstrip().startswith("{"):
        return json.loads(text)
    return json.loads(json.dumps(yaml.load(text, _Loader), default=str))


@cache
def _retrieve_4(uri: str) -> Any:
    return DRAFT4.create_resource(in_draft_4(text_of(uri)))


@cache
def _retrieve_meant(uri: str) -> Any:
    return DRAFT202012.create_resource(with_nulls(text_of(uri)))


@cache
def _retrieve_2020(uri: str) -> Any:
    return DRAFT202012.create_resource(text_of(uri))


def _found(holder: Any, key: str, base: str) -> tuple[Any, str]:
    """Return a member with its references followed, and the file that it stands in then."""
    value = holder[key]
    for _ in range(20):
        if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
            break
        target, fragment = urldefrag(urljoin(base, value["$ref"]))
        base = target or base
        keys = [unquote(part).replace("~1", "/").replace("~0", "~") for part in fragment.split("/")[1:]]
        value = _at(text_of(base), tuple(keys))
    return value, base


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def _names(answers: Any) -> dict[str, Any]:
    return {str(name): each for name, each in answers.items()}


def _media(content: dict[str, Any], kind: str) -> Any:
    """Return the media type that fits best: by name, by its range, or any."""
    plain = {name.partition(";")[0].strip().lower(): each for name, each in content.items()}
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if name in plain:
            return plain[name]
    return {}


def summary_of(several: Iterable[BodiesOf]) -> str:
    """Return the JSON report of the tests, as the command writes it."""
    documents = tuple(TriedDocument(one.document, one.trials, one.problem) for one in several)
    page = io.StringIO()
    write_trials_json(page, Trials(documents), Look())
    return page.getvalue()


def table(judged: Iterator[BodiesOf], examples: int = 1) -> list[str]:
    """Return the counts: workflows by reason, bodies judged and invalid, and why some were not judged."""
    reasons: Counter[str] = Counter()
    unjudged: Counter[str] = Counter()
    invalid: list[str] = []
    failed: list[Explained] = []
    documents = valid = nullable = 0
    for one in judged:
        documents += 1
        failed += one.failed
        reasons.update(trial.reason.value if trial.reason else "succeeded" for trial in one.trials)
        reasons.update(["unreadable"] if one.problem else [])
        unjudged.update(body.unjudged for body in one.bodies if body.unjudged)
        invalid += [f"{body.place}: {body.fault}" for body in one.bodies if body.fault]
        nullable += sum(body.nullable for body in one.bodies)
        valid += sum(not body.fault and not body.unjudged for body in one.bodies)
    lines = [f"{documents} documents, {sum(reasons.values())} workflows"]
    lines += [f"{number:7} {reason}" for reason, number in reasons.most_common()]
    lines += [f"bodies: {valid} valid, {len(invalid)} INVALID, {sum(unjudged.values())} not judged"]
    lines += [
        f"{number:7} of them have null where a description of 3.1 says nullable" for number in [nullable] if number
    ]
    lines += [f"{number:7} not judged: {why}" for why, number in unjudged.most_common()]
    lines += [f"        INVALID {each}" for each in invalid[: examples or None]]
    return [*lines, "what validate tells of those that failed:", *rows(failed, examples)]

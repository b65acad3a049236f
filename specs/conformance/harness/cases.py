"""The cases of the suite, read from YAML and expanded: templates filled, rows of a table made into cases of their own.

Nothing here knows any runner. README.md, beside the cases, describes the format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
ENTRY = "arazzo.yaml"
MODES = ("strict", "practical")
VERSIONS = ("1.0.1", "1.1.0")
OUTCOMES = ("succeeded", "failed", "refused", "stopped")

_FIELDS = {
    "case": {"id", "title", "proves", "mode", "versions", "template", "with", "each", "document", "workflows"}
    | {
        "components",
        "sources",
        "workflow",
        "inputs",
        "inputs-for",
        "server",
        "expect",
        "over-http",
        "media",
        "columns",
        "twice",
        "supplied",
        "base-uri",
    },
    "topic": {"topic", "about", "sources", "templates", "cases"},
    "expect": {"outcome", "outputs", "requests", "waits", "steps", "warnings", "says", "hides", "fetches"}
    | {"diagnostics", "transferred", "quiet"},
}
_PLACEHOLDER = re.compile(r"<<([a-z][a-z0-9-]*)(:raw)?>>")
_HEAD = """\
arazzo: <<version:raw>>
info: {title: Conformance, version: '1'}
sourceDescriptions:
- {name: api, url: api.yaml, type: openapi}
"""


class CaseError(Exception):
    """A case is not written as README.md says."""


@dataclass(frozen=True)
class Case:
    """One case, expanded; `group` is the name of the case as it is written, the same for all rows of a table."""

    id: str
    group: str
    title: str
    topic: str
    proves: tuple[str, ...]
    modes: tuple[str, ...]
    versions: tuple[str, ...]
    data: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """The case's own name: its topic and its id."""
        return f"{self.topic}/{self.id}"

    def variations(self, server: str) -> Iterator[Variation]:
        """Yield the case in each of its versions and modes; `server` is the URL of the scripted server."""
        for version in self.versions:
            for mode in self.modes:
                yield Variation(self, version, mode, server)


@dataclass(frozen=True)
class Variation:
    """A case as it is run once: under one version of the specification, in one mode, against one server."""

    case: Case
    version: str
    mode: str
    url: str

    @property
    def name(self) -> str:
        """The name of the variation, as reports show it."""
        return f"{self.case.name} [{self.version} {self.mode}]"

    @property
    def strict(self) -> bool:
        """Whether every construct is read literally."""
        return self.mode == "strict"

    @property
    def workflow(self) -> str | None:
        """The workflow to run; None to name none."""
        name: str | None = self.case.data.get("workflow", "w")
        return name

    @property
    def inputs(self) -> dict[str, Any]:
        """The inputs by name."""
        return dict(self._placed(self.case.data.get("inputs") or {}))

    @property
    def inputs_for(self) -> dict[str, dict[str, Any]]:
        """The inputs of workflows that the chosen one depends on, by workflow."""
        return dict(self.case.data.get("inputs-for") or {})

    @property
    def server(self) -> list[dict[str, Any]]:
        """The rules of the scripted server."""
        return list(self._placed(self.case.data.get("server") or []))

    @property
    def expect(self) -> dict[str, Any]:
        """What must follow."""
        return dict(self._placed(self.case.data["expect"]))

    @property
    def over_http(self) -> bool:
        """Whether the documents are fetched from the server, below `/docs/`, instead of from a folder."""
        return bool(self.case.data.get("over-http"))

    @property
    def media(self) -> dict[str, str]:
        """The Content-Type of documents that are fetched, by file name."""
        return dict(self.case.data.get("media") or {})

    @property
    def supplied(self) -> list[str]:
        """The names of the files that are handed over beside the entry document, whether anything names them or not."""
        return list(self.case.data.get("supplied") or [])

    @property
    def base_uri(self) -> str | None:
        """The URI that the document is said to stand at, if it is handed over as a text."""
        base: str | None = self._placed(self.case.data.get("base-uri"))
        return base

    @property
    def twice(self) -> bool:
        """Whether the case is run two times at once, with the same result both times."""
        return bool(self.case.data.get("twice"))

    def files(self) -> dict[str, str]:
        """Return the documents by file name, the entry document among them."""
        files = {"api.yaml": (ROOT / "sources" / "api.yaml").read_text("utf-8")}
        files |= self.case.data.get("sources") or {}
        files[ENTRY] = self._entry()
        filled = {name: _in_text(text, {"version": self.version}, self.name) for name, text in files.items()}
        return {name: self._in_place(text) for name, text in filled.items()}

    def _placed(self, value: Any) -> Any:
        """Put the server's URL, and the version, in their places."""
        if isinstance(value, dict):
            return {key: self._placed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._placed(item) for item in value]
        return self._in_place(value).replace("<<version>>", self.version) if isinstance(value, str) else value

    def _in_place(self, text: str) -> str:
        scheme, _, host = self.url.partition("://")
        return text.replace("__SERVER__", self.url).replace("__HOST__", host).replace("__SCHEME__", scheme)

    def _entry(self) -> str:
        data = self.case.data
        if "document" in data:
            return str(data["document"])
        parts = [_HEAD, "workflows:\n", data["workflows"]]
        if "components" in data:
            parts += ["components:\n", "".join(f"  {line}\n" for line in data["components"].splitlines())]
        return "".join(parts)


def load_suite(folder: Path | None = None) -> tuple[Case, ...]:
    """Read all topics of the suite, in the order of their names.

    Raises:
        CaseError: a case is not written as it must be.
    """
    cases: list[Case] = []
    for path in sorted((folder or ROOT / "cases").glob("*.yaml")):
        cases += _topic(path)
    names = [case.name for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise CaseError(f"two cases of a topic have the same id: {', '.join(sorted(twice))}")
    return tuple(cases)


@cache
def load_requirements(folder: Path = ROOT) -> dict[str, Any]:
    """Read the requirements and what is said of those without a case."""
    loaded: dict[str, Any] = _read(folder / "requirements.yaml")
    return loaded


def _read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _topic(path: Path) -> Iterator[Case]:
    topic = _read(path)
    _known(topic, "topic", path.name)
    for written in topic["cases"]:
        template = topic.get("templates", {}).get(written.get("template"), {})
        if "template" in written and not template:
            raise CaseError(f"{path.name}: case '{written['id']}' uses no template of this topic")
        merged = {"sources": {}, **template, **written}
        merged["sources"] = {**topic.get("sources", {}), **template.get("sources", {}), **written.get("sources", {})}
        for field_name in ("with", "expect"):
            merged[field_name] = {**template.get(field_name, {}), **written.get(field_name, {})}
        yield from _rows(path, merged)


def _rows(path: Path, written: dict[str, Any]) -> Iterator[Case]:
    rows = written.get("each")
    fixed = written.get("with", {})
    if rows is None:
        yield _case(path, written, fixed, str(written["id"]))
        return
    columns = written.get("columns")
    for number, row in enumerate(rows, 1):
        values = row if columns is None else dict(zip(columns, row, strict=True))
        yield _case(path, written, {**fixed, **values}, f"{written['id']}-{number}")


def _case(path: Path, written: dict[str, Any], values: dict[str, Any], name: str) -> Case:
    where = f"{path.name}: case '{name}'"
    _known(written, "case", where)
    skipped = ("each", "columns", "with", "template", "id", "title", "proves", "mode", "versions")
    data = {key: _filled(value, values, where) for key, value in written.items() if key not in skipped}
    _known(data["expect"], "expect", where)
    if data["expect"].get("outcome") not in (*OUTCOMES, None) or not data["expect"]:
        raise CaseError(f"{where}: outcome must be one of {', '.join(OUTCOMES)}")
    mode = values.get("mode", written.get("mode", "both"))
    versions = values.get("versions", written.get("versions", VERSIONS))
    return Case(
        id=name,
        group=f"{path.stem}/{written['id']}",
        title=_in_text(str(written.get("title", "")), {**values, "version": ""}, where, plain=True),
        topic=path.stem,
        proves=tuple(written.get("proves", ())),
        modes=MODES if mode == "both" else (mode,),
        versions=tuple(map(str, versions)),
        data=data,
    )


def _known(data: Mapping[str, Any], kind: str, where: str) -> None:
    unknown = set(data) - _FIELDS[kind]
    if unknown:
        raise CaseError(f"{where}: unknown field {', '.join(sorted(unknown))}")


def _filled(value: Any, values: Mapping[str, Any], where: str) -> Any:
    """Fill the placeholders of a value; one that is the whole of a text keeps the type of what it stands for."""
    if isinstance(value, dict):
        return {_filled(key, values, where): _filled(item, values, where) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, values, where) for item in value]
    if not isinstance(value, str):
        return value
    whole = _PLACEHOLDER.fullmatch(value)
    if whole and whole[1] in values:
        return values[whole[1]]
    return _in_text(value, values, where, plain="\n" not in value)


def _in_text(text: str, values: Mapping[str, Any], where: str, *, plain: bool = False) -> str:
    """Fill the placeholders of a text: as JSON, which is YAML too, or as they are (`<<name:raw>>`)."""

    def fill(found: re.Match[str]) -> str:
        name, raw = found[1], found[2]
        if name == "version" and name not in values:
            return found[0]
        if name not in values:
            raise CaseError(f"{where}: nothing is said for <<{name}>>")
        if isinstance(values[name], str) and (raw or plain):
            return str(values[name])
        return json.dumps(values[name], ensure_ascii=False)

    return _PLACEHOLDER.sub(fill, text)

"""From a source to the model of an Arazzo Description (Arazzo 1.1, Arazzo Specification Object).

The model is built as far as the data allows. Whatever can be decided from the document alone is reported here;
whether a reference leads anywhere, an expression parses or an operation exists is for the floors above.
"""

from __future__ import annotations

from typing import Final

from arazzo_runner.document import uri
from arazzo_runner.document.model import Description, FeatureSet, Info, SourceDescription
from arazzo_runner.document.objects.components import read_components
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.findings import Findings, choice, short, told
from arazzo_runner.document.objects.names import check_id, check_unique
from arazzo_runner.document.objects.shapes import INFO, ROOT, SOURCE_DESCRIPTION
from arazzo_runner.document.objects.version import SUPPORTED, read_version
from arazzo_runner.document.objects.workflows import read_workflows
from arazzo_runner.document.source import Source
from arazzo_runner.values import JSON, Path

_NO_INFO: Final = Info("", "")
_SOURCE_TYPES: Final = ("openapi", "arazzo")
_NEWER_SOURCE_TYPE: Final = "asyncapi"
_OTHER_FORMATS: Final = {"openapi": "an OpenAPI", "swagger": "an OpenAPI", "asyncapi": "an AsyncAPI"}


def describe(source: Source, base_uri: str | None = None) -> Description:
    """Return the model of an Arazzo document, with everything that was found about it. Never raises.

    `base_uri` is the base that the document stands in (Arazzo 1.1, Base URI: encapsulating entity or application
    default); left out, it is what the source's entity says, else the URI that it was retrieved from. `$self` goes
    before either.
    """
    findings = Findings(source)
    base = uri.without_fragment(source.base_uri if base_uri is None else base_uri)
    root = source.data
    if not isinstance(root, dict):
        if not findings.broken:
            help = "give an Arazzo document: it begins with `arazzo: 1.1.0`, and has the members info and workflows"
            findings.error("document-no-object", f"the document is {told(root)}, expected an object", (), help)
        return _empty(source, base, findings)
    other = next((name for name in _OTHER_FORMATS if name in root and "arazzo" not in root), None)
    if other is not None:
        message = f"this is {_OTHER_FORMATS[other]} description, expected an Arazzo document"
        help = "give the Arazzo document, which names API descriptions in 'sourceDescriptions'"
        findings.error("document-not-arazzo", message, (other,), help, key=True)
        return _empty(source, base, findings)
    return _described(source, base, findings, root)


def _empty(source: Source, base: str, findings: Findings) -> Description:
    return Description(source, "", None, base, _NO_INFO, diagnostics=(*source.diagnostics, *findings.all()))


def _described(source: Source, base: str, findings: Findings, root: dict[str, JSON]) -> Description:
    version, features = read_version(findings, root)
    # Under an unknown version nothing is called too new: the version itself is the finding.
    reading = Reading(features or SUPPORTED[-1], findings)
    fields = open_object(reading, root, (), ROOT)
    assert fields is not None
    self_uri = _self_uri(fields)
    components = read_components(fields)
    workflows = read_workflows(fields, components)
    sources = _sources(fields)
    _check_not_empty(fields)
    return Description(
        source=source,
        version=version,
        features=features,
        base_uri=base if self_uri is None else uri.resolve(uri.without_fragment(self_uri), base),
        info=_info(fields),
        self_uri=self_uri,
        source_descriptions=sources,
        workflows=workflows,
        components=components,
        diagnostics=(*source.diagnostics, *findings.all()),
    )


def _info(root: Fields) -> Info:
    if not root.has("info"):
        return _NO_INFO
    fields = open_object(root.reading, root.data["info"], root.path("info"), INFO)
    if fields is None:
        return _NO_INFO
    return Info(*(fields.words(name) for name in ("title", "version", "summary", "description")))


def _self_uri(root: Fields) -> str | None:
    """Read `$self`, a URI reference without a fragment (Arazzo 1.1, Arazzo Specification Object)."""
    self_uri = root.text("$self")
    if self_uri is None:
        return None
    at, findings = root.path("$self"), root.reading.findings
    if uri.HASH in self_uri:
        help = "remove the '#' and the rest"
        findings.stray("document-self", "'$self' has a fragment", at, help, then=", which is ignored")
    elif not uri.is_reference(self_uri):
        findings.stray("document-self", f"'$self' is '{short(self_uri)}', which is no URI reference", at)
    return self_uri


def _check_not_empty(root: Fields) -> None:
    for name in ("sourceDescriptions", "workflows"):
        if root.data.get(name) == []:
            message = f"'{name}' is empty, expected at least one entry"
            root.reading.findings.missing("structure-empty-list", message, root.path(name), "add an entry")


def _sources(root: Fields) -> tuple[SourceDescription, ...]:
    read = (_source(root.reading, value, at) for value, at in root.items("sourceDescriptions"))
    sources = tuple(source for source in read if source is not None)
    places = ((source.name, (*source.at, "name")) for source in sources)
    check_unique(root.reading.findings, places, "name of a source description")
    return sources


def _source(reading: Reading, value: JSON, at: Path) -> SourceDescription | None:
    fields = open_object(reading, value, at, SOURCE_DESCRIPTION, _label(value))
    if fields is None:
        return None
    name, url = fields.text("name"), fields.text("url")
    if name is not None:
        check_id(reading.findings, name, fields.path("name"), "name of a source description")
    if url is not None and not (url and uri.is_reference(url)):
        message = f"{fields.label}: 'url' is '{short(url)}', which is no URI reference"
        help = "percent-encode spaces and other characters; expressions have no meaning here"
        reading.findings.stray("structure-uri", message, fields.path("url"), help)
    return SourceDescription(name or "", url or "", _source_type(fields), at)


def _source_type(fields: Fields) -> str | None:
    type = fields.text("type")
    features: FeatureSet = fields.reading.features
    known = (*_SOURCE_TYPES, _NEWER_SOURCE_TYPE) if features.v1_1 else _SOURCE_TYPES
    if type is None or type in known:
        return type
    findings = fields.reading.findings
    if type == _NEWER_SOURCE_TYPE:
        message = f"{fields.label}: 'type: asyncapi' came with Arazzo 1.1, this is a 1.0 document"
        findings.error("document-newer-feature", message, fields.path("type"), "set 'arazzo: 1.1.0'")
        return None
    message = f"{fields.label}: 'type' is '{short(type)}', which is not known"
    findings.error("structure-unknown-value", message, fields.path("type"), choice(type, known))
    return None


def _label(value: JSON) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return f"source description '{short(name)}'" if isinstance(name, str) else SOURCE_DESCRIPTION.noun

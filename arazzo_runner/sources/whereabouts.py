"""Where one source is looked for: what the caller said, the caller's folder, what is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from arazzo_runner.diagnostics import Diagnostic, Span, error, warning
from arazzo_runner.document.model import Description, SourceDescription
from arazzo_runner.sources.location import file_path, file_uri, is_local, resolve, scheme_of
from arazzo_runner.sources.retrieval import Policy


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A Source Description, with what the caller says about its place.

    `override` is the URI to read in the place of the url; `base_dir` a folder where relative urls are looked for first.
    """

    description: Description
    declared: SourceDescription
    override: str | None = None
    base_dir: Path | None = None

    def place(self) -> tuple[str, Policy | None]:
        """Return the URI and what may be read there; or why there is no URI, and None."""
        if self.override is not None:
            return self.override, Policy(allow_files=True)
        found = below(self.base_dir, self.declared.url, self.description) if self.base_dir else None
        if found is not None:
            return found, Policy(allow_files=True)
        try:
            return resolve(self.description.base_uri, self.declared.url), Policy.of(self.description.source.uri)
        except ValueError as problem:
            return str(problem), None

    def uri(self) -> str:
        """Return what the url says, resolved; empty where it can't be."""
        try:
            return resolve(self.description.base_uri, self.declared.url)
        except ValueError:
            return ""

    def beside(self) -> str:
        """Return what a relative url says from the place where its document was read, if `$self` leads elsewhere.

        Empty where both are the same, or the document, or the place, is none of this machine.
        """
        url, document = self.declared.url, self.description.source.uri
        named = self.override is not None or self.description.self_uri is None
        if named or scheme_of(url) or url.startswith("//") or not is_local(document):
            return ""
        try:
            found = resolve(document, url)
        except ValueError:
            return ""
        return found if found != self.uri() and is_local(found) else ""

    @property
    def span(self) -> Span:
        """The place of the source's `url`."""
        return self.description.span((*self.declared.at, "url"))

    def error(self, code: str, message: str, help: str = "") -> Diagnostic:
        """Make a diagnostic at the source's `url`."""
        return error(code, message, self.span, help)

    def warning(self, code: str, message: str, help: str = "") -> Diagnostic:
        """Make a diagnostic at the source's `url` that stops nothing."""
        return warning(code, message, self.span, help)


def below(base_dir: Path, url: str, description: Description) -> str | None:
    """Return the file below the caller's folder that a relative url of a description names there, or None."""
    if scheme_of(url):
        return None
    base = base_dir.absolute()
    try:
        path = Path(file_path(resolve(f"{file_uri(base)}/", url)))
        if not path.is_file():
            return None
        # A document from the network may use the folder that the caller named, and nothing outside of it.
        local = is_local(description.source.uri)
        return file_uri(path) if local or path.resolve().is_relative_to(base.resolve()) else None
    except (ValueError, OSError):
        return None

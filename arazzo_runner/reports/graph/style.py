"""How a picture in SVG looks, in the light and in the dark."""

from __future__ import annotations

from typing import Final

_LIGHT: Final = {
    "paper": "#ffffff", "card": "#f6f8fa", "line": "#d0d7de", "ink": "#1f2328", "soft": "#59636e", "plain": "#6e7781",
    "success": "#1a7f37", "failure": "#cf222e", "retry": "#9a6700", "call": "#0969da", "depends": "#8250df",
}  # fmt: skip
_DARK: Final = {
    "paper": "#0d1117", "card": "#161b22", "line": "#3d444d", "ink": "#f0f6fc", "soft": "#9198a1", "plain": "#8b949e",
    "success": "#3fb950", "failure": "#f85149", "retry": "#d29922", "call": "#4493f8", "depends": "#ab7df8",
}  # fmt: skip

_TONES: Final = ("plain", "success", "failure", "retry", "call", "depends")


def _colours(colours: dict[str, str]) -> str:
    return "".join(f"--ag-{name}:{value};" for name, value in colours.items())


def _tone(name: str) -> str:
    colour = f"var(--ag-{name})"
    return f".ag-{name}>path{{stroke:{colour}}}.ag-{name}>polygon{{fill:{colour}}}"


STYLE: Final = (
    f":where(.ag-picture){{{_colours(_LIGHT)}}}"
    f"@media(prefers-color-scheme:dark){{:where(.ag-picture){{{_colours(_DARK)}}}}}"
    ".ag-picture text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
    "font-size:12px;fill:var(--ag-ink)}"
    ".ag-paper{fill:var(--ag-paper)}"
    ".ag-picture .ag-name{font-size:16px;font-weight:700}"
    ".ag-picture .ag-title{font-size:14px;font-weight:600}"
    ".ag-picture .ag-detail,.ag-picture .ag-note{fill:var(--ag-soft)}"
    ".ag-picture .ag-words{font-size:11px;fill:var(--ag-soft)}"
    ".ag-way>path{fill:none;stroke-width:1.5}"
    + "".join(map(_tone, _TONES))
    + ".ag-call>path{stroke-dasharray:5 4}.ag-depends>path{stroke-dasharray:2 4;stroke-linecap:round}"
    ".ag-box rect{fill:var(--ag-card);stroke:var(--ag-line);stroke-width:1.5}"
    ".ag-edge{stroke:var(--ag-plain);stroke-width:3;stroke-linecap:round}"
    ".ag-calls .ag-edge{stroke:var(--ag-call)}"
    ".ag-end rect{stroke:var(--ag-success)}.ag-failure rect{stroke:var(--ag-failure)}"
    ".ag-workflow rect{stroke:var(--ag-call)}.ag-missing rect{stroke:var(--ag-failure);stroke-dasharray:4 4}"
    ".ag-succeeded rect{stroke:var(--ag-success);stroke-width:2.5}"
    ".ag-failed rect{stroke:var(--ag-failure);stroke-width:2.5}"
    ".ag-succeeded .ag-edge{stroke:var(--ag-success)}.ag-failed .ag-edge{stroke:var(--ag-failure)}"
    ".ag-picture .ag-succeeded .ag-sign{fill:var(--ag-success);font-weight:700}"
    ".ag-picture .ag-failed .ag-sign{fill:var(--ag-failure);font-weight:700}"
    ".ag-default>path{stroke-width:1;opacity:.75}.ag-taken>path{stroke-width:3;opacity:1}.ag-faint,.ag-unseen{opacity:.6}"
    ".ag-picture a:focus-visible rect{stroke:var(--ag-call);stroke-width:4}"
)
"""The style sheet. `:where` lets a page set the colours itself."""

import re

import pytest

from arazzo_runner.reports.graph.style import STYLE


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def themes() -> list[dict[str, str]]:
    light, dark, *_ = re.findall(r":where\(\.ag-picture\)\{([^}]*)\}", STYLE)
    return [dict(re.findall(r"--ag-(\w+):(#\w+)", one)) for one in (light, dark)]


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
def test_text_can_be_read_and_lines_can_be_seen(theme: dict[str, str]) -> None:
    for paper in (theme["paper"], theme["card"]):
        assert min(contrast(theme[ink], paper) for ink in ("ink", "soft")) >= 4.5
        assert (
            min(contrast(theme[tone], paper) for tone in ("plain", "success", "failure", "retry", "call", "depends"))
            >= 3
        )

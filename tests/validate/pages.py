"""Writes docs/rules/ from the rules: `python -m tests.validate.pages`.

With `--check` nothing is written, and the exit code is 1 where a page is missing, not up to date, or of no rule.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from arazzo_runner.validate.documentation import RuleDocumentation, documented_rules

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rules"
MARK = "<!-- This page is generated: python -m tests.validate.pages -->"

INDEX = f"""\
# Rules

{MARK}

What [`arazzo validate`](../validate.md) looks for beyond the form of a document: each rule puts a workflow, bound to its API descriptions, to one question.
Findings about syntax, structure, references and expressions have codes of their own, and explain themselves where they stand.

| code | what it finds |
|---|---|
"""


def pages(documented: tuple[RuleDocumentation, ...]) -> dict[str, str]:
    """Return the pages by file name: one a rule, which may have several codes, and the index."""
    rules: dict[str, list[RuleDocumentation]] = {}
    for one in documented:
        rules.setdefault(one.rule, []).append(one)
    rows = [f"| [`{one.code}`]({_file(one.rule)}) | {_cell(one.headline)} |\n" for one in documented]
    return {"index.md": INDEX + "".join(rows), **{_file(name): _page(told) for name, told in rules.items()}}


def _file(rule: str) -> str:
    return rule.replace("_", "-") + ".md"


def _page(told: list[RuleDocumentation]) -> str:
    first = told[0]
    listed = sorted(told, key=lambda one: first.codes.index(one.code))
    lines = [f"# {', '.join(f'`{one.code}`' for one in listed)}", MARK]
    lines.append("\n".join(f"- `{one.code}`: {one.headline}" for one in listed))
    parts = [("What", first.what), ("Why", first.why), ("Example", first.example), ("Instead", first.instead)]
    parts += [("Fix", first.fix)] if first.fix else []
    lines += [f"**{name}.** {text[:1].upper()}{text[1:]}" for name, text in parts]
    return "\n\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def stale(wanted: Mapping[str, str], folder: Path = FOLDER) -> Iterator[str]:
    """Yield the names of pages that are missing, not as they should be, or of no rule."""
    there = {path.name for path in folder.glob("*.md")}
    yield from sorted(there - wanted.keys())
    yield from (
        name for name, text in wanted.items() if name not in there or (folder / name).read_text("utf-8") != text
    )


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Write the pages, or see whether they are up to date."""
    wanted = pages(documented_rules())
    if "--check" in arguments:
        found = list(stale(wanted, folder))
        print("\n".join(found))
        return int(bool(found))
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale(wanted, folder):
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (folder / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

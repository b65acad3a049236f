"""The example of the page on profiles is a file that works, and the page names each key."""

import re
from pathlib import Path

import pytest

from arazzo_runner.profiles.keys import KEYS, LIMITS, TLS
from tests.cli.invocation import Command

FLOW = "microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
DESCRIPTION = "microsoft-azure-web-pubsub-openapi.yml"


@pytest.fixture
def page(project: Path) -> str:
    return (project / "docs" / "profiles.md").read_text("utf-8")


@pytest.fixture
def flow(project: Path, page: str, tmp_path: Path) -> Path:
    """The reference workflow in a project that has the page's example."""
    [example] = re.findall(r"<!-- example -->\n```toml\n(.*?)```", page, re.DOTALL)
    for folder in (".git", "apis", "specs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "arazzo.toml").write_text(example, "utf-8")
    (tmp_path / "apis" / "pubsub.yml").write_bytes((project / "specs" / "openapi" / DESCRIPTION).read_bytes())
    (tmp_path / "specs" / FLOW).write_bytes((project / "specs" / "arazzo" / FLOW).read_bytes())
    return tmp_path / "specs" / FLOW


def test_the_example_runs(arazzo: Command, flow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGING_TOKEN", "any-token")
    ended = arazzo("run", str(flow), "--profile", "staging", "--mock")
    assert (ended.code, ended.out) == (0, "token: [redacted]\nbroadcastStatus: 202\n")
    assert ended.err.startswith("profile: staging of ")
    assert arazzo("run", str(flow), "--profile", "production", "--mock", "-i", "accessToken=t").code == 0


def test_without_a_profile_its_defaults_count(arazzo: Command, flow: Path) -> None:
    ended = arazzo("run", str(flow), "--mock")
    assert ended.code == 0
    assert [name for name in ("accessToken", "hub", "message") if f"invented: {name} = " in ended.err] == [
        "accessToken",
        "message",
    ]


def test_the_page_names_each_key(page: str) -> None:
    keys = {*KEYS, *LIMITS, *TLS}
    assert {key for key in keys if f"`{key}`" not in page and f"`{key}." not in page} == set()

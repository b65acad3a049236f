import io
from dataclasses import replace

import pytest

from arazzo_runner.reports.doctor.readiness import Obstacle, Readiness, StepFact
from arazzo_runner.reports.doctor.text import write_text
from arazzo_runner.reports.page import Look
from tests.reports.doctor.facts import BUY, FACTS, LOOK


def written(facts: Readiness, look: Look | None = None) -> str:
    stream = io.StringIO()
    write_text(stream, facts, look or Look(width=100))
    return stream.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "Shop flows (version 2, Arazzo 1.0.1)",
        "  profile: ci of arazzo.toml",
        "  ✓ shop   OpenAPI 3.1, 4 operations",
        "           read from other/api.yml, found by its file's name, since api.yml is not there",
        "  ✓ flows  Arazzo 1.0.1, 1 workflow",
        "           read from f.yml (for outer.yml)",
        "  ✗ gone   there is no such file",
        "           give it: --source gone=FILE-or-URL",
        "  ✓ shop   https://eu.example",
        "           named by the API description, its host has an address; --server shop=URL calls another",
        "           region is 'eu' by default, one of eu, us: --server-variable region=VALUE",
        "           stage is no value: --server-variable stage=VALUE",
        "           through the proxy http://proxy:1 (--no-proxy HOSTS)",
        "  ✗ other  it is relative",
        "           --server other=URL",
        "           named by --server",
        "✗ Workflow buy",
        "  Buys a thing.",
        "    ✓ get     GET /items  shop",
        "    ✓ call    workflow look",
        "    ✗ look:a  no operation 'x'",
        "              did you mean 'y'?",
        "    ✓ for get, one of:",
        "          --auth key=KEY, or set ARAZZO_AUTH_SHOP_KEY_API_KEY",
        "          security schemes of type http negotiate are not supported",
        "      none at all",
        "    ✓ for a, one of:",
        "          given by --auth key",
        "    ✓ for b: none, the document sets the header 'X-Key' itself",
        "    · id         integer, required",
        "                 which one",
        "    ✓ pin        string, has a default (secret)",
        '    ✓ size       string, one of "S", "M", default "S"',
        '    · look:what  string, required, such as "cup"',
        "    ✓ hub        string, given by ARAZZO_INPUT_HUB",
        "      note       string",
        "      and any other",
        "    ✗ no credential 'nix'",
        "      known: 'key'",
        "    ✗ f.yml:3:5: error[operation-unknown]: there is no operation 'x'",
        "  Run it, once nothing is in the way",
        "    arazzo run 'my flow.yml' --workflow buy -i id=...",
        "    arazzo run 'my flow.yml' --workflow buy --mock -i id=7",
    ],
)
def test_each_fact_has_its_line(line: str) -> None:
    assert line in written(FACTS).splitlines()


def test_a_host_to_be_named_has_its_flag() -> None:
    assert "--auth-host shop.example" in written(FACTS)
    assert "not shown" not in written(FACTS)


def test_what_can_run_says_so() -> None:
    told = written(replace(FACTS, workflows=(LOOK,))).splitlines()
    assert "✓ Workflow look" in told
    assert "  Run it" in told
    assert "  In the way" not in told


def test_of_several_workflows_only_the_rest_is_told() -> None:
    told = written(replace(FACTS, workflows=(BUY, LOOK))).splitlines()
    assert "    ✓ the other 2 steps: operation found" in told
    assert "    ✗ look:a  no operation 'x'" in told
    assert "    ✓ 1 step, each operation found" in told
    assert not any("which one" in line for line in told)


def test_many_errors_are_counted() -> None:
    many = replace(BUY, findings=tuple(replace(BUY.findings[0], message=f"fault {n}") for n in range(5)))
    told = written(replace(FACTS, workflows=(many,)))
    assert "fault 2" in told
    assert "fault 3" not in told
    assert "5 errors in 1 file in all" in told


def test_lines_keep_within_the_width_but_for_what_is_copied() -> None:
    for line in written(FACTS, Look(width=60)).splitlines():
        assert len(line) <= 60 or line.lstrip().startswith("arazzo run") or " " not in line.strip(), line


def test_colours_are_for_terminals() -> None:
    assert "\x1b[" not in written(FACTS)
    assert "\x1b[32m✓" in written(FACTS, Look(colour=True, width=100))


def test_steps_beside_a_fault_are_the_others() -> None:
    fact = replace(LOOK, steps=(*LOOK.steps, StepFact("look", "b", problem="there is no operation 'b'")), runs=False)
    told = written(replace(FACTS, workflows=(fact, LOOK)))
    assert "the other 1 step: operation found" in told


def test_a_mocked_run_too_waits_for_what_is_in_the_way() -> None:
    obstacle = replace(LOOK, obstacles=(Obstacle("a flag is wrong"),), runs=False)
    assert "Try it without the API, once nothing is in the way" in written(replace(FACTS, workflows=(obstacle,)))
    assert "Try it without the API, once" not in written(replace(FACTS, workflows=(LOOK,)))

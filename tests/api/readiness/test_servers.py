from pathlib import Path

import pytest

from arazzo_runner.api import Options
from arazzo_runner.reports.doctor.readiness import ServerFact
from tests.api.readiness.shop import examined, write


def server(path: Path, options: Options | None = None) -> ServerFact:
    [found] = examined(path, "free", options).servers
    return found


@pytest.mark.parametrize(
    ("options", "calls", "chosen_by", "value"),
    [
        (Options(), "https://eu.shop.example/v1", "the API description", ("eu", "default")),
        (
            Options(server_variables={"region": "us"}),
            "https://us.shop.example/v1",
            "the API description",
            ("us", "--server-variable"),
        ),
        (Options(servers={"": "http://localhost:1"}), "http://localhost:1", "--server", None),
        (Options(servers={"shop": "http://localhost:1"}), "http://localhost:1", "--server", None),
    ],
)
def test_who_chose_the_server(
    tmp_path: Path, options: Options, calls: str, chosen_by: str, value: tuple[str, str] | None
) -> None:
    found = server(write(tmp_path), options)
    assert (found.calls, found.chosen_by) == (calls, chosen_by)
    assert [(each.value, each.chosen_by) for each in found.variables] == ([value] if value else [])


def test_a_server_that_is_not_known_has_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path)
    api = tmp_path / "api.yml"
    api.write_text(api.read_text().replace("https://{region}.shop.example/v1", "/v1"))
    found = server(path)
    assert (found.calls, "relative" in found.problem) == ("", True)
    assert "--server shop=" in found.remedy


def test_a_proxy_is_told_without_its_password(tmp_path: Path) -> None:
    found = server(write(tmp_path), Options(proxy="http://me:hush@proxy.example:3128"))
    assert found.proxy == "http://proxy.example:3128"


@pytest.mark.parametrize("known", [True, False])
def test_names_are_looked_up_only_when_asked(tmp_path: Path, known: bool) -> None:
    assert server(write(tmp_path)).resolves is None
    asked: list[str] = []

    def resolves(url: str) -> bool:
        asked.append(url)
        return known

    found = examined(write(tmp_path), "free", resolves=resolves)
    assert asked == ["https://eu.shop.example/v1"]
    assert (found.servers[0].resolves, bool(found.servers[0].problem), found.ready) == (known, not known, known)


def test_what_stands_behind_a_proxy_is_not_looked_up(tmp_path: Path) -> None:
    found = examined(write(tmp_path), "free", Options(proxy="http://p.example:1"), resolves=lambda url: False)
    assert found.servers[0].resolves is None

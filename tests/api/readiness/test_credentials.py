from pathlib import Path

import pytest

from arazzo_runner.api import Options
from arazzo_runner.reports.doctor.readiness import CredentialFact
from tests.api.readiness.shop import examined, write


def wanted(path: Path, workflow: str, options: Options | None = None) -> tuple[CredentialFact, ...]:
    return examined(path, workflow, options).workflows[0].credentials


def test_alternatives_are_told_once_with_all_their_steps(tmp_path: Path) -> None:
    [found] = wanted(write(tmp_path), "buy")
    assert found.steps == ("get", "order", "look:get")
    assert [[each.want.scheme for each in one] for one in found.alternatives] == [["key"], ["login"]]
    assert [one[0].flag for one in found.alternatives] == ["--auth key=KEY", "--auth login=USER:PASSWORD"]
    assert not found.satisfied


def test_an_operation_that_asks_for_nothing_wants_nothing(tmp_path: Path) -> None:
    assert wanted(write(tmp_path), "free") == ()


def test_what_the_document_sets_itself_is_not_wanted(tmp_path: Path) -> None:
    [found] = wanted(write(tmp_path), "own")
    assert found.placed == (("header", "X-Key"), ("header", "Authorization"))
    assert found.satisfied


@pytest.mark.parametrize(
    ("options", "given", "satisfied"),
    [
        (Options(), ["", ""], False),
        (Options(auth=("key=k",)), ["", "--auth key"], False),
        (Options(auth=("key=k",), client_cert="c.pem"), ["a flag or the caller", "--auth key"], True),
    ],
)
def test_each_part_of_an_alternative_has_to_be_given(
    tmp_path: Path, options: Options, given: list[str], satisfied: bool
) -> None:
    [found] = wanted(write(tmp_path), "both", options)
    assert [each.given_by for each in found.alternatives[0]] == given
    assert found.satisfied is satisfied


def test_both_parts_stand_in_the_command(tmp_path: Path) -> None:
    [found] = examined(write(tmp_path), "both").workflows
    assert found.command[5:] == ("--client-cert", "FILE", "--auth", "key=KEY")


def test_half_a_credential_is_none(tmp_path: Path) -> None:
    [found] = wanted(write(tmp_path), "look", Options(environ={"ARAZZO_AUTH_SHOP_LOGIN_USERNAME": "u"}))
    assert not found.satisfied


def test_a_key_of_two_sources_is_given_by_source(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "gone.yml").write_text((tmp_path / "api.yml").read_text())
    text = path.read_text().replace("operationId: $sourceDescriptions.gone.x}", "operationId: $sourceDescriptions.gone.order}, "
        "{stepId: two, operationId: $sourceDescriptions.shop.order}")  # fmt: skip
    path.write_text(text)
    [found] = examined(path, "away").workflows
    assert found.command[5:] == ("--auth", "gone.key=KEY", "--auth", "shop.key=KEY")

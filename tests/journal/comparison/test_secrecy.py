from collections.abc import Mapping

import pytest

from arazzo_runner.journal.comparison.secrecy import comparable, masked, told_body, told_value
from arazzo_runner.journal.vault import Vault

ONE = "arazzoStandIn0000000000000000n0z"


def sealed(secret: str) -> tuple[Vault, str]:
    vault = Vault()
    return vault, vault.stand_in(secret, secret)


@pytest.mark.parametrize(("left", "right", "same"), [("open", "open", True), ("open", "shut", False)])
def test_stand_ins_of_two_journals_tell_whether_the_secrets_are_the_same(left: str, right: str, same: bool) -> None:
    (one, first), (other, second) = sealed(left), sealed(right)
    told = comparable(one, other)
    texts = told[0](f"Bearer {first}"), told[1](f"Bearer {second}")
    assert (texts[0] == texts[1]) is same
    assert masked(texts[0]) == masked(texts[1]) == "Bearer [redacted]"
    assert left not in texts[0]


@pytest.mark.parametrize("there", [True, False])
def test_without_both_files_nothing_is_known(there: bool) -> None:
    vault, stand_in = sealed("open")
    left, right = comparable(vault if there else None, None)
    assert left(stand_in) == right(stand_in) == "[redacted]"


def test_a_stand_in_of_another_journal_is_hidden() -> None:
    left, _ = comparable(Vault(), Vault())
    assert left(ONE) == "[redacted]"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ({ONE: [ONE, 1, None]}, {"[redacted]": ["[redacted]", 1, None]}),
        (ONE.encode(), b"[redacted]"),
        (b"\xff", b"\xff"),
        ("plain", "plain"),
    ],
)
def test_values(value: Mapping[str, object] | bytes | str, wanted: object) -> None:
    assert told_value(value, masked) == wanted  # type: ignore[arg-type]  # values of a test


def test_bodies_that_are_no_text_stay_as_they_are() -> None:
    body = b"\xff" + ONE.encode() + b"\xfe"
    assert told_body(body, masked) == b"\xff[redacted]\xfe"

"""Versions that are not there (checklist ETO-06)."""

from arazzo_runner.criteria.versions import unknown_version


def test_eto_06_an_unknown_version_is_a_fault_with_the_near_one() -> None:
    result = unknown_version("xpath", "xpath-32", ("xpath-10", "xpath-31"))
    assert result.check is None
    assert result.fault is not None
    assert (result.field, result.fault.code) == ("type", "criterion-unknown-version")
    assert "'xpath-3" in result.fault.help

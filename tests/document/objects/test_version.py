from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description, FeatureSet, describe, read


def versioned(text: str) -> tuple[list[str], FeatureSet | None]:
    found = describe(read(text, "file:///x/doc.yaml"))
    about = [f"{one.severity.value} {one.code}" for one in found.diagnostics if one.at == ("arazzo",)]
    return about, found.features


@pytest.mark.parametrize(
    ("version", "features"),
    [
        ("1.0.0", FeatureSet(1, 0)),
        ("1.0.1", FeatureSet(1, 0)),
        ("1.0.9", FeatureSet(1, 0)),
        ("1.0.1-rc1", FeatureSet(1, 0)),
        ("1.1.0", FeatureSet(1, 1)),
        ("1.1.7", FeatureSet(1, 1)),
        ("'1.1.0'", FeatureSet(1, 1)),
    ],
)
def test_major_and_minor_switch_the_features(version: str, features: FeatureSet) -> None:
    assert versioned(f"arazzo: {version}") == ([], features)


@pytest.mark.parametrize(
    ("version", "code"),
    [
        ("1.2.0", "document-unsupported-version"),
        ("2.0.0", "document-unsupported-version"),
        ("'1.1'", "document-unsupported-version"),
        ("abc", "document-unsupported-version"),
        ("01.1.0", "document-unsupported-version"),
        ("1.0.1 ", ""),
        ("''", "document-unsupported-version"),
        ("1.0", "structure-wrong-type"),
        ("1", "structure-wrong-type"),
        ("[1]", "structure-wrong-type"),
        ("99999999999999999999.0.0", "document-unsupported-version"),
    ],
)
def test_other_versions_are_an_error(version: str, code: str) -> None:
    found, features = versioned(f"arazzo: {version}")
    assert found == ([f"error {code}"] if code else [])
    assert (features is None) is bool(code)


def test_a_float_is_told_how_to_be_written() -> None:
    found = describe(read("arazzo: 1.1", "u")).diagnostics
    assert 'arazzo: "1.1.0"' in next(one.help for one in found if one.at == ("arazzo",))


def test_a_missing_version_is_missing(faults: Callable[..., list[str]]) -> None:
    assert faults({"arazzo": ...}) == ["error structure-missing-field /"]


def test_under_an_unknown_version_nothing_is_called_too_new(described: Callable[..., Description]) -> None:
    changes: dict[str, Any] = {"workflows/0/steps/0/timeout": 5}
    found = described(changes, "1.2.0")
    assert [one.code for one in found.diagnostics] == ["document-unsupported-version"]
    assert (found.version, found.workflows[0].steps[0].timeout) == ("1.2.0", 5)

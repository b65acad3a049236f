from pathlib import Path

from arazzo_runner.profiles.settings import Settings


def test_what_is_said_above_counts_and_the_rest_stays() -> None:
    upper = Settings(
        servers={"a": "up"}, strict=False, auth_hosts=(), inputs={"x": {"m": 1}}, inputs_for={"w": {"x": 1}, "n": {"q": 1}}
    )  # fmt: skip
    lower = Settings(
        servers={"a": "low", "b": "low"},
        strict=True,
        auth_hosts=("h",),
        base_dir=Path("d"),
        inputs={"x": {"m": 0, "n": 0}, "y": 1},
        inputs_for={"w": {"x": 0, "z": 0}, "v": {"p": 0}},
        proxy="http://p",
    )
    assert upper.over(lower) == Settings(
        servers={"a": "up", "b": "low"},
        strict=False,
        auth_hosts=(),
        base_dir=Path("d"),
        inputs={"x": {"m": 1}, "y": 1},
        inputs_for={"w": {"x": 1, "z": 0}, "v": {"p": 0}, "n": {"q": 1}},
        proxy="http://p",
    )


def test_nothing_over_nothing_is_nothing() -> None:
    assert Settings().over(Settings()) == Settings()

from pathlib import Path

from arazzo_runner.cli.profile_entries import profile_entries
from arazzo_runner.profiles.settings import Settings


def test_each_setting_is_a_pair_with_the_name_that_it_has_in_the_file() -> None:
    settings = Settings(
        servers={"": "http://a", "api": "http://b"},
        base_dir=Path("folder"),
        documents=(),
        inputs={"my_input": {"a": 1}, "text": "x"},
        inputs_for={"flow": {"n": 1}},
        auth={"bearer": "env:T", "my_robot": {"CLIENT_ID": "web", "PASSWORD": "prompt"}},
        auth_hosts=("a", "b"),
        limits={"max_steps": 3},
        strict=False,
        tls={"insecure_hosts": ("localhost",)},
    )
    assert list(profile_entries(settings)) == [
        ("servers.*", "http://a"),
        ("servers.api", "http://b"),
        ("base-dir", "folder"),
        ("documents", ""),
        ("inputs.my_input", '{"a": 1}'),
        ("inputs.text", "x"),
        ("inputs-for.flow.n", "1"),
        ("auth.bearer", "env:T"),
        ("auth.my_robot.client-id", "web"),
        ("auth.my_robot.password", "prompt"),
        ("auth-hosts", "a, b"),
        ("limits.max-steps", "3"),
        ("strict", "false"),
        ("tls.insecure-hosts", "localhost"),
    ]

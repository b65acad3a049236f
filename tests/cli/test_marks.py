from arazzo_runner.cli.completion import complete_workflow
from arazzo_runner.cli.marks import argument, option


def test_a_mark_keeps_what_typer_is_told() -> None:
    mark = option("--name", "-n", metavar="NAME", help="A name.")
    assert (mark.names, mark.words(), mark.is_argument) == (
        ("--name", "-n"),
        {"metavar": "NAME", "help": "A name."},
        False,
    )
    assert argument(help="A file.").is_argument


def test_a_completion_is_imported_when_it_is_wanted() -> None:
    mark = option("--workflow", autocompletion="arazzo_runner.cli.completion:complete_workflow")
    assert mark.words() == {"autocompletion": complete_workflow}

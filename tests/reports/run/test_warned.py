from arazzo_runner.diagnostics import warning
from arazzo_runner.reports.page import Look, Verbosity, plain_text
from arazzo_runner.reports.run.warned import brief_lines, warning_lines
from tests.reports.tape import BRACES, place

OTHER_FILE = warning(BRACES[0].code, "in another document", place(1, 2, 3, "x", "other.yml"))
RUN_TIME = (warning("run-answer", "one answer"), warning("run-answer", "another answer"))


def _lines(*warnings: object, verbosity: Verbosity = Verbosity.NORMAL) -> str:
    known = [*BRACES, OTHER_FILE, *RUN_TIME]
    chosen = [each for each in known if each in warnings]
    return "\n".join(map(plain_text, warning_lines(chosen, Look(verbosity))))


def test_a_code_of_a_document_is_told_once_and_counted() -> None:
    assert (
        _lines(*BRACES, OTHER_FILE, *RUN_TIME)
        == """\
  warning[reading-P1]: 'Bearer $inputs.accessToken' is read as 'Bearer
    {$inputs.accessToken}': an expression in a longer string stands in braces
    at spec.yml:49:14, the first of 2 places
    help: write 'Bearer {$inputs.accessToken}'
  warning[reading-P1]: in another document
    at other.yml:1:2
  warning[run-answer]: one answer
    2 times, the first is shown"""
    )


def test_an_output_that_found_nothing_is_told_for_itself() -> None:
    found = [warning("reading-P19", f"output '{name}' of workflow 'w' is null: why") for name in "abc"]
    told = [plain_text(line) for line in brief_lines([*found, *RUN_TIME])]
    assert told == [
        *(f"warning[reading-P19]: output '{name}' of workflow 'w' is null: why" for name in "abc"),
        "warning[run-answer]: one answer (the first of 2)",
    ]
    assert sum("P19" in plain_text(line) for line in warning_lines(found, Look())) == 3


def test_verbose_tells_each() -> None:
    told = _lines(*BRACES, *RUN_TIME, verbosity=Verbosity.VERBOSE)
    assert "spec.yml:49:14\n" in told
    assert "spec.yml:73:14\n" in told
    assert "another answer" in told


def test_no_warnings_are_no_lines() -> None:
    assert _lines() == ""


def test_findings_that_say_each_something_else_are_each_told_and_the_same_words_counted() -> None:
    found = [warning("contract-response-body", f"step 's': #/{name} is wrong", place(1, 1, 2, "x")) for name in "aba"]
    told = [plain_text(line) for line in brief_lines(found)]
    assert [line.partition("#/")[2] for line in told] == ["a is wrong (the first of 2)", "b is wrong"]

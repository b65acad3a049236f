import io
from dataclasses import replace

from arazzo_runner.diagnostics import Diagnostic, Related, Severity, Span, error, warning
from arazzo_runner.reports.findings import FORMATS, writer
from arazzo_runner.reports.findings.judgement import judgement_of
from arazzo_runner.reports.findings.text import write_concise, write_full, write_text
from arazzo_runner.reports.page import Look


def at(line: int, column: int, end: int, text: str, name: str = "spec.yml") -> Span:
    return Span(f"file:///docs/{name}", line, column, line, end, name, text)


BRACES = warning(
    "reading-P1",
    "'Bearer $inputs.accessToken' is read as 'Bearer {$inputs.accessToken}': an expression in a longer string stands "
    "in braces",
    at(49, 14, 42, '      value: "Bearer $inputs.accessToken"'),
    "write 'Bearer {$inputs.accessToken}'",
)
UNKNOWN = Diagnostic(
    "reference-unknown-operation",
    Severity.ERROR,
    "operation 'webPubSub_sendToAl' is in no source description",
    at(72, 18, 36, "    operationId: webPubSub_sendToAl"),
    "did you mean 'webPubSub_sendToAll'?",
    (Related("one was looked for here", at(17, 3, 7, "- name: webPubSubApi")),),
)
SYNTAX = error("yaml-syntax", "a key is expected\n\x1b[31mforged", at(3, 6, 7, "\tキー: \u202evalue"))
MISSING = error("source-missing", "no such file: 'openapi.yml'", None, "name it with --source webPubSubApi=FILE")


def _full(*diagnostics: Diagnostic, look: Look | None = None) -> str:
    stream = io.StringIO()
    write_text(stream, diagnostics, look or Look())
    return stream.getvalue()


def test_findings_as_a_person_reads_them() -> None:
    assert (
        _full(BRACES, UNKNOWN, MISSING, SYNTAX)
        == """\
error[source-missing]: no such file: 'openapi.yml'
  = help: name it with --source webPubSubApi=FILE

error[yaml-syntax]: a key is expected\\n\\x1b[31mforged
 --> spec.yml:3:6
  |
3 |     キー: \\u202evalue
  |           ^^^^^^

error[reference-unknown-operation]: operation 'webPubSub_sendToAl' is in no
  source description
  --> spec.yml:72:18
   |
72 |     operationId: webPubSub_sendToAl
   |                  ^^^^^^^^^^^^^^^^^^
  ::: spec.yml:17:3
   |
17 | - name: webPubSubApi
   |   ---- one was looked for here
   = help: did you mean 'webPubSub_sendToAll'?

warning[reading-P1]: 'Bearer $inputs.accessToken' is read as 'Bearer
  {$inputs.accessToken}': an expression in a longer string stands in braces
  --> spec.yml:49:14
   |
49 |       value: "Bearer $inputs.accessToken"
   |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   = help: write 'Bearer {$inputs.accessToken}'

3 errors, 1 warning in 1 file
"""
    )


def test_a_place_without_its_line_is_told_by_its_numbers() -> None:
    unseen = error("x", "m", at(7, 2, 3, ""))
    assert _full(unseen) == "error[x]: m\n --> spec.yml:7:2\n\n1 error in 1 file\n"


def test_a_related_place_says_its_message_where_there_is_no_room_beside_the_mark() -> None:
    long = "the declaration of the parameter in the API description"
    line = "      - name: minutesToExpire and more words"
    beside = replace(UNKNOWN, related=(Related(long, at(17, 15, 45, line, "api.yml")),))
    below = """\
  ::: api.yml:17:15
   |
17 |       - name: minutesToExpire and more words
   |               ------------------------------
      the declaration of the parameter in the API description
"""
    assert below in _full(beside)
    unseen = replace(UNKNOWN, related=(Related("declared here", at(5, 1, 2, "", "api.yml")),))
    assert "  ::: api.yml:5:1\n      declared here\n" in _full(unseen)


def test_colour_only_if_told() -> None:
    assert "\x1b" not in _full(UNKNOWN)
    coloured = _full(UNKNOWN, SYNTAX, look=Look(colour=True))
    assert "\x1b[1;31merror[reference-unknown-operation]\x1b[0m" in coloured
    assert "\x1b[31m" not in coloured


def test_nothing_found_is_said() -> None:
    assert _full() == "no findings\n"


def test_concise_is_one_line_each_and_says_nothing_else() -> None:
    stream = io.StringIO()
    write_concise(stream, judgement_of([BRACES, SYNTAX, MISSING]), Look())
    assert stream.getvalue().splitlines() == [
        "error[source-missing]: no such file: 'openapi.yml'",
        "spec.yml:3:6: error[yaml-syntax]: a key is expected\\n\\x1b[31mforged",
        BRACES.concise(),
    ]


def test_every_format_takes_the_same_and_writes_something() -> None:
    for name in FORMATS:
        stream = io.StringIO()
        writer(name)(stream, judgement_of([UNKNOWN]), Look())
        assert "reference-unknown-operation" in stream.getvalue()


def test_what_is_not_told_is_counted() -> None:
    stream = io.StringIO()
    write_full(stream, judgement_of([BRACES, SYNTAX, MISSING], ("a", "b"), most=1), Look())
    assert "source-missing" in stream.getvalue()
    assert "yaml-syntax" not in stream.getvalue()
    assert stream.getvalue().splitlines()[-1].endswith(" in 1 file (2 findings not shown)")

"""Conditions, patterns and queries that are too long, too deep, or would never end."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.cases import Answers, Case, End, Ends, Fails, Refused, criterion, one_answer

LONG = 100_000
DEEP = 10_000

A_LOT = one_answer("a" * 5_000 + "!", "text/plain")
NESTED_LISTS: Answers = one_answer([[[[[[[list(range(4))] * 4] * 4] * 4] * 4] * 4] * 4] * 4)
MANY: Answers = one_answer({"items": [{"id": number, "tags": ["a", "b"]} for number in range(30_000)]})
XML = one_answer("<r>" + "<a><b>1</b><c>x</c></a>" * 2_000 + "</r>", "application/xml")

TOO_LONG = Refused("condition-too-large", "longer than 65,536 characters")
TOO_DEEP = Refused("condition-too-large", "nested deeper than 50 levels")
PATTERN_LARGE = Refused("pattern-too-large", "")
QUERY_LARGE = Refused("query-too-large", "")
PATTERN_STEPS = Fails("max_pattern_steps")
PATTERN_WORK = Fails("max_pattern_work")
QUERY_STEPS = Fails("max_query_steps")
XPATH_STEPS = Fails("max_xpath_steps")
XPATH_WORK = Fails("max_xpath_work")


def simple(name: str, condition: Callable[[], str], end: End = TOO_LONG, answers: Answers = A_LOT) -> Case:
    return Case(f"simple {name}", end, criterion("simple", condition), answers)


def pattern(name: str, text: str, end: End, answers: Answers = A_LOT, *, slow: bool = False) -> Case:
    return Case(f"regex {name}", end, criterion("regex", lambda: text), answers, slow=slow)


def jsonpath(
    name: str,
    text: str,
    end: End = QUERY_STEPS,
    answers: Answers = NESTED_LISTS,
    version: str = "",
    *,
    slow: bool = False,
) -> Case:
    return Case(f"jsonpath {name}", end, criterion("jsonpath", lambda: text, version=version), answers, slow=slow)


def xpath(
    name: str,
    text: str,
    end: End = XPATH_STEPS,
    version: str = "xpath-31",
    answers: Answers = XML,
    *,
    slow: bool = False,
) -> Case:
    return Case(f"xpath {name}", end, criterion("xpath", lambda: text, version=version), answers, slow=slow)


SIMPLE = (
    simple("100 KB in one string", lambda: "$statusCode == '" + "x" * LONG + "'"),
    simple("100 KB of a chain", lambda: " && ".join(["$statusCode == 200"] * (LONG // 20))),
    simple("100 KB of a name", lambda: "$inputs." + "a" * LONG),
    simple("100 KB of blanks", lambda: "$statusCode" + " " * LONG + "== 200"),
    simple("100 KB of one bracket", lambda: "$response.body" + "[0]" * (LONG // 3) + " == 1"),
    simple("64 KB of a chain", lambda: " && ".join(["$statusCode==200"] * 3_200), Ends(succeeded=True)),
    simple("64 KB of dots", lambda: "$inputs.a" + ".a" * 32_000 + " == 1", Fails("does not hold")),
    simple("64 KB of a pointer", lambda: "$response.body#" + "/a" * 32_000 + " == 1", Fails("")),
    simple("10,000 parentheses", lambda: "(" * DEEP + "$statusCode == 200" + ")" * DEEP, TOO_DEEP),
    simple("10,000 open parentheses", lambda: "(" * DEEP, TOO_DEEP),
    simple("10,000 negations", lambda: "!" * DEEP + "$statusCode", TOO_DEEP),
    simple("10,000 braces", lambda: "{" * DEEP + "$statusCode" + "}" * DEEP, Refused("condition-malformed", "")),
    simple("a number of 60,000 digits", lambda: "$statusCode == " + "9" * 60_000, Refused("condition-too-large", "number")),
    simple("a string of 60,000 quotes", lambda: "$statusCode == '" + "''" * 30_000 + "'", Fails("")),
    simple("evil matches", lambda: "$response.body matches '^(?=(a+)+$)x'", PATTERN_STEPS),
)  # fmt: skip

REGEX = (
    pattern("nested quantifiers", "^(a+)+$", Fails("")),
    pattern("equal alternatives", "^(a|a)*b$", Fails("")),
    pattern("nested stars", "^((a*)*)*b$", Fails("")),
    pattern("nested quantifiers with a lookahead", "^(?=x?)(a+)+$", PATTERN_STEPS),
    pattern("equal alternatives with a reference", r"^(a|a)*\1?b$", PATTERN_STEPS),
    pattern("a lookbehind", "(?<=(a+)+)b", PATTERN_STEPS),
    pattern("a reference that grows", r"^(a+)+\1\1\1$", PATTERN_STEPS),
    pattern("lookaheads within each other", "^(?=(?=(a*)*b)(a*)*b)(a*)*b", PATTERN_STEPS),
    pattern("counted repeats", "(?:a{1,100000}){1,100000}", PATTERN_LARGE),
    pattern("counted repeats in a row", "a{1,100000}{1,100000}", Refused("pattern-malformed", "two quantifiers")),
    pattern("a counted repeat", "^(a{1,9999}){1,9999}$", PATTERN_LARGE),
    pattern("a repeat that is counted in digits", "a{" + "9" * 5_000 + "}", PATTERN_LARGE),
    pattern("many states over a long text", "(?:a?){4000}a{4000}", PATTERN_WORK, one_answer("a" * 200_000, "text/plain")),
    pattern("many alternatives", "|".join(f"b{number}" for number in range(3_000)), Fails("does not hold")),
    pattern("100 KB", "a" * LONG, PATTERN_LARGE),
    pattern("10,000 groups", "(" * DEEP + "a" + ")" * DEEP, PATTERN_LARGE),
    pattern("5,000 open groups", "(?:" * 5_000, PATTERN_LARGE),
    pattern("wide classes", r"[\w\W]{3000}\p{L}{1000}", PATTERN_LARGE),
)  # fmt: skip

RANDOM_QUERY = "$[?" + "(" * 25 + "@" + ")" * 25 + "]"
JSONPATH = (
    jsonpath("descendants of descendants", "$..*..*..*"),
    jsonpath("many descendants", "$" + "..*" * 60),
    jsonpath("filters within filters", "$..[?@..[?@..[?@..*]]]"),
    jsonpath("a filter that asks the root again", "$..[?$..*[?count($..*) == 9]]"),
    jsonpath("slices of slices", "$" + "..[::1,::1,::-1,0:9]" * 12),
    jsonpath("unions of unions", "$" + "[*,*,*,*,*,*,*,*]" * 20),
    jsonpath("an evil match", "$..[?match(@, '((a+)+)+b')]", Fails(""), one_answer(["a" * 5_000] * 50)),
    jsonpath("an evil search", "$..[?search(@, '(a|a)*(a|a)*b')]", Fails(""), one_answer(["a" * 5_000] * 50)),
    jsonpath("a large pattern", "$[?match(@, 'a{1,100000}{1,1000}')]", Fails(""), one_answer(["a" * 5_000] * 50)),
    jsonpath("each value compared with all", "$.items[?@.tags == $.items[*].tags]", Refused("query-malformed", ""), MANY),
    jsonpath("every pair of values", "$.items[?count($.items[*]) > 1]", QUERY_STEPS, MANY),
    jsonpath("100 KB", "$" + ".a" * (LONG // 2), QUERY_LARGE),
    jsonpath("10,000 brackets", "$" + "[?@" * DEEP + "]" * DEEP, QUERY_LARGE),
    jsonpath("10,000 parentheses", "$[?" + "(" * DEEP + "@.a" + ")" * DEEP + "]", QUERY_LARGE),
    jsonpath("10,000 negations", "$[?" + "!" * 9_999 + "@.a]", Refused("query-too-large", "")),
    jsonpath("a chain of 5,000", "$[?" + "||".join(["@.a"] * 3_000) + "]", QUERY_LARGE),
    jsonpath("an index of 5,000 digits", "$[" + "9" * 5_000 + "]", Refused("query-malformed", "")),
    jsonpath("a step of nothing", "$..[::0]", Fails("")),
    jsonpath("predicates 10,000 deep", "(" * DEEP + "$.a == 1" + ")" * DEEP, QUERY_LARGE),
    jsonpath("predicates of 10,000 negations", "!" * DEEP + "$.a == 1", QUERY_LARGE),
    jsonpath("a predicate that explodes", "$..*..*..*.length > 0 && $.a == 1"),
    jsonpath("the draft's descendants", "$..*..*..*", version="draft-goessner-dispatch-jsonpath-00"),
    jsonpath("the draft's brackets", "$" + "[" * DEEP, QUERY_LARGE, version="draft-goessner-dispatch-jsonpath-00"),
    jsonpath("the draft's parents", "$" + "..*.`parent`" * 20, Refused("query-unsupported", ""), version="draft-goessner-dispatch-jsonpath-00"),
)  # fmt: skip

XPATH = (
    xpath("descendants of descendants in 1.0", "//*[//*[//*[//*]]]", XPATH_WORK, "xpath-10"),
    xpath("axes in 1.0", "//*/following::*/preceding::*/ancestor::*/descendant::*", XPATH_WORK, "xpath-10"),
    xpath("a product in 1.0", "count(//*[count(//*[count(//*) > 1]) > 1])", XPATH_WORK, "xpath-10"),
    xpath("growing text in 1.0", "string-length(" + "concat(" * 20 + "/" + ",/)" * 20 + ") < 5", Fails("does not hold"), "xpath-10"),
    xpath("translate of all", "//*[translate(., /, /) = //*]", XPATH_WORK, "xpath-10"),
    xpath("descendants of descendants", "//*[//*[//*[//* = 'no']]]"),
    xpath("a product", "count(for $a in //*, $b in //*, $c in //* return $c) > 1"),
    xpath("a plain path of descendants", "/" + "/descendant-or-self::node()/*" * 8, Fails(""), "xpath-20"),
    xpath("a range", "count(1 to 1000000000) = 5", QUERY_LARGE, "xpath-20"),
    xpath("a range beyond all", "(1 to 999999999999999999999)[last()]", XPATH_STEPS, "xpath-20"),
    xpath("a sum of a range", "sum(for $a in 1 to 100000, $b in 1 to 100000 return $a * $b) > 0", XPATH_STEPS, "xpath-20"),
    xpath("some and every", "every $a in 1 to 100000 satisfies some $b in 1 to 100000 satisfies $a + $b lt 0", XPATH_STEPS, "xpath-20"),
    xpath("text that is folded up", "string-length(fold-left(1 to 60, 'ab', function($s, $n) { concat($s, $s) })) > 1"),
    xpath("text that is joined", "string-length(string-join(for $n in 1 to 900000 return 'aaaaaaaa', ',')) > 1"),
    xpath("recursion", "let $f := function($f, $n) { $f($f, $n + 1) } return $f($f, 0)", Fails("max_evaluation_depth")),
    xpath("recursion that branches", "let $f := function($f, $n) { if ($n gt 25) then 1 else $f($f, $n + 1) + $f($f, $n + 1) } return $f($f, 0) = 1", Fails("does not hold")),
    xpath("functions of functions", "for-each(1 to 1000000, function($n) { for-each(1 to 1000000, function($m) { $m }) })", QUERY_LARGE),
    xpath("a power", "math:pow(9, 999999999) = 1", Fails("does not hold"), "xpath-30"),
    xpath("a product of digits", "fold-left(1 to 400, 9999999999, function($s, $n) { $s * $s }) = 1"),
    xpath("replace with an evil pattern", "replace(string-join((1 to 30) ! 'a', ''), '(a+)+$', 'b') = 'b'", Fails("")),
    xpath("tokenize with an evil pattern", "count(tokenize('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a|a)*b')) = 9", QUERY_LARGE),
    xpath("matches with an evil pattern", "matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a+)+$')", QUERY_LARGE),
    xpath("analyze-string with an evil pattern", "analyze-string('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^((a*)*)*$')//x", Fails("")),
    xpath("a picture of a number", "format-number(1, '" + "0" * 9_000 + "') = ''", QUERY_LARGE),
    xpath("a wide number", "format-integer(1, '" + "0" * 9_000 + "1') = ''", QUERY_LARGE),
    xpath("codepoints", "string-length(codepoints-to-string((1 to 10000000) ! 97)) = 1"),
    xpath("maps that grow", "map:size(map:merge((1 to 10000000) ! map:entry(., .))) = 1"),
    xpath("arrays that grow", "array:size(fold-left(1 to 100, [1], function($a, $n) { array:join(($a, $a)) })) = 1"),
    xpath("sorting", "sort((1 to 10000000))[1] = 0"),
    xpath("a deep document parsed", "parse-xml(string-join(((1 to 100000) ! '<a>', (1 to 100000) ! '</a>'), ''))", Fails("")),
    xpath("100 KB", "//" + "a" * LONG, QUERY_LARGE),
    xpath("10,000 parentheses", "(" * DEEP + "1" + ")" * DEEP, QUERY_LARGE),
    xpath("9,000 brackets", "//a" + "[" * 9_000 + "1" + "]" * 9_000, QUERY_LARGE, "xpath-10"),
    xpath("9,000 signs", "-" * 9_000 + "1", QUERY_LARGE, "xpath-20"),
    xpath("5,000 steps", "/a" * 5_000, QUERY_LARGE, "xpath-10"),
    xpath("5,000 predicates", "//a" + "[1]" * 5_000, QUERY_LARGE, "xpath-10"),
    xpath("5,000 arguments", "concat(" + ",".join("1" * 5_000) + ") = 1", QUERY_LARGE, "xpath-10"),
)  # fmt: skip

CONDITIONS = (*SIMPLE, *REGEX, *JSONPATH, *XPATH)

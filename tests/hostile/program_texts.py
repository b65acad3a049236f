"""Texts that would do something if anybody executed them; each would leave a file, the canary, or show what it read."""

from __future__ import annotations

CODE = (
    "__import__('os').system('touch {canary}')",
    "open('{canary}', 'w')",
    "eval(\"open('{canary}', 'w')\")",
    "().__class__.__mro__[1].__subclasses__()",
    "process.exit()",
    "require('child_process').execSync('touch {canary}')",
    "constructor.constructor('return process')().exit()",
    "{{{{7*7}}}}",
    "{{{{ cycler.__init__.__globals__.os.system('touch {canary}') }}}}",
    "{{%% import os %%}}",
    "<%= 7*7 %>",
    "#{{7*7}}",
    "${{7*7}}",
    "${{jndi:ldap://127.0.0.1:9/a}}",
    "$(touch {canary})",
    "`touch {canary}`",
    "| touch {canary}",
    "'; touch {canary}; '",
    "%{{(#a=@java.lang.Runtime@getRuntime())}}",
    "!!python/object/apply:os.system ['touch {canary}']",
    "cos\nsystem\n(S'touch {canary}'\ntR.",
    "{{0.__class__.__init__.__globals__}}",
    "%(a)s%n%x",
)
EXPRESSIONS = (
    "$inputs.__class__",
    "$inputs.a.__class__.__mro__",
    "$response.body#/__class__",
    "$response.body.constructor.name",
    "$steps.s.outputs.__init__.__globals__",
    "$response.header.__class__",
    "$(touch {canary})",
    "${{inputs.a}}",
)
JSONPATHS = (
    "$[(@.constructor.constructor('return process')().exit())]",
    "$[?(__import__('os').system('touch {canary}'))]",
    "$[?(@.__class__)]",
    "$..__class__.__mro__",
    "$[(__import__('os').system('touch {canary}'))]",
    "$[?(@ =~ '(?{{system(1)}})')]",
    "$.`sub(/a/, b)`",
    "$.`this`",
    "$[?open('{canary}', 'w')]",
)
XPATHS = (
    "doc('file:///etc/passwd')",
    "fn:doc('file:///etc/passwd')",
    "Q{{http://www.w3.org/2005/xpath-functions}}doc('file:///etc/passwd')",
    "doc#1('file:///etc/passwd')",
    "function-lookup(xs:QName('fn:doc'), 1)('file:///etc/passwd')",
    "function-lookup(xs:QName('fn:unparsed-text'), 1)('file:///etc/passwd')",
    "apply(function-lookup(xs:QName('fn:environment-variable'), 1), ['PATH'])",
    "doc-available('file:///etc/passwd')",
    "document('file:///etc/passwd')",
    "collection('file:///etc')",
    "uri-collection('file:///etc')",
    "unparsed-text('file:///etc/passwd')",
    "unparsed-text-lines('file:///etc/passwd')",
    "unparsed-text-available('file:///etc/passwd')",
    "json-doc('file:///etc/passwd')",
    "environment-variable('PATH')",
    "available-environment-variables()",
    "load-xquery-module('http://127.0.0.1:9/a')",
    "transform(map{{'stylesheet-location': 'file:///etc/passwd'}})",
    "parse-xml('<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&amp;b;</a>')",
    "parse-xml-fragment('<a/>')/document-uri()",
    "sys:exit()",
    "java:java.lang.Runtime.getRuntime()",
    "php:function('system', 'touch {canary}')",
    "dyn:evaluate('1')",
    "exsl:document('{canary}')",
    "system-property('xsl:vendor')",
    "static-base-uri()",
)
PATTERNS = (
    "(?{{system('touch {canary}')}})",
    "(??{{open('{canary}')}})",
    "(?C1)a",
    r"\Q$(touch {canary})\E",
    "(?<__class__>a)",
)

YAML_TAGS = (
    "!!python/object/apply:os.system ['touch {canary}']",
    "!!python/object/new:os.system ['touch {canary}']",
    "!!python/name:os.system",
    "!!python/module:os",
    "!!js/function 'function () {{ process.exit() }}'",
    "!ruby/object:Gem::Requirement {{}}",
    "!include /etc/passwd",
)
ANSWERS = (
    (b"cos\nsystem\n(S'touch {canary}'\ntR.", "application/python-pickle"),
    (b"\x80\x04\x95\x1d\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x02id\x94\x85\x94R\x94.", "application/octet-stream"),
    (b"!!python/object/apply:os.system ['touch {canary}']", "application/yaml"),
    (b'{"__class__": "os.system", "py/object": "os.system", "$type": "System.Diagnostics.Process", "a": "{$inputs.a}"}', "application/json"),
    (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "application/xml"),
    (b'<?xml-stylesheet href="file:///etc/passwd"?><a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></a>', "application/xml"),
    (b"<script>process.exit()</script>", "text/html"),
    (b"__import__('os').system('touch {canary}')", "text/x-python"),
)  # fmt: skip


def texts(canary: str) -> dict[str, list[str]]:
    """Return the texts by the place that they are meant for."""
    tables = {
        "code": CODE,
        "expression": EXPRESSIONS,
        "jsonpath": JSONPATHS,
        "xpath": XPATHS,
        "regex": PATTERNS,
        "yaml": YAML_TAGS,
    }
    return {name: [text.format(canary=canary) for text in table] for name, table in tables.items()}


def answers(canary: str) -> list[tuple[bytes, str]]:
    """Return bodies and their content types."""
    return [(body.replace(b"{canary}", canary.encode()), content_type) for body, content_type in ANSWERS]

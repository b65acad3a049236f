"""The limits of XPath: sizes and steps, so that the same input always ends in the same way."""

MAX_EXPRESSION_LENGTH = 20_000
"""Characters of an expression."""

MAX_EXPRESSION_NESTING = 30
"""Brackets, parentheses and braces within each other."""

MAX_EXPRESSION_OPERATORS = 100
"""Steps, operators and keywords that one part of an expression is made of: each is a level of its tree."""

MAX_EVALUATION_DEPTH = 210
"""Parts of an expression evaluated inside of each other, in functions that call themselves too."""

MAX_DOCUMENT_LENGTH = 10_000_000
"""Characters of an XML document."""

MAX_DOCUMENT_NODES = 200_000
"""Elements, attributes, texts, comments and processing instructions of an XML document."""

MAX_RESULT_LENGTH = 10_000_000
"""Characters of the nodes that an expression gives; nested nodes repeat their text at each level."""

MAX_XPATH_STEPS = 1_000_000
"""Parts of an expression evaluated and items looked at (versions 2.0 to 3.1): some seconds."""

MAX_XPATH_WORK = 100_000_000
"""Nodes that an expression of version 1.0, or a plain path, can look at in the worst case: about a second."""

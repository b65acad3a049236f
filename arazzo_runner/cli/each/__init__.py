"""`arazzo run --each`: one run for each row of a file."""

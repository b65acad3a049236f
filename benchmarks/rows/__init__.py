"""The rows, one file each: a constant `ROW`."""

"""Values for schemas: JSON Schema in, a valid instance out, or the reason why there is none."""

"""`arazzo run --step`: a run that is held before each step, while a person looks, changes, and says how it goes on."""

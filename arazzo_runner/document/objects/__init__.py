"""The Arazzo objects, read from data into the model: one module an object, `fields` and `findings` below them."""

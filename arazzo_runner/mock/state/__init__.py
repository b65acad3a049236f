"""What a mocked API remembers: what was created is there when it is read, and gone when it was deleted.

Nothing of this is said by a description, so it is read from its paths. A path that ends in a variable names an item,
the path before it a collection: `/pets/{petId}` and `/pets`, `/shops/{shop}/pets/{id}` and `/shops/{shop}/pets`. An
item is known by the values in its path. What an answer showed of it, and what was sent, is laid over later answers as
far as their schemas, the criteria of the step and later uses of the answer have room for it: these go first.
"""

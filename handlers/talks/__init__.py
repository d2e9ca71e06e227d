"""The talks: each a generator of questions, with what becomes of its decision."""

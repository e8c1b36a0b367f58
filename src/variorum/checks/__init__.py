"""The rules of a check, in the order in which it runs them."""

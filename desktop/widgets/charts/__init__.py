"""Small charts painted by hand; each says the same facts in words to a screen reader."""

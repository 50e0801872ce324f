"""People who work here, as the window shows and changes them."""

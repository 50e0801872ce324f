"""The parts of the main window around the page: stripe, rail, top bar, results, message bar."""

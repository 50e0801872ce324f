"""Settings, Protection: what is protected, and the few acts that change it."""

"""One calm page for whatever goes wrong: what happened, what is safe, what to do now."""

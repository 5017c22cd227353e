"""The resources under /v1, a module a kind."""

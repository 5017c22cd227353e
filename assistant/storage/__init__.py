"""Conversations kept: SQLite in the data folder, or PostgreSQL by its DSN."""

"""The assistant in conversation: what it understands, what it shows, and what a turn costs beside its model."""

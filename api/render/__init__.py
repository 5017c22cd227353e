"""Cards and replies put into the form a surface shows."""

"""The surfaces: everything that lets people in."""

"""Search in the guidance and in the company's documents: how well it finds, what it refuses, and what it costs."""

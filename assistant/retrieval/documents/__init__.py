"""A company's own documents: found, read in a process of their own, and turned into Markdown text."""

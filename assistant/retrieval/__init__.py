"""Guidance and the company's own documents, searched and cited.

Imported only where something is searched: drafting and checking need none of it.
"""

"""The appraisal form people take away, in the formats they use."""

from api.export.files import SUFFIXES, TARGETS, export, write

__all__ = ["SUFFIXES", "TARGETS", "export", "write"]

"""Where a tool does its work: the advisor, on whose behalf, and the reader's language."""

from dataclasses import dataclass

from assistant.advisor import Advisor
from assistant.principal import Principal
from assistant.requests import Request, Understanding
from assistant.tools.arguments import BriefGiven
from knowledge.models import Catalogue, Language


@dataclass(frozen=True)
class Desk:
    advisor: Advisor
    by: Principal
    language: Language

    @property
    def catalogue(self) -> Catalogue:
        return self.advisor.catalogue

    def understood(self, given: BriefGiven) -> Understanding:
        """Return the brief that arguments come to; ``UnknownName`` or ``AmbiguousName`` where a name does not lead."""
        request = Request(
            role=given.role,
            strategy=given.strategy,
            profile=given.profile or self.advisor.default_profile,
            language=self.language,
            count=given.count,
            pins=given.pins,
            exclude=given.exclude,
            no_data=given.no_data,
        )
        return self.advisor.understander.understand(request)

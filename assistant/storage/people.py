"""What people of a chat surface have chosen for themselves."""

from sqlalchemy import and_, delete, select

from assistant.principal import Principal
from assistant.storage import keeping
from assistant.storage.records import Records
from assistant.storage.tables import people
from knowledge.models import LANGUAGES, Language


class People(Records):
    """The choices of each person; nobody else's are seen."""

    def language(self, by: Principal) -> Language | None:
        """Return the language that a person asked for, ``None`` where it is left open."""
        mine = and_(people.c.workspace == by.workspace, people.c.subject == by.subject)
        found = self._read(lambda connection: connection.scalar(select(people.c.language).where(mine)))
        return next((one for one in LANGUAGES if one == found), None)

    def choose(self, by: Principal, language: Language | None) -> None:
        """Keep a person's language; ``None`` leaves it open again."""
        mine = and_(people.c.workspace == by.workspace, people.c.subject == by.subject)
        if language is None:
            self._write(lambda connection: connection.execute(delete(people).where(mine)) and None)
            return
        row = {"workspace": by.workspace, "subject": by.subject, "language": language, "updated": self.now()}
        self._write(lambda connection: keeping.put(connection, people, row, ("workspace", "subject"), replace=True))

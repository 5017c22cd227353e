"""A process that uses the store and says what was acknowledged to it; tests kill it, starve it or race it."""

import json
import os
import sqlite3
import sys
import time
from pathlib import Path

from assistant import settings
from assistant.conversation import Conversation
from assistant.errors import StoreTrouble
from assistant.storage.database import FILE
from assistant.storage.store import Conflict, Kept, Store, open_store
from tests.assistant.storage.made import ANN, turn


def opened() -> Store:
    return open_store(settings.load())


def say(*words: object) -> None:
    print(*words, flush=True)


def turns(id: str, first: str, end: str) -> None:
    """Take turns one after the other, those of a killed forerunner with the same keys again."""
    with opened() as store:
        kept = store.load(ANN, id)
        for number in range(int(first), int(end)):
            kept = store.commit(ANN, kept, turn(kept, f"key {number}", "x"))
            say(f"key {number}")


def race(id: str, name: str, count: str) -> None:
    with opened() as store:
        for number in range(int(count)):
            kept = taken(store, id, f"{name}{number}")
            say(json.dumps([kept.turns, f"{name}{number}", kept.version]))


def taken(store: Store, id: str, key: str) -> Kept:
    while True:
        kept = store.load(ANN, id)
        try:
            return store.commit(ANN, kept, turn(kept, key))
        except Conflict:
            continue


def just_open(said: str = "") -> None:
    if said:
        # What takes longest, so that a kill after this falls among the migrations.
        import alembic.command

        say("opening", alembic.__version__)
    with opened():
        say("open")


def migrate(folder: str) -> None:
    with open_store(settings.load(), migrations=Path(folder)):
        say("open")


def fork(id: str) -> None:
    """Use one store on both sides of a fork."""
    store = opened()
    kept = store.load(ANN, id)
    child = os.fork()
    if child == 0:
        store.commit(ANN, kept, turn(kept, "child"))
        say("child")
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    taken(store, id, "parent")
    say("parent")
    store.close()


def hold() -> None:
    connection = sqlite3.connect(settings.load().home / FILE, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    say("held")
    time.sleep(60)


def limited(id: str) -> None:
    """Write until a file may not grow any more."""
    import resource

    with opened() as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        kept = store.load(ANN, id)
        try:
            for number in range(1000):
                kept = store.commit(ANN, kept, turn(kept, str(number), "x" * 5000, Conversation()))
                say(number)
        except StoreTrouble as trouble:
            say(trouble.key)


COMMANDS = {
    "turns": turns,
    "race": race,
    "open": just_open,
    "fork": fork,
    "hold": hold,
    "migrate": migrate,
    "limited": limited,
}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](*sys.argv[2:])

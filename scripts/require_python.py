"""Say plainly that Python is too old; runs on any Python 3, and on 2.7."""

import sys

if sys.version_info < (3, 11):
    have = "%d.%d" % sys.version_info[:2]
    sys.stderr.write(
        "Scorecraft needs Python 3.11 or newer; this is %s (%s).\n"
        "Scorecraft 需要 Python 3.11 或更新版本，当前是 %s。\n"
        "Install a newer one and name it, for example: make chat PYTHON=python3.12\n" % (have, sys.executable, have)
    )
    sys.exit(1)

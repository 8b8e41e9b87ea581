"""The one SQLite driver: SQLCipher, put where sqlite-utils looks before it takes Python's own.

sqlite-utils catches the errors of the module that it has taken: handed a connection of another,
it would leave transactions open. It takes a module named `pysqlite3` where there is one.
"""

import sys

from sqlcipher3 import dbapi2

__all__ = ["dbapi2"]

dbapi2.dbapi2 = dbapi2
sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = dbapi2

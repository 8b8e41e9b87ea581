"""The archive folder on disk: database, originals, keys, lock. The only home of SQL."""

from archivist.storage import driver as driver  # before any module here imports sqlite-utils

"""trafilatura without a look at the network.

It brings urllib3, which binds a socket to ::1 when it is imported, to see whether there is
IPv6. Told beforehand that there is none, it does not look.
"""

import importlib
from collections.abc import Callable
from typing import Any

vars(importlib.import_module("_socket"))["has_ipv6"] = False

extract_metadata: Callable[..., Any] = importlib.import_module("trafilatura.metadata").extract_metadata

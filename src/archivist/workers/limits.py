"""What a child may use at most; the last layer, and the only one at level *none*."""

import resource

MEMORY = 2 << 30
# The app stops a child by the clock long before, and replaces in time one that shows pages; this
# ends one whose app is gone.
PROCESSOR_SECONDS = 600
OPEN_FILES = 64

LIMITS = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, OPEN_FILES),
    (resource.RLIMIT_CORE, 0),
)


def set_limits() -> None:
    for limit, most in LIMITS:
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))

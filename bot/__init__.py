"""What touches the outside: the chats, the settings, the process."""

import zoneinfo

# The system's zone database may be years old; the tzdata package is part of the lock.
zoneinfo.reset_tzpath(to=())

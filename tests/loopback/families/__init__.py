"""The publishing systems that the loopback site plays, a module each."""

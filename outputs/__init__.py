"""Publishers: what writes yearbooks."""

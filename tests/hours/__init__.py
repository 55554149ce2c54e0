"""Opening hours: the engine."""

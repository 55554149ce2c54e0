"""Opening hours: rules in, days, intervals and sentences out. Pure."""

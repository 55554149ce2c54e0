"""Where things lie: distances, pasted points, and the map drawn from our own data. Pure."""

"""Sheets of the drawn map: the regency, a district, the surroundings of a village; and small maps of one place."""

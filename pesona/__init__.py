"""Pesona Siak: the tourism information site of Siak Regency."""

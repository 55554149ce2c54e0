"""Tests of the trip plan: what is pure in it."""

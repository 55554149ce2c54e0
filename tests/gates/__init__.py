"""The slow gates: a real server, real tools, many items, sudden death. Run by `make check-all`."""

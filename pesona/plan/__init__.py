"""A visitor's trip plan: what an address holds, what can be done with it, and what is wrong with it. Pure."""

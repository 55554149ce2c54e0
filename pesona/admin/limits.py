"""How long a short text may be, and what is said of a value that is too long or none of a list."""

from pesona.text.names import N_

SHORT = 200
TOO_LONG = N_("This is too long.")
NOT_A_CHOICE = N_("Choose one of the list.")

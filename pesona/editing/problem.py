"""What a check finds."""

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One finding: *rule* names it, *part* and *field* say where; *values* fill its sentence.

    *photo* is the number of the photo that has the field, where the item itself has not.
    """

    rule: str
    part: str
    field: str
    blocks: bool = True
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    photo: int = 0

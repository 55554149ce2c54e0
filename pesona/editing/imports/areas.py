"""Districts and villages as people write them in a file: by name or by Kemendagri code."""

import re
from collections import defaultdict

from sqlalchemy import select

from pesona.db import db
from pesona.models.area import District, Village
from pesona.text.folding import fold

_KIND = re.compile(r"^(kecamatan|kec\.?|kampung|kelurahan|desa|kel\.?|kp\.?)\s+")


class Areas:
    """All districts and villages, found by name or code, and named as an export names them."""

    def __init__(self) -> None:
        districts = db.session.execute(select(District.code, District.name)).all()
        villages = db.session.execute(select(Village.code, Village.name, Village.district_code)).all()
        self.district_of = {row.code: row.district_code for row in villages}
        self._district_names = {row.code: row.name for row in districts}
        self._village_names = {row.code: row.name for row in villages}
        self._districts = {_key(row.name): row.code for row in districts} | {_digits(r.code): r.code for r in districts}
        self._villages: dict[str, list[str]] = defaultdict(list)
        for row in villages:
            self._villages[_key(row.name)].append(row.code)
            self._villages[_digits(row.code)].append(row.code)

    def district(self, text: str) -> str | None:
        """Return the code of the district that *text* means."""
        return self._districts.get(_key(text)) or self._districts.get(_digits(text))

    def villages(self, text: str, district: str) -> list[str]:
        """Return the codes of the villages that *text* may mean, in *district* where there is one."""
        found = self._villages.get(_key(text)) or self._villages.get(_digits(text), [])
        return [code for code in found if not district or self.district_of[code] == district] or list(found)

    def district_text(self, code: str) -> str:
        name: str = self._district_names.get(code, code)
        return name

    def village_text(self, code: str) -> str:
        """Return the name of a village, or its code where its district has two of that name."""
        name = self._village_names.get(code, "")
        return name if name and self.villages(name, self.district_of[code]) == [code] else code


def _key(text: str) -> str:
    return _KIND.sub("", fold(text)).strip()


def _digits(text: str) -> str:
    digits = re.sub(r"[.\s]", "", text)
    return digits if digits.isdigit() else text

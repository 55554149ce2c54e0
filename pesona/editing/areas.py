"""The districts and villages, loaded from the data that ships with the package."""

import json
from importlib.resources import files

from pesona.db import db
from pesona.models.area import District, Village
from pesona.text.slugs import slugify


def load() -> None:
    """Create or update the 14 districts and 131 villages; safe to repeat."""
    data = json.loads(files("pesona.demo").joinpath("areas.json").read_text("utf-8"))
    for district in data["districts"]:
        villages = district.pop("villages")
        db.session.merge(District(**district, slug=slugify(district["name"])))
        db.session.flush()
        for village in villages:
            db.session.merge(Village(**village, district_code=district["code"]))

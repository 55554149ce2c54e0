"""The names of codes, in English as the catalogue's source; the page's language translates them. Pure."""

from collections.abc import Mapping


def N_(text: str) -> str:  # noqa: N802 - the customary mark for phrases translated later
    return text


CATEGORIES: Mapping[str, str] = {
    "history": N_("History"),
    "religious": N_("Religion"),
    "nature": N_("Nature"),
    "culture": N_("Culture"),
    "family": N_("Family"),
    "landmark": N_("Landmarks"),
    "culinary": N_("Food and drink"),
    "craft": N_("Crafts"),
    "sport": N_("Sport"),
    "civic": N_("Civic life"),
    "education": N_("Education"),
    "special": N_("Special occasions"),
}

CATEGORY_INTROS: Mapping[str, str] = {
    "history": N_("The palace, barracks, courts and schools that the sultanate and the Dutch left behind."),
    "religious": N_("Mosques, tombs and the temple of Siak, and the days on which people gather there."),
    "nature": N_("Black lakes, peat forest, mangroves and the elephants of Minas."),
    "culture": N_("The old market quarter, the Malay arts and the people of the forest edge."),
    "family": N_("Parks, promenades and water for an easy afternoon."),
    "landmark": N_("Bridges over the river, seen from far away."),
    "culinary": N_("Cakes, fish and drinks of the river towns, and where the festivals serve them."),
    "craft": N_("Gold thread and wax: what is made by hand in Siak."),
    "sport": N_("Bicycles on the plain, boats on the river."),
    "civic": N_("The days on which the regency remembers its own story."),
    "education": N_("Days for learning together."),
    "special": N_("What comes once and is remembered."),
}

LICENCES: Mapping[str, str] = {
    "office": N_("Office photo"),
    "permission": N_("Used with written permission"),
    "cc-by": N_("CC BY 4.0"),
    "cc-by-sa": N_("CC BY-SA 4.0"),
    "cc0": N_("CC0 1.0"),
    "public-domain": N_("Public domain"),
}

KINDS: Mapping[str, str] = {
    "place": N_("Place"),
    "culinary": N_("Food or drink"),
    "craft": N_("Craft"),
    "intangible": N_("Living tradition"),
}

ITEM_KINDS: Mapping[str, str] = {
    "destination": N_("Destination"),
    "event": N_("Event"),
    "page": N_("Page"),
}

STATUSES: Mapping[str, str] = {
    "planned": N_("Planned"),
    "held": N_("Held"),
    "expected": N_("Expected"),
    "postponed": N_("Postponed, no new date yet"),
    "rescheduled": N_("Moved to another date"),
    "moved": N_("Moved to another place"),
    "full": N_("Full"),
    "cancelled": N_("Cancelled"),
}

NOTICE_KINDS: Mapping[str, str] = {
    "haze": N_("Haze"),
    "flood": N_("Flood"),
    "works": N_("Works"),
    "ceremony": N_("Ceremony"),
    "closure": N_("Closure"),
    "other": N_("Other"),
}

SEVERITIES: Mapping[str, str] = {
    "info": N_("Information"),
    "warning": N_("Warning"),
    "danger": N_("Danger"),
}

VISITORS: Mapping[tuple[str, str], str] = {
    ("adult", "domestic"): N_("Adult, Indonesian"),
    ("adult", "foreign"): N_("Adult, foreign"),
    ("adult", "any"): N_("Adult"),
    ("child", "domestic"): N_("Child, Indonesian"),
    ("child", "foreign"): N_("Child, foreign"),
    ("child", "any"): N_("Child"),
    ("student", "domestic"): N_("Student, Indonesian"),
    ("student", "foreign"): N_("Student, foreign"),
    ("student", "any"): N_("Student"),
    ("group", "domestic"): N_("Group, Indonesian"),
    ("group", "foreign"): N_("Group, foreign"),
    ("group", "any"): N_("Group"),
    ("vehicle", "domestic"): N_("Vehicle"),
    ("vehicle", "foreign"): N_("Vehicle"),
    ("vehicle", "any"): N_("Vehicle"),
    ("any", "domestic"): N_("Indonesian visitor"),
    ("any", "foreign"): N_("Foreign visitor"),
    ("any", "any"): N_("Each visitor"),
}

FACILITIES: Mapping[str, str] = {
    "step_free": N_("Step-free way in"),
    "toilet": N_("Toilet"),
    "accessible_toilet": N_("Accessible toilet"),
    "parking": N_("Parking"),
    "seating": N_("Places to sit"),
    "prayer_room": N_("Prayer room"),
    "sign_language": N_("Sign language"),
    "wheelchair_loan": N_("Wheelchair to borrow"),
}

ANSWERS: Mapping[str, str] = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No")}

DAYS: Mapping[str, str] = {
    "any": "",
    "weekday": N_("on weekdays"),
    "weekend": N_("at weekends"),
    "holiday": N_("on holidays"),
}

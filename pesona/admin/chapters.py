"""Which chapter of the guide helps at which screen of the desk."""

CHAPTERS = {
    "admin.new": "new",
    "admin.show": "new",
    "admin.words": "words",
    "admin.facts": "facts",
    "admin.hours": "hours",
    "admin.close_for_now": "hours",
    "admin.dates": "dates",
    "admin.date_status": "dates",
    "admin.map_point": "point",
    "admin.coarse_points": "point",
    "admin.ask_review": "review",
    "admin.publish_item": "publish",
    "admin.planned": "publish",
    "admin.withdraw": "publish",
    "admin.preview_link": "preview",
    "admin.item_history": "history",
    "admin.undo_publication": "history",
    "admin.trash_item": "history",
    "admin.remove_item": "history",
    "admin.end_notice": "notices",
    "admin.still_true": "still-true",
    "admin.holiday_list": "holidays",
    "admin.holiday": "holidays",
    "admin.remove_holiday": "holidays",
    "admin.synonym_list": "synonyms",
    "admin.synonym": "synonyms",
    "admin.remove_synonym": "synonyms",
    "admin.links_care": "links",
    "admin.report": "reports",
    "admin.uploads": "photos",
    "admin.photo": "photos",
    "admin.item_photos": "photos",
    "admin.import_file": "import",
    "admin.import_batch": "import",
    "admin.own_account": "accounts",
    "admin.own_codes": "accounts",
    "admin.account_list": "accounts",
    "admin.account_of": "accounts",
    "admin.log_of_deeds": "accounts",
}


def chapter(endpoint: str | None) -> str:
    """Return the anchor of the chapter for the screen at *endpoint*, or nothing: the guide from its start."""
    return CHAPTERS.get(endpoint or "", "")

"""The sentences of all deeds in the log."""

from collections.abc import Mapping

from pesona.admin import names
from pesona.i18n import Speaker
from pesona.models.account import LogEntry
from pesona.text.names import N_

# Such as: Sari published Istana Siak (Facts, Indonesian).
DEEDS: Mapping[str, str] = {
    "account_change": N_("%(who)s changed the account %(what)s."),
    "account_create": N_("%(who)s made the account %(what)s."),
    "account_deactivate": N_("%(who)s deactivated the account %(what)s."),
    "account_reactivate": N_("%(who)s reactivated the account %(what)s."),
    "ask_review": N_("%(who)s asked for review of %(what)s."),
    "backup": N_("%(who)s made a backup."),
    "cancel_schedule": N_("%(who)s took back the schedule of %(what)s."),
    "code_failed": N_("%(who)s typed a wrong code at sign-in."),
    "close": N_("%(who)s closed %(what)s for now."),
    "codes_on": N_("%(who)s turned on codes at sign-in."),
    "codes_renewed": N_("%(who)s set up codes at sign-in anew."),
    "codes_reset": N_("%(who)s took away the codes at sign-in of %(what)s."),
    "copy": N_("%(who)s made a copy: %(what)s."),
    "create": N_("%(who)s made %(what)s."),
    "end_notice": N_("%(who)s ended the notice %(what)s."),
    "export": N_("%(who)s exported %(what)s."),
    "holiday_add": N_("%(who)s added the holiday %(what)s."),
    "holiday_change": N_("%(who)s changed the holiday %(what)s."),
    "holiday_remove": N_("%(who)s removed the holiday %(what)s."),
    "holidays_load": N_("%(who)s loaded the holidays of %(what)s."),
    "ignore_link": N_("%(who)s ignores the address %(what)s for 90 days."),
    "import": N_("%(who)s imported %(what)s."),
    "import_taken_back": N_("%(who)s took %(what)s away again by undoing an import."),
    "import_undo": N_("%(who)s undid the import %(what)s."),
    "invitation_used": N_("%(who)s accepted the invitation."),
    "invite": N_("%(who)s invited %(what)s."),
    "invite_again": N_("%(who)s made a new invitation for %(what)s."),
    "own_language": N_("%(who)s changed the language of the desk."),
    "own_name": N_("%(who)s changed their own name."),
    "password": N_("%(who)s set the password of %(what)s."),
    "photo_point": N_("%(who)s moved the point of the photo %(what)s."),
    "photo_restore": N_("%(who)s took the photo %(what)s out of the trash."),
    "photo_trash": N_("%(who)s put the photo %(what)s into the trash."),
    "photo_upload": N_("%(who)s uploaded the photo %(what)s."),
    "photo_words": N_("%(who)s changed the words of the photo %(what)s."),
    "preview_link": N_("%(who)s made a preview link for %(what)s."),
    "publish": N_("%(who)s published %(what)s."),
    "recovery_code": N_("%(who)s signed in with a recovery code."),
    "refused": N_("%(who)s tried what is not allowed: %(what)s."),
    "remove": N_("%(who)s removed %(what)s for good."),
    "reopen": N_("%(who)s opened %(what)s again."),
    "report": N_("A visitor reported a mistake: %(what)s."),
    "report_fixed": N_("%(who)s answered a visitor that the mistake is corrected: %(what)s."),
    "report_no_fault": N_("%(who)s answered a visitor that there is no mistake: %(what)s."),
    "reset_link": N_("%(who)s made a link for a new password for %(what)s."),
    "reset_used": N_("%(who)s set a new password by a link."),
    "restore": N_("%(who)s took up an older revision of %(what)s."),
    "save": N_("%(who)s saved a draft of %(what)s."),
    "restore_site": N_("%(who)s put a backup in the place of the site: %(what)s."),
    "schedule_failed": N_("The scheduled publication of %(what)s failed: the checks found something."),
    "schedule_publish": N_("%(who)s scheduled the publication of %(what)s."),
    "schedule_skipped": N_("The schedule of %(what)s was skipped: something newer was live."),
    "schedule_withdraw": N_("%(who)s scheduled the withdrawal of %(what)s."),
    "sign_in": N_("%(who)s signed in."),
    "sign_in_end": N_("%(who)s ended one of their sign-ins: %(what)s."),
    "sign_in_end_others": N_("%(who)s ended their other sign-ins."),
    "sign_in_failed": N_("Somebody typed a wrong name or password."),
    "sign_out": N_("%(who)s signed out."),
    "still_correct": N_("%(who)s checked the translation of %(what)s."),
    "still_true": N_("%(who)s checked the facts of %(what)s."),
    "synonym_add": N_("%(who)s added the synonyms %(what)s."),
    "synonym_change": N_("%(who)s changed the synonyms %(what)s."),
    "synonym_remove": N_("%(who)s removed the synonyms %(what)s."),
    "take_back_review": N_("%(who)s no longer asks for review of %(what)s."),
    "trash": N_("%(who)s put %(what)s into the trash."),
    "trash_restore": N_("%(who)s took %(what)s out of the trash."),
    "trash_undo": N_("%(who)s took %(what)s back out of the trash."),
    "undo": N_("%(who)s undid the publication of %(what)s."),
    "use_newest": N_("%(who)s gave the schedule the newest revision of %(what)s."),
    "want_changes": N_("%(who)s asked for changes of %(what)s."),
    "withdraw": N_("%(who)s withdrew %(what)s."),
}


def sentence(speaker: Speaker, entry: LogEntry, who: str, item: str) -> str:
    """Return what *who* did to *item* as one sentence in the language of *speaker*."""
    more = _what(speaker, entry)
    what = f"{item} ({more})" if item and more else item or more
    said = speaker.gettext(DEEDS.get(entry.deed, "%(who)s: {deed} %(what)s."), who=who, what=what)
    return said.replace("{deed}", entry.deed).replace(": .", ".").replace(" .", ".")


def choice(speaker: Speaker, deed: str) -> str:
    """Return the name of *deed* to choose it by: its sentence without anybody or anything."""
    return speaker.gettext(DEEDS[deed], who="…", what="…").rstrip(".")


def _what(speaker: Speaker, entry: LogEntry) -> str:
    """Return the particulars that the log keeps beside the deed, codes in words."""
    if entry.deed == "create":
        return ""
    if entry.deed == "publish":
        return ", ".join(speaker.name(names.PARTS, part) for part in entry.sentence.split(", "))
    if entry.deed == "save":
        return ", ".join(_field(speaker, one) for one in entry.sentence.split(", "))
    if entry.deed == "refused":
        return str(entry.details.get("path", entry.sentence))
    if entry.deed == "withdraw":
        return f"{speaker.name(names.PARTS, entry.details.get('locale'))}: {entry.sentence}"
    return entry.sentence


def _field(speaker: Speaker, one: str) -> str:
    part, _, name = one.rpartition(".")
    said = speaker.name(names.labels(), name)
    return said if part in ("", "facts") else f"{said}, {speaker.name(names.PARTS, part.removeprefix('words.'))}"

"""E-38: every screen of the desk passes the audit of the self-checking client and speaks one language, each of the two."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po

from pesona.editing import care
from pesona.media.taking import LARGEST_FILE
from tests.admin.desk import (
    EN,
    FACTS,
    HOLIDAYS,
    ITEM,
    PALACE,
    POINT,
    PUBLISH,
    SIGN_IN,
    SYNONYMS,
    WORDS_EN,
    WORDS_ID,
    turn_on_codes,
)
from tests.admin.test_import import IMPORT, check
from tests.admin.test_import import upload as upload_table
from tests.admin.test_photos import HEIC, png_of_size, press
from tests.client import Page, SelfCheckingClient, addresses_of
from tests.conftest import PASSWORD
from tests.notices import publish_notice
from tests.pictures import GOOD_WORDS, PHOTOS, camera_jpeg, jpeg, send, upload
from tests.reports import received
from tests.tables import HEADER, as_csv, as_xlsx, place
from tests.test_counts import miss_often
from tests.test_paste import REFUSED
from tests.test_phrases import ROOT

SignIn = Callable[..., SelfCheckingClient]
HISTORY = f"{ITEM}/history"
LOCALES = pytest.mark.parametrize("locale", ["id", "en"])


def foreign_phrases(locale: str) -> set[str]:
    """Return the phrases of the other language, those that both write alike aside."""
    with (ROOT / "translations/id/LC_MESSAGES/messages.po").open("rb") as file:
        plain = [(m.id, m.string) for m in read_po(file) if isinstance(m.id, str) and m.id]
    english, indonesian = {e for e, _ in plain}, {i for _, i in plain}
    return english - indonesian if locale == "id" else indonesian - english


def read(page: Page, locale: str, foreign: set[str]) -> None:
    """Expect that *page* speaks the language of the desk, the words of items aside."""
    assert page.one("html").get("lang") == locale, page.path
    assert not (found := set(said(page.one("body"))) & foreign), f"{page.path}: {found}"


def said(element: Element) -> Iterator[str]:
    """Yield each piece of text that speaks the language of the page."""
    yield element.get("aria-label", "-")
    yield (element.text or "-").strip()
    for child in element:
        if child.get("lang") is None:
            yield from said(child)
        yield (child.tail or "-").strip()


@LOCALES
def test_every_screen_reached_from_home_passes_the_audit(sign_in: SignIn, locale: str) -> None:
    siti, foreign = sign_in(locale=locale), foreign_phrases(locale)
    siti.submit(siti.visit(WORDS_EN), summary="A draft, so that something waits.")
    plan(siti)
    siti.submit(siti.visit(f"{ITEM}/review"), note="-")
    siti.submit(siti.visit(SYNONYMS), words="tugu\nmonument", note="-")
    miss_often(siti.app, "tugu api", locale)
    publish_notice(siti.app, start="2026-11-24")
    siti.submit(check(siti, [list(HEADER), place(1), place(2, district="?")]), press="run", rows="good")
    upload(siti, camera_jpeg())
    received(siti.app, PALACE, "-", locale)
    received(siti.app, "", "-", locale)
    waiting, seen = {"/admin"}, set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = siti.visit(path)
        if "/preview/" in path:  # a public page, in the language of its address
            continue
        read(page, locale, foreign)
        waiting |= {
            p for p in addresses_of([page]) if p.startswith("/admin") and p not in seen and not is_like_another(p)
        }
    assert {"/admin/notices/asap/facts", "/admin/notices/asap/words/en", "/admin/notices/asap/publish"} <= seen
    assert {HOLIDAYS, f"{HOLIDAYS}?year=2028", f"{HOLIDAYS}/1", f"{HOLIDAYS}/1/remove"} <= seen
    kinds = ("destinations", "events", "pages", "notices")
    assert {f"{ITEM}/schedules/1", f"{ITEM}/review", f"{ITEM}/preview-link/en", f"{ITEM}/preview/en?revision=2"} <= seen
    assert {PHOTOS, f"{PHOTOS}/1", f"{ITEM}/photos"} <= seen
    assert {f"{SYNONYMS}/1/remove", f"{SYNONYMS}?words=tugu+api"} <= seen
    assert {"/admin/account", PUBLISH, f"{ITEM}/withdraw/id", *(f"/admin/{k}/new" for k in kinds)} <= seen
    assert {"/admin/care/reports", "/admin/reports/2"} <= seen
    assert {HISTORY, f"{ITEM}/trash", f"{HISTORY}?left=1&right=2"} <= seen
    assert len(seen) >= 60


@LOCALES
def test_every_answer_to_a_form_passes_the_audit(sign_in: SignIn, locale: str) -> None:
    siti, budi, foreign = sign_in(locale=locale), sign_in("Budi"), foreign_phrases(locale)
    new = "/admin/destinations/new"
    opened, asked = siti.visit(WORDS_EN), siti.visit(f"{ITEM}/withdraw/en")
    budi.submit(budi.visit(WORDS_EN), WORDS_EN, summary="Budi was faster.")
    conflict = siti.submit(opened, status=409, summary="Mine.")
    account = {"action": "password", "old": "wrong", "new": "short"}
    answers = [
        conflict,
        siti.submit(conflict, status=422),
        siti.submit(siti.visit(FACTS), status=422, latitude="north", prices__0__amount_idr="cheap"),
        siti.submit(siti.visit(FACTS), status=200, press="add:sources"),
        siti.submit(siti.visit(new), status=422),
        siti.submit(siti.visit(WORDS_EN), WORDS_EN, status=422, name="x" * 201),
        siti.submit(asked, status=409, reason="A reason."),
        siti.submit(siti.visit(f"{ITEM}/withdraw/en"), status=422),
        siti.audit("/admin/account", siti.post("/admin/account", account), 422),
    ]
    public = siti.visit(PUBLISH)
    budi.submit(budi.visit(WORDS_EN), WORDS_EN, summary="Budi was faster again.", body="")
    answers.append(siti.submit(public, status=409))
    answers.append(siti.submit(siti.visit(PUBLISH), status=422))
    answers += [siti.visit(f"{ITEM}?done={d}") for d in ("saved", "same", "published", "withdrawn", "unknown")]
    answers += [siti.visit("/admin?done=dropped"), siti.visit("/admin/account?done=password")]
    answers += [siti.visit("/admin/destinations?q=istana&state=changed"), siti.visit("/admin/events?state=draft")]
    answers += [siti.visit(f"/admin?q={word}") for word in ("istana", "-")]
    answers += [siti.visit(f"/admin/care/{row.what}") for row in care.ROWS]
    answers.append(siti.visit("/admin/destinations/nothing", 404))
    answers += planned_answers(siti, budi)
    answers += synonym_answers(siti, budi) + holiday_answers(siti, budi) + notice_answers(siti, budi)
    answers += unsaved_answers(siti, budi)
    answers += history_answers(siti, budi)
    answers += hours_answers(siti, budi)
    answers += point_answers(siti, budi)
    answers += import_answers(siti)
    answers += photo_answers(siti, budi)
    for answer in answers:
        read(answer, locale, foreign)


def notice_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the screens of a notice, and the deeds that go live at once, can say to *siti*."""
    notice = "/admin/notices/asap"
    publish_notice(siti.app, start="2026-11-24", end="2026-11-25")
    opened = siti.visit(notice)
    budi.submit(budi.visit(f"{notice}/facts"), start="", end="soon", destinations="nothing", checked_on="2027-01-01")
    answers = [siti.submit(opened, f"{notice}/{press}", status=409) for press in ("end", "still-true")]
    answers.append(siti.submit(siti.visit(f"{notice}/publish"), status=422))
    wrong = siti.visit(f"{notice}/facts")
    siti.submit(wrong, start="soon", end="2026-11-01", scope="places", destinations="", checked_on="")
    answers.append(siti.submit(siti.visit(f"{notice}/publish"), status=422))
    siti.submit(siti.visit(f"{notice}/facts"), start="2026-11-01", end="2026-11-02")
    answers.append(siti.visit(f"{notice}/publish"))
    answers.append(siti.submit(siti.visit(f"{notice}/facts"), status=422, districts=["99"]))
    answers += [siti.submit(siti.visit(notice), f"{notice}/{press}") for press in ("still-true", "end")]
    publish_notice(siti.app, "nanti", start="2027-01-01", end="", scope="places", districts=["14.08.01"])
    answers += [siti.visit("/admin/notices/nanti"), siti.visit("/admin/notices/nanti/facts")]
    return answers


def plan(siti: SelfCheckingClient) -> Page:
    """Let what waits of the palace be published in two days; return the page that asks for the last yes."""
    asked: Page = siti.submit(siti.visit(PUBLISH), status=200, press="schedule", day="2026-11-26", time="08:00")
    siti.submit(asked)
    return asked


def planned_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the screens of reviews and schedules can say to *siti*, with *budi* in between."""
    wrong = (("2026-02-30", "08:00"), ("2026-11-24", "08:00"), ("2029-01-01", "08:00"), ("", ""))
    siti.submit(siti.visit(WORDS_EN), WORDS_EN, body="Words again, so that it may be published.")
    answers = [siti.submit(siti.visit(PUBLISH), status=422, press="schedule", day=d, time=t) for d, t in wrong]
    answers.append(siti.submit(siti.visit(PUBLISH), status=422, press="publish", day="2026-11-26", time="08:00"))
    asked = siti.visit(f"{ITEM}/review")
    answers += [asked, siti.submit(asked, note="-"), siti.visit(f"{ITEM}/review")]
    answers.append(siti.submit(siti.visit(PUBLISH), status=422, press="changes"))
    answers += [plan(siti), siti.visit(PUBLISH)]
    form, linked = siti.visit(f"{ITEM}/schedules/1"), siti.visit(f"{ITEM}/preview-link/id")
    budi.submit(budi.visit(WORDS_EN), WORDS_EN, summary="Budi was faster once more.", body="")
    answers += [siti.submit(form, status=409, press="cancel"), siti.submit(asked, status=409), siti.visit(ITEM)]
    answers += [siti.submit(siti.visit(f"{ITEM}/schedules/1"), status=422, press="newest"), linked]
    answers.append(siti.submit(linked, status=200))
    answers.append(siti.submit(siti.visit(PUBLISH), press="changes", note="-"))
    answers += [siti.visit("/admin"), siti.visit(f"{ITEM}/withdraw/id"), siti.visit("/admin/destinations?state=wanted")]
    answers.append(siti.submit(siti.visit(f"{ITEM}/withdraw/id"), status=422, press="schedule", reason="-"))
    later = {"reason": "-", "day": "2026-11-26", "time": "08:00"}
    answers += [siti.submit(siti.visit(f"{ITEM}/withdraw/id"), status=200, press="schedule", **later)]
    answers.append(siti.submit(siti.visit(f"{ITEM}/withdraw/id"), status=422, press="withdraw", **later))
    words = ("asked", "taken_back", "changes_wanted", "scheduled", "schedule_cancelled", "schedule_newest")
    return answers + [siti.visit(f"{ITEM}?done={word}") for word in words]


def history_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what history, undo, copy and trash can say to *siti*, with *budi* in between."""
    opened = siti.visit(HISTORY)
    siti.submit(siti.visit(WORDS_EN), WORDS_EN, body="A body of the palace.", summary="Short.")
    answers = [siti.submit(opened, f"{HISTORY}/1/restore", status=409), siti.visit(f"{HISTORY}?left=live&right=1")]
    answers.append(siti.submit(siti.visit(PUBLISH)))
    published = answers[-1]
    budi.submit(budi.visit(FACTS), year_built="1890", prices__0__amount_idr="99000")
    answers.append(siti.submit(published, f"{ITEM}/undo", status=409))
    answers.append(siti.submit(answers[-1], f"{ITEM}/undo"))
    answers.append(siti.submit(published, f"{ITEM}/undo", status=409))
    answers.append(siti.submit(siti.visit(ITEM), f"{ITEM}/copy"))
    answers.append(siti.submit(siti.visit(HISTORY), f"{HISTORY}/1/restore"))
    asked = siti.visit(f"{ITEM}/trash")
    budi.submit(budi.visit(FACTS), year_built="1891")
    answers.append(siti.submit(asked, status=409))
    answers.append(siti.submit(siti.visit(f"{ITEM}/trash")))
    budi.submit(budi.visit(FACTS), year_built="1892")
    answers.append(siti.submit(answers[-1], f"{ITEM}/untrash", status=409, press="undo"))
    answers.append(siti.submit(answers[-1], f"{ITEM}/untrash", press="undo"))
    said = ("untrashed", "untrashed_slug", "not_undone", "restored&dropped=motto")
    return [*answers, siti.visit(HISTORY), *(siti.visit(f"{ITEM}?done={word}") for word in said)]


def removal_answers(siti: SelfCheckingClient) -> list[Page]:
    """Return what permanent removal can say to the administrator *siti*."""
    wrong = siti.submit(siti.visit(f"{ITEM}/remove"), status=422, code="x", password="x")
    gone = siti.submit(siti.visit(f"{ITEM}/remove"), code=PALACE, password=PASSWORD)
    return [wrong, gone, siti.visit(ITEM, 410), siti.visit("/admin/destinations?state=trash")]


@LOCALES
def test_removal_for_good_passes_the_audit(sign_in: SignIn, locale: str) -> None:
    siti, foreign = sign_in(locale=locale, role="administrator"), foreign_phrases(locale)
    turn_on_codes(siti.app, "siti@example.go.id")
    for answer in removal_answers(siti):
        read(answer, locale, foreign)


def synonym_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the screen of synonyms can say to *siti*, with *budi* in between."""
    wrong = ("tugu", "\n".join("abcdefghijklm"), "tugu\nx", "tugu\na b c d e", "tugu\na_b")
    answers = [siti.submit(siti.visit(SYNONYMS), status=422, words=typed) for typed in wrong]
    answers.append(siti.submit(siti.visit(SYNONYMS), words="tugu\nmonument"))
    answers.append(siti.submit(siti.visit(SYNONYMS), status=422, words="tugu\nmonument"))
    form, asked = siti.visit(f"{SYNONYMS}/1"), siti.visit(f"{SYNONYMS}/1/remove")
    budi.submit(budi.visit(f"{SYNONYMS}/1"), note="-")
    answers += [siti.submit(form, status=409, words="tugu\npillar"), siti.submit(asked, status=409)]
    budi.submit(budi.visit(f"{SYNONYMS}/1/remove"))
    answers.append(siti.submit(form, status=409))
    answers += [siti.visit(f"{SYNONYMS}?done={d}") for d in ("group_saved", "group_removed", "same")]
    return answers


def is_like_another(path: str) -> bool:
    """Tell whether *path* is the screen of a holiday that is not the first one: there are many, all alike."""
    return bool(re.match(rf"{HOLIDAYS}/(?!1\b)\d+", path))


def holiday_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the screen of holidays can say to *siti*, with *budi* in between."""
    one = f"{HOLIDAYS}/1"
    given: dict[str, Any] = {"day": "2030-02-05", "name_id": "-", "source": "-"}
    answers = [
        siti.submit(siti.visit(HOLIDAYS), status=422, **given | wrong)
        for wrong in ({"day": "2030-02-30"}, {"day": "1999-01-01"}, {"name_id": ""})
    ]
    answers += [siti.submit(siti.visit(HOLIDAYS), **given), siti.submit(siti.visit(HOLIDAYS), status=422, **given)]
    form, asked = siti.visit(one), siti.visit(f"{one}/remove")
    budi.submit(budi.visit(one), source="-")
    answers += [siti.submit(form, status=409, name_en="-"), siti.submit(asked, status=409)]
    budi.submit(budi.visit(f"{one}/remove"))
    answers.append(siti.submit(form, status=409))
    answers.append(siti.visit(f"{HOLIDAYS}?year=2040"))
    return answers + [siti.visit(f"{HOLIDAYS}?done={d}") for d in ("holiday_saved", "holiday_removed", "same")]


def unsaved_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the desk says of text that is not saved and of translations, with *budi* in between."""
    siti.submit(siti.visit(WORDS_ID), WORDS_ID, summary="-", minor="yes")
    siti.submit(siti.visit(WORDS_ID), WORDS_ID, summary="- -")
    siti.submit(siti.visit(PUBLISH), parts=["id"])
    opened = siti.visit(WORDS_EN)
    budi.submit(budi.visit(WORDS_EN), WORDS_EN, tips="-")
    answers = [siti.submit(siti.submit(opened, WORDS_EN, status=409, tips="- -"), press="scratch")]
    budi.visit(WORDS_EN)
    answers += [siti.visit(WORDS_EN), siti.visit(f"{WORDS_EN}?scratch=use"), siti.visit("/admin")]
    answers.append(siti.submit(siti.visit(WORDS_EN), "/admin/scratch", press="drop"))
    answers.append(siti.submit(siti.visit(WORDS_EN), WORDS_EN, press="correct:all"))
    return answers


def point_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the screen of the map point can say to *siti*, with *budi* in between."""
    opened = siti.visit(POINT)
    answers = [siti.submit(opened, POINT, 422, press="read", paste=line) for line in REFUSED if line.strip()]
    answers.append(siti.submit(opened, POINT, 422, press="read", paste="102.0478, 0.79535"))
    answers.append(siti.submit(opened, POINT, 200, press="read", paste="0.2, 99.0"))
    answers.append(siti.submit(answers[-1], POINT, 422))
    answers.append(siti.submit(opened, POINT, 422, latitude="95", coord_precision_m="0"))
    answers.append(siti.submit(opened, POINT, 422, latitude=""))
    budi.submit(budi.visit(POINT), POINT, latitude="", longitude="")
    answers.append(siti.submit(opened, POINT, 409, latitude="0.81"))
    return [*answers, siti.visit(POINT)]


def hours_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the screens of hours and of closing for now can say to *siti*, with *budi* in between."""
    hours, close = f"{ITEM}/hours", f"{ITEM}/close"
    opened = siti.visit(hours)
    wrong = {"hours_week__mo__1__from": "25", "hours_week__tu__1__from": "8", "hours_week__we__1__from": "8",
             "hours_week__we__1__to": "8", "hours_dates__0__times": "?", "hours_status": "has_hours"}  # fmt: skip
    answers = [siti.submit(opened, hours, 422, **wrong), siti.submit(opened, hours, 200, "add:hours_seasons")]
    answers += [siti.submit(answers[-1], hours, 200, f"{b}:hours_week") for b in ("monday", "break", "third")]
    typed = {
        "hours_dates__0__start": "?",
        "hours_dates__0__times": "",
        "closed_until": "?",
        "hours_checked_on": "2099-01-01",
    }
    saved = siti.submit(answers[1], hours, hours_seasons__0__start="2027-02-02", hours_seasons__0__end="2027-02-01",
                        by_appointment="y", hours_source="-", **typed)  # fmt: skip
    answers += [saved, siti.visit(hours), siti.submit(siti.visit(PUBLISH), status=422)]
    budi.submit(budi.visit(hours), hours, hours_week__mo__1__from="8", hours_week__mo__1__to="9")
    answers.append(siti.submit(opened, hours, 409, hours_week__mo__1__from="8", hours_week__mo__1__to="10"))
    answers.append(siti.submit(siti.visit(close), close, 422, "close", closed_until="?", reason_id=""))
    answers.append(siti.submit(siti.visit(close), close, 422, "close", closed_until="2026-01-01", reason_en=""))
    late = siti.visit(close)
    siti.submit(
        siti.visit(hours), hours, hours_dates__0__start="", closed_until="", hours_checked_on="", hours_source=""
    )
    answers.append(siti.submit(late, close, 409, "close", reason_id="-", reason_en="-"))
    answers += [
        siti.submit(siti.visit(close), close, press=p, reason_id="-", reason_en="-") for p in ("close", "reopen")
    ]
    return answers


def import_answers(siti: SelfCheckingClient) -> list[Page]:
    """Return what the screens of import can say to *siti*."""
    wrong = [b"", b"code\n", b"code,x\na,b\n", b"code\n" + b"x" * (6 * 1024 * 1024)]
    answers = [siti.audit(IMPORT, upload_table(siti, c), 413 if len(c) > 1000 else 422) for c in wrong]
    header = ["code", "category", "name_id", "name_en", "latitude", "opening_hours", "district", "summary_en"]
    rows = [header, ["istana-siak-sri-indrapura", "history", "-", "-", "", "some day", "?", "-"], [], ["uji", "x", "", "", "y"],
            ["uji", "nature", "Uji", "", "", "some day", "", "-"], [*["uji-2", "nature", "Uji"], *[""] * 5]]  # fmt: skip
    checked = check(siti, as_csv([row + [""] * (len(header) - len(row)) for row in rows]))
    refused = siti.submit(checked, status=422, press="run", rows="all")
    done = siti.submit(siti.visit(checked.path), press="run", rows="good", publish="1")
    answers += [
        checked,
        refused,
        done,
        siti.submit(checked, status=409, press="run"),
        siti.visit(f"{checked.path}?show=wrong"),
    ]
    siti.submit(siti.visit("/admin/destinations/uji-2/words/id"), tips="-")
    answers.append(siti.submit(done, press="undo"))
    events = check(
        siti,
        as_xlsx([["code", "name_id", "category", "start", "rrule"], ["a", "A", "sport", "05/09/2026", "=1"]]),
        "a.xlsx",
        "events",
    )
    drafts = check(siti, [["code", "category", "name_id"], ["uji-3", "nature", "Uji"]])
    siti.submit(drafts, press="run")
    listed, action = siti.visit("/admin/destinations"), f"{IMPORT}/publish/destinations"
    answers += [events, listed, siti.submit(listed, action=action, status=422)]
    answers.append(siti.submit(listed, action=action, status=422, items=["1:uji-3"]))
    return [*answers, siti.visit(IMPORT), siti.visit("/admin/destinations?done=several")]


@LOCALES
def test_the_screens_of_accounts_and_codes_pass_the_audit(sign_in: SignIn, locale: str) -> None:
    ani, foreign = sign_in("Ani", "administrator", locale), foreign_phrases(locale)
    people, setup, own = "/admin/accounts", "/admin/account/codes", "/admin/account"
    answers = [ani.visit(people, 403), ani.visit(setup), ani.submit(ani.visit(setup), status=422)]
    late = {"setup": "x", "code": "1", "recovery": "2"}
    answers.append(ani.audit(setup, ani.post(setup, late), 422))
    _, recovery = turn_on_codes(ani.app, "ani@example.go.id")
    answers += [ani.submit(ani.visit(setup), status=422), ani.visit(people), ani.visit(own)]
    answers.append(ani.submit(ani.visit(people), people, status=422))
    invited = {"name": "Wati", "email": "wati@example.go.id", "role": "contributor", "areas": ["14.08.01"]}
    answers.append(ani.submit(ani.visit(people), people, status=200, **invited))
    link = answers[-1].one("input", id="link").get("value", "").removeprefix(ani.origin)
    for action, status in (("link", 200), ("save", 422), ("deactivate", 303), ("reactivate", 303), ("none", 400)):
        answer = ani.post(f"{people}/2", {"action": action})
        answers.append(ani.visit(f"{people}/2") if status == 303 else ani.audit(f"{people}/2", answer, status))
    answers.append(ani.audit(f"{people}/1", ani.post(f"{people}/1", {"action": "deactivate"}), 422))
    answers += [ani.visit(f"{people}/2?done={d}") for d in ("account_saved", "deactivated", "codes_reset")]
    answers += [ani.visit(f"{own}?done={d}") for d in ("name", "codes_on", "sign_in_ended", "sign_ins_ended")]
    answers += [ani.visit(path) for path in ("/admin/log", "/admin/log?deed=save&item=x", "/admin/log?person=1")]
    for answer in answers:
        read(answer, locale, foreign)
    read_as_a_stranger(ani, link, recovery[0], {"Accept-Language": locale}, foreign)


def read_as_a_stranger(
    ani: SelfCheckingClient, dead: str, recovery: str, headers: dict[str, str], foreign: set[str]
) -> None:
    """Read what the sign-in of *ani* with a code and the page of a *dead* link say before anybody is known."""
    stranger, locale = SelfCheckingClient(ani.app), headers["Accept-Language"]
    read(stranger.visit(dead, 410, headers=headers), locale, foreign)
    read(stranger.visit("/admin/password/x", 404, headers=headers), locale, foreign)
    read(stranger.visit(f"{SIGN_IN}?done=password_set", headers=headers), locale, foreign)
    account = {"email": "ani@example.go.id", "password": PASSWORD}
    step = stranger.audit(SIGN_IN, stranger.post(SIGN_IN, account, Accept_Language=locale), 200)
    half = step.one("input", name="half").get("value", "")
    for code, status in (("1", 401), (recovery, 303)):
        answer = stranger.post(f"{SIGN_IN}/code", {"half": half, "code": code}, Accept_Language=locale)
        assert answer.status_code == status
        if status == 401:
            read(stranger.audit(f"{SIGN_IN}/code", answer, status), locale, foreign)
    late = stranger.post(f"{SIGN_IN}/code", {"half": "x"}, Accept_Language=locale)
    read(stranger.audit(f"{SIGN_IN}/code", late, 401), locale, foreign)


def photo_answers(siti: SelfCheckingClient, budi: SelfCheckingClient) -> list[Page]:
    """Return what the screens of photos can say to *siti*, with *budi* in between."""
    one, its = f"{PHOTOS}/1", f"{ITEM}/photos"
    bad = (b"<svg/>", b"text", b"", HEIC, jpeg()[:9000], jpeg(900, 700), png_of_size(30_000, 30_000))
    answers = [siti.audit(PHOTOS, send(siti, jpeg(), *bad), 422), siti.audit(PHOTOS, send(siti), 422)]
    large = jpeg() + b"-" * LARGEST_FILE
    answers += [siti.audit(PHOTOS, send(siti, large), 413), siti.visit(f"{PHOTOS}?q=x&state=care")]
    form = siti.visit(one)
    answers.append(siti.submit(form, action=one, status=422, alt_id="x" * 151))
    budi.submit(budi.visit(one), action=one, **{**GOOD_WORDS, "licence": "cc-by"}, consent="nobody", grid="1")
    answers.append(siti.submit(form, action=one, status=409, credit="Siti"))
    upload(siti, camera_jpeg("gold"))
    order = siti.visit(its)
    budi_order = press(budi, budi.visit(its), "add:1")
    press(budi, budi_order, "save")
    answers.append(press(siti, press(siti, order, "add:2"), "save"))
    answers += [siti.visit(its), siti.audit(one, siti.post(f"{one}/trash", {}), 409), siti.visit(f"{PHOTOS}/2")]
    answers.append(siti.visit(siti.post(f"{PHOTOS}/2/trash", {}).headers["Location"]))
    done = ("photo_added", "photo_known", "photo_saved", "photo_restored", "photo_point", "same")
    answers += [siti.visit(f"{one}?done={d}") for d in done]
    answers += [siti.visit(f"{PHOTOS}?done=photos_added&state=trash"), siti.visit(PUBLISH)]
    return answers


@LOCALES
def test_the_sign_in_speaks_the_language_of_the_browser(client: SelfCheckingClient, locale: str) -> None:
    foreign, headers = foreign_phrases(locale), {"Accept-Language": f"{locale},fr;q=0.3"}
    read(client.visit(SIGN_IN, headers=headers), locale, foreign)
    read(client.visit("/admin/events", 401, headers=headers), locale, foreign)
    for number in range(11):
        answer = client.post(SIGN_IN, {"email": "a@b.example", "password": "x"}, Accept_Language=locale)
        read(client.audit(SIGN_IN, answer, 401 if number < 10 else 429), locale, foreign)


def test_a_merged_save_and_a_page_of_one_language_pass_the_audit(sign_in: SignIn) -> None:
    siti, budi = sign_in(locale="id"), sign_in("Budi")
    page = siti.visit(FACTS)
    budi.submit(budi.visit(FACTS), architect="Somebody")
    read(siti.submit(page, year_built="1890"), "id", foreign_phrases("id"))
    siti.submit(siti.visit(f"{ITEM}/withdraw/en"), reason="Sebuah alasan.")
    read(siti.visit(ITEM), "id", foreign_phrases("id"))
    assert siti.get(EN).status_code == 301

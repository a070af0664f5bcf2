"""What the audit log says, in sentences."""

from __future__ import annotations

from flask_babel import gettext as _

from app.accounts import services
from app.audit.chain import CONTRADICTED, Flaw
from app.audit.recording import APP, COMMAND, RESPONDENT, Action


def action(code: str) -> str:
    """What was done; a code of an earlier version is shown as it is."""
    names = {
        Action.SEE_LIST: _("Looked at the list of answers"),
        Action.SEE_ANSWERS: _("Read one person’s answers"),
        Action.SEE_CONTACT: _("Looked at how to reach the person"),
        Action.SEE_RECEIPTS: _("Looked at the codes of sent interviews"),
        Action.DOWNLOAD_ANSWERS: _("Downloaded answers"),
        Action.DOWNLOAD_SUMMARY: _("Downloaded a summary"),
        Action.CORRECT: _("Corrected answers"),
        Action.DELETE: _("Deleted answers"),
        Action.MARK: _("Gave answers to the focal person for safety first"),
        Action.HAND_ON: _("Handed answers on to the coordinator"),
        Action.HOLD_BACK: _("Held answers back because the person asked for it"),
        Action.RELEASE: _("No longer holds answers back"),
        Action.REQUEST: _("Wrote down a person’s request"),
        Action.CLOSE_REQUEST: _("Finished a person’s request"),
        Action.BACKUP: _("Made a backup"),
        Action.RESTORE: _("Restored a backup"),
        Action.RETENTION: _("Deleted what had been kept as long as promised"),
        Action.SET_TERMS: _("Changed how long answers are kept"),
        CONTRADICTED: _("The log noticed that entries had been removed or changed"),
    }
    return names.get(code, code)


def who(code: str) -> str:
    """Who did it; an account that is gone is shown by its id."""
    names = {
        RESPONDENT: _("The person who answered, with their code"),
        COMMAND: _("Somebody at the server, by a command"),
        APP: _("Suara Inklusi itself"),
    }
    if code in names:
        return names[code]
    account = services().accounts.get(code)
    return account.name if account else code


def flaw(found: Flaw) -> str:
    """What is wrong with the log."""
    number = found.number
    sentences = {
        "changed": _("Entry %(number)s was changed after it was written.", number=number),
        "missing": _("Entries are missing or moved before entry %(number)s.", number=number),
        "rewritten": _(
            "Entry %(number)s is not the one that was kept or written down.", number=number
        ),
        "cut": _("The end is cut off: there was an entry %(number)s.", number=number),
        "contradicted": _(
            "Entry %(number)s notes that entries before it had been removed or changed.",
            number=number,
        ),
        "unsealed": _("The second place that keeps the newest entry’s hash is empty or damaged."),
    }
    return sentences[found.code]

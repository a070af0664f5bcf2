"""What Collect shows to the facilitator after sending: one sentence or two, never a code."""

from __future__ import annotations

from flask_babel import gettext as _

from app.responses.attachments import LARGEST_FILE, LARGEST_RESPONSE

_MEGA = 1_000_000


class RefusedError(Exception):
    """An interview that is not kept: the status for the phone, and why, for the facilitator."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def kept(code: str) -> str:
    """A new interview, or a correction."""
    return _(
        "The answers are kept. Give the person this code: %(code)s. "
        "With it they can see, correct or delete their answers.",
        code=code,
    )


def kept_before(code: str) -> str:
    """The same again."""
    return _(
        "These answers had already arrived and are kept. The person’s code is %(code)s.", code=code
    )


def erased() -> str:
    """A late retry of what somebody took back."""
    return _("These answers were deleted on the server, so they were not kept again.")


def unreadable() -> str:
    """Not the XML of an interview."""
    return _("This is not an interview that the server can read. Nothing was kept.")


def no_xml() -> str:
    """The request has no part with the XML."""
    return _("There is no interview in what was sent. Nothing was kept.")


def unknown_form(form_id: str) -> str:
    """A form, or a version of one, that was never published here."""
    return _(
        "This server does not have this version of the form “%(form)s”. "
        "Keep the interview on the phone and tell the coordinator.",
        form=form_id,
    )


def closed() -> str:
    """The form takes no answers, and did not on the day of the interview."""
    return _(
        "This form is closed. Keep the interview on the phone and ask the coordinator "
        "to open the form."
    )


def not_storable() -> str:
    """The form's ``store_if`` is not true."""
    return _(
        "Consent is not complete, so nothing was kept. "
        "You may delete this interview from the phone."
    )


def correction_not_storable() -> str:
    """A correction after which the form's ``store_if`` is not true."""
    return _(
        "With this correction consent is not complete, so it was not kept. The earlier answers are "
        "still there; the person can delete them with their code."
    )


def conflict() -> str:
    """The same id with other content."""
    return _(
        "Other answers are kept under the number of this interview. "
        "Keep it on the phone and tell the coordinator."
    )


def nothing_to_correct() -> str:
    """The interview that this one corrects is not here."""
    return _(
        "The answers that this corrects have not arrived yet. Send the earlier interview first."
    )


def corrected_already() -> str:
    """The interview that this one corrects is not the latest."""
    return _(
        "These answers were corrected in another place since. "
        "Keep this correction on the phone and tell the coordinator."
    )


def too_large() -> str:
    """More bytes than are taken."""
    return _(
        "A file is larger than %(file)s MB, or all files together than %(all)s MB. "
        "Make the recording shorter or take it out, then send again.",
        file=LARGEST_FILE // _MEGA,
        all=LARGEST_RESPONSE // _MEGA,
    )


def wrong_address() -> str:
    """The token is nobody's, or was renewed."""
    return _("This server address is no longer valid. Ask the coordinator for the new one.")


def not_written() -> str:
    """The disk is full or broken."""
    return _("The server could not keep this now. Nothing is lost on the phone: send again later.")


def not_found() -> str:
    """An address below a valid one that leads nowhere."""
    return _("There is nothing at this address.")


def not_allowed() -> str:
    """A method that this address does not take."""
    return _("This address cannot be used in this way.")


def went_wrong() -> str:
    """Anything else."""
    return _("Something went wrong on the server. Nothing is lost on the phone: send again later.")

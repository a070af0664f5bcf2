"""Forms of the accounts pages. Passwords may be pasted and filled in by a password manager."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.accounts.passwords import MAX_LENGTH, MIN_LENGTH, Weakness, weakness


class SignInForm(FlaskForm):
    """Name and password."""

    name = StringField(
        lazy_gettext("Name"),
        [DataRequired(lazy_gettext("Write the name of your account."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [DataRequired(lazy_gettext("Write your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class _NewPassword(FlaskForm):
    password = PasswordField(
        lazy_gettext("New password"),
        [DataRequired(lazy_gettext("Write a password of at least 12 characters."))],
        description=lazy_gettext(
            "At least 12 characters. A few words that belong together only for you are good. "
            "You may paste it from a password manager."
        ),
        render_kw={"autocomplete": "new-password"},
    )

    def account_name(self) -> str:
        """Whose password it will be."""
        raise NotImplementedError

    def validate_password(self, field: PasswordField) -> None:
        """Say what is wrong, and what would do."""
        problem = weakness(field.data or "", self.account_name())
        if problem is not None:
            raise ValidationError(_weakness_message(problem))


class FirstAccountForm(_NewPassword):
    """The first coordinator names themselves."""

    name = StringField(
        lazy_gettext("Name of your account"),
        [
            DataRequired(lazy_gettext("Write a name for your account.")),
            Length(max=60, message=lazy_gettext("Write a name of at most 60 characters.")),
        ],
        description=lazy_gettext("You sign in with it. It does not have to be your full name."),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )

    def account_name(self) -> str:
        """What was just written."""
        return self.name.data or ""


class ChoosePasswordForm(_NewPassword):
    """Somebody who was invited, or who lost a password, chooses one."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._name = name

    def account_name(self) -> str:
        """The account that the link is for."""
        return self._name


class ChangePasswordForm(ChoosePasswordForm):
    """The old password is asked for, so that a screen left open changes nothing."""

    current = PasswordField(
        lazy_gettext("Password until now"),
        [DataRequired(lazy_gettext("Write the password that you have used until now."))],
        render_kw={"autocomplete": "current-password"},
    )


class ConfirmForm(FlaskForm):
    """A button without fields."""


def _weakness_message(problem: Weakness) -> str:
    messages = {
        Weakness.SHORT: _(
            "This password is too short. Write at least %(least)s characters.", least=MIN_LENGTH
        ),
        Weakness.LONG: _(
            "This password is too long. Write at most %(most)s characters.", most=MAX_LENGTH
        ),
        Weakness.COMMON: _(
            "This password is easy to guess. Choose words or characters that others would not try."
        ),
    }
    return messages[problem]

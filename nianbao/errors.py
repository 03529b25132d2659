"""Errors that a user may see: one line each, in Chinese, with the place and what to do."""

from __future__ import annotations


class NianbaoError(Exception):
    """An error whose text is fit for the user.

    Args:
        message: one Chinese sentence: what is wrong.
        where: the file, folder, option or setting concerned.
        hint: what to do about it.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """Return the whole line: place, message, hint."""
        place = f"{self.where}：" if self.where else ""
        advice = f"（{self.hint}）" if self.hint else ""
        return f"{place}{self.message}{advice}"

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword arguments when the error crosses a process boundary."""
        return (_rebuild, (type(self), self.message, self.where, self.hint))


def _rebuild(kind: type[NianbaoError], message: str, where: str, hint: str) -> NianbaoError:
    return kind(message, where=where, hint=hint)


class UsageError(NianbaoError):
    """The call itself is wrong: a missing folder, an impossible year (exit status 2)."""


class NothingThereError(UsageError):
    """A place can be read, and has nothing to read in it."""


class ReadError(NianbaoError):
    """A reader can't read these bytes; the next bidder may."""


class FinalReadError(ReadError):
    """A reader can't read these bytes, and knows that no other can: encrypted, damaged, beyond the bounds."""


class PassingReadError(ReadError):
    """A file can't be read now, and the same bytes may be later: a program is missing, or took too long."""


class CatalogueError(NianbaoError):
    """A catalogue file or an indicator card is wrong."""


class PluginError(NianbaoError):
    """A plugin breaks a rule of the plugin interface."""


class StoreError(NianbaoError):
    """The store can't be opened, read or written."""


class LostStoreError(StoreError):
    """The database's server can't be reached, and may be again in a while."""


class PublishError(NianbaoError):
    """A publisher can't write its files."""

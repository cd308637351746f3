"""The one exception whose text a user of the command line reads."""


class UserError(Exception):
    """Something that a user can mend; the text is one clear sentence."""

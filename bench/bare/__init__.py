"""The anchor of the screens: a page of Django with nothing of Xiezuo but its table of accounts."""

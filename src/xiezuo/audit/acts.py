"""The closed vocabulary of acts."""

from enum import StrEnum


class Act(StrEnum):
    """Every kind of act that the journal knows. A new operation adds its act here."""

    LOGGED_IN = "account.logged_in"
    LOG_IN_REFUSED = "account.log_in_refused"
    LOGGED_OUT = "account.logged_out"
    ACCOUNT_CREATED = "account.created"
    PASSWORD_SET = "account.password_set"  # noqa: S105 - the name of an act
    COMMISSION_SET_UP = "organisation.commission_set_up"
    STANDARD_SWITCHED = "organisation.standard_switched"
    BOOK_UPLOADED = "book.uploaded"
    BOOK_LOADED = "book.loaded"
    BOOK_REFUSED = "book.refused"
    LOAD_WITHDRAWN = "book.load_withdrawn"
    WORD_MAPPED = "book.word_mapped"
    BOOK_EXPORTED = "book.exported"
    LIST_EXPORTED = "list.exported"
    VIEW_SAVED = "list.view_saved"
    VIEW_FORGOTTEN = "list.view_forgotten"
    PERSON_ADDED = "organisation.person_added"
    POST_TAKEN_UP = "organisation.post_taken_up"
    POST_GIVEN_UP = "organisation.post_given_up"
    PERSON_MOVED = "organisation.person_moved"
    POST_CORRECTED = "organisation.post_corrected"
    POST_STRUCK = "organisation.post_struck"
    SHARE_BEGUN = "organisation.share_begun"
    SHARE_ENDED = "organisation.share_ended"
    PERSONAL_DATA_SHOWN = "organisation.personal_data_shown"
    TEMPLATE_SAVED = "reports.template_saved"
    REPORT_WRITTEN = "reports.written"
    REPORT_ISSUED = "reports.issued"

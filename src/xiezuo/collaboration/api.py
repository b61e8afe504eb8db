"""What other apps may use of the collaboration."""

from xiezuo.collaboration.requests.applying_operations import follow_move as follow_move_of_request

__all__ = ["follow_move_of_request"]

"""What can be wrong with a template or a run."""

from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput


class TemplateRefused(BadInput):
    """A template cannot be rendered: `line` (from 1, 0 if unknown) and `problem`, in the reader's language."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        place = _("Line %(line)d of the template: ") % {"line": line} if line else _("The template: ")
        super().__init__(place + problem)


class Unsuitable(Exception):
    """What a template did cannot be done; whoever knows the line turns this into `TemplateRefused`."""

"""What plans are drawn on, from the county's own sheets and files; and proposals, reckoned in the background."""

from django.db import models

from xiezuo.zones.states import GroundKind, ProposalState

_COMMISSION = "organisation.Commission"


class GroundEdition(models.Model):
    """One row is one edition of what a county gave to draw zones on: ways, loads, neighbours or areas; the last counts.

    `content` is checked JSON; ways: {"minutes": {unit code: {unit code: minutes}}}; loads: {"loads": {unit code: {name: number}}};
    neighbours: {"pairs": [[code, code]]}; areas: GeoJSON whose features name a unit by `code`.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField(choices=GroundKind.choices)
    content = models.JSONField()
    file_name = models.TextField()
    sha256 = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="ground_last", fields=["commission", "kind", "-id"])]


class Proposals(models.Model):
    """One row is one question for proposals, for a plan or for the ledger of a day, how far it is, and the answer.

    `asked` are the wishes and weights of the question, `progress` what is being done now, `result` the proposals as
    JSON; equal questions with equal seeds have equal results.
    """

    commission = models.ForeignKey(_COMMISSION, on_delete=models.PROTECT, related_name="+", db_index=False)
    plan = models.ForeignKey(
        "zones.Plan", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    day = models.DateField()
    asked = models.JSONField()
    state = models.TextField(choices=ProposalState.choices, default=ProposalState.WAITING)
    progress = models.JSONField(default=dict, blank=True)
    result = models.JSONField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)
    by = models.TextField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(unique=True)

    class Meta:
        indexes = [models.Index(name="proposals_of_commission", fields=["commission", "-id"])]

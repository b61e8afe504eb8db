"""Tables of the collaboration: requests, teams, recusal, loans, and the work with its papers."""

from xiezuo.collaboration.models.loans import Lent, Loan, Pairing, PairingVisit
from xiezuo.collaboration.models.recusal import (
    Declaration,
    Interference,
    InterferenceStep,
    Intervener,
    Recusal,
    RecusalGround,
)
from xiezuo.collaboration.models.requests import Access, Request, RequestMove, Widening
from xiezuo.collaboration.models.safety import Incident, IncidentStep, Recording, Talk
from xiezuo.collaboration.models.teams import Member
from xiezuo.collaboration.models.work import (
    Evaluation,
    JointMeeting,
    Letter,
    LogEntry,
    Paper,
    Task,
    WorkPlan,
)

__all__ = [
    "Access",
    "Declaration",
    "Evaluation",
    "Incident",
    "IncidentStep",
    "Interference",
    "InterferenceStep",
    "Intervener",
    "JointMeeting",
    "Lent",
    "Letter",
    "Loan",
    "LogEntry",
    "Member",
    "Pairing",
    "PairingVisit",
    "Paper",
    "Recording",
    "Recusal",
    "RecusalGround",
    "Request",
    "RequestMove",
    "Talk",
    "Task",
    "Widening",
    "WorkPlan",
]

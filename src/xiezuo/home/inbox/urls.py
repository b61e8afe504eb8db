"""Addresses of the inbox."""

from django.urls import path

from xiezuo.home.inbox import paper_views
from xiezuo.home.inbox.views import approval, delegations, lists, office, phrases

app_name = "inbox"
urlpatterns = [
    path("", lists.inbox, name="list"),
    path("batch/", lists.batch, name="batch"),
    path("<int:pk>/", approval.approval, name="approval"),
    path("<int:pk>/decide/", approval.decide, name="decide"),
    path("<int:pk>/decide/proved/", approval.decide_proved, name="decide-proved"),
    path("<int:pk>/apply/", approval.apply, name="apply"),
    path("<int:pk>/recuse/", approval.recuse, name="recuse"),
    path("<int:pk>/paper/", approval.enter_paper, name="enter-paper"),
    path("<int:pk>/paper/settle/", approval.settle_paper, name="settle-paper"),
    path("<int:pk>/signers/", approval.signers, name="signers"),
    path("<int:pk>/form.<str:ending>", paper_views.form, name="form"),
    path("n/<str:number>/", paper_views.by_number, name="by-number"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/<int:pk>/drop/", phrases.drop, name="drop-phrase"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/<int:pk>/end/", delegations.end, name="end-delegation"),
    path("numbers/", office.numbers, name="numbers"),
    path("hand-over/", office.open_work, name="open-work"),
    path("hand-over/<int:pk>/", office.hand_over, name="hand-over"),
]

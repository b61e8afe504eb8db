"""Addresses of loans of people, and of units that are paired."""

from django.urls import path

from xiezuo.collaboration.loans import acting_views, ledger_views, pairing_views, paper_views, views

urlpatterns = [
    path("", views.loans, name="loans"),
    path("ask/", acting_views.ask_loan, name="ask-loan"),
    path("consents/", views.consents, name="loan-consents"),
    path("own/", views.own, name="own-loans"),
    path("ledger/", ledger_views.ledger_loans, name="ledger-loans"),
    path("ledger/<int:pk>/register/", ledger_views.register, name="register-loan"),
    path("<int:pk>/", views.loan, name="loan"),
    path("<int:pk>/change/", acting_views.change_loan, name="change-loan"),
    path("<int:pk>/candidate/", acting_views.offer, name="offer-candidate"),
    path("<int:pk>/close/", acting_views.close, name="close-loan"),
    path("<int:pk>/paper/", paper_views.paper, name="loan-paper"),
    path("people/<int:pk>/<slug:verb>/", acting_views.act, name="lent-act"),
    path("pairings/", pairing_views.pairings, name="pairings"),
    path("pairings/make/", pairing_views.make, name="make-pairing"),
    path("pairings/<int:pk>/", pairing_views.pairing, name="pairing"),
    path("pairings/<int:pk>/visit/", pairing_views.visit, name="add-visit"),
    path("pairings/<int:pk>/review/", pairing_views.review, name="review-pairing"),
]

"""Addresses of the three consoles; they share nothing but the shell."""

from django.urls import path

from xiezuo.home.consoles.views import auditor, door, grants, review, security, system

app_name = "consoles"
urlpatterns = [
    path("auditor/", auditor.journal, name="auditor"),
    path("auditor/entries/<int:number>/", auditor.entry, name="entry"),
    path("auditor/timeline/", auditor.timeline, name="timeline"),
    path("auditor/verification/", auditor.verification, name="verify"),
    path("auditor/verification/now/", auditor.verify_now, name="verify-now"),
    path("auditor/verification/progress/", auditor.verification_progress, name="verify-progress"),
    path("auditor/heads/", auditor.signed_heads, name="heads"),
    path("auditor/heads/sign/", auditor.sign_now, name="sign"),
    path("auditor/heads/sheet/", auditor.code_sheet, name="code-sheet"),
    path("auditor/export/", auditor.export, name="journal-export"),
    path("security/", security.holders, name="security"),
    path("security/accounts/<int:number>/", security.holder, name="holder"),
    path("security/persons/", security.persons, name="persons"),
    path("security/persons/<int:number>/confirm/", security.confirm, name="confirm-person"),
    path("security/persons/<int:number>/refuse/", security.refuse, name="refuse-person"),
    path("security/who-can-see/", review.who_can_see, name="who-can-see"),
    path("security/review/", review.review, name="review"),
    path("security/review/done/", review.reviewed, name="reviewed"),
    path("security/behaviour/", review.behaviour, name="behaviour"),
    path("security/door/", door.policy, name="door"),
    path("security/recoveries/", door.recoveries, name="recoveries"),
    path("security/recoveries/<int:number>/", door.confirm_recovery, name="confirm-recovery"),
    path("grants/", grants.grants, name="grants"),
    path("grants/propose/", grants.propose, name="propose"),
    path("grants/propose/send/", grants.send_proposal, name="send-proposal"),
    path("grants/<int:number>/", grants.grant, name="grant"),
    path("grants/<int:number>/decide/", grants.decide, name="decide"),
    path("grants/<int:number>/withdraw/", grants.withdraw, name="withdraw"),
    path("grants/<int:number>/end/", grants.end, name="end"),
    path("system/", system.accounts, name="system"),
    path("system/accounts/open/", system.open_one, name="open-account"),
    path("system/accounts/<int:number>/", system.account, name="account"),
    path("system/accounts/<int:number>/password/", system.temporary_password, name="temporary-password"),
    path("system/accounts/<int:number>/active/", system.set_active, name="set-active"),
    path("system/accounts/<int:number>/person/", system.name_person, name="name-person"),
    path("system/accounts/<int:number>/recovery/", system.open_recovery, name="open-recovery"),
    path("system/accounts/<int:number>/unlock/", system.unlock, name="unlock"),
    path("system/jobs/", system.jobs, name="jobs"),
    path("system/jobs/<int:number>/retry/", system.retry, name="retry"),
    path("system/health/", system.health, name="health"),
]

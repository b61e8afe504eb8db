"""Collaboration zones, their members and leaders."""

from django.apps import AppConfig


class ZonesConfig(AppConfig):
    """The app `zones` of the house."""

    name = "xiezuo.zones"
    label = "zones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked, and how rules of zone plans are tried."""
        from xiezuo.zones.figures import register_figures  # noqa: PLC0415 - models load after the apps
        from xiezuo.zones.joining.kind import register_kinds  # noqa: PLC0415
        from xiezuo.zones.plans.kind import register_kind as register_plans  # noqa: PLC0415
        from xiezuo.zones.rule_trial_shown import register_trial  # noqa: PLC0415

        register_figures()
        register_plans()
        register_kinds()
        register_trial()

"""Regulations."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """The app `rules` of the house."""

    name = "xiezuo.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what can be asked, and what can be decided in steps."""
        from xiezuo.rules.figures import register_figures  # noqa: PLC0415 - models load after the apps
        from xiezuo.rules.regulation_kind import register_kind  # noqa: PLC0415
        from xiezuo.rules.rule_figures import register_figures_of_kinds, register_rule_figures  # noqa: PLC0415

        register_figures()
        register_rule_figures()
        register_kind()
        # The apps above stand before this one in the settings, so that their kinds are declared by now.
        register_figures_of_kinds()

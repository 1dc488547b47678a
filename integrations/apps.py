from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "integrations"

    def ready(self) -> None:
        """Tell the edge whom to call: upwards it knows nobody, so it is told here."""
        # Models are not ready when this module is imported.
        from integrations import alerts, health  # noqa: PLC0415
        from integrations.xero import alerts as edge_alerts  # noqa: PLC0415
        from integrations.xero import client, vault  # noqa: PLC0415

        client.register_reporter(health.report)
        edge_alerts.register(alerts.misconfigured)
        vault.register_death(health.grant_died)

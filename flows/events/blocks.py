"""The block that keeps an address secret on Prefect's server, and sends to it.

The server finds it by the entry point `prefect.collections`; a change of its fields wants a new deploy.
"""

from __future__ import annotations

from apprise import Apprise, AppriseAsset, NotifyFormat
from prefect.blocks.notifications import AppriseNotificationBlock
from pydantic import Field, SecretStr

# Services and machines are slow at times, and a notice is sent once: apprise's own 4 seconds lose it.
_PATIENCE, _RETRIES, _PAUSE = 30.0, 2, 2.0


class NianbaoNotice(AppriseNotificationBlock):
    """An address that notices of nianbao go to; `nianbao deploy` keeps it, by the setting `notify`."""

    _block_type_name = "nianbao 通知"
    _block_type_slug = "nianbao-notice"
    _description = "nianbao 的通知发到哪里；由设置 notify 写入，请不要在这里改。"

    url: SecretStr = Field(default=..., title="地址", description="apprise 的地址，如 wecombot://…")

    def _start_apprise_client(self, url: SecretStr) -> None:
        # Prefect's own would sign as Prefect, and send a mail's lines as if they were HTML.
        asset = AppriseAsset(
            app_id="nianbao",
            app_desc="nianbao",
            app_url="",
            body_format=NotifyFormat.TEXT,
            async_mode=True,
            default_service_retry=_RETRIES,
            default_service_wait=_PAUSE,
        )
        self._apprise_client = Apprise(asset=asset)
        self._apprise_client.add(url.get_secret_value())
        for service in self._apprise_client:
            # What the address itself says (rto, cto) stands as an attribute of its own.
            for timeout in ("socket_read_timeout", "socket_connect_timeout"):
                if timeout not in vars(service):
                    setattr(service, timeout, _PATIENCE)

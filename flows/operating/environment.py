"""What Prefect's processes are told by their environment; nothing of the user's own Prefect gets in."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flows.operating.home import HOST, Home
from flows.server import RECORDING

# What of Prefect's own settings an operator may tune.
_TUNED = (
    "PREFECT_INTEGRATIONS_KUBERNETES_",
    "PREFECT_LOGGING_",
    "PREFECT_SERVER_LOGGING_",
    "PREFECT_SERVER_SERVICES_",
    "PREFECT_WORKER_",
)
HEARTBEAT_SECONDS = 30
# By it the processes of a server are known again, whoever started them.
MARK = "NIANBAO_SERVER_CHILD"
_PACKAGES = "nianbao,connectors,plugins,outputs,flows"


def client_environment(home: Home, address: str, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment of what speaks with a server: workers, their flows, and our own commands.

    Args:
        home: of the server.
        address: where it answers, `http://127.0.0.1:4200`.
        given: the environment of this process.
    """
    kept = {
        name: value
        for name, value in given.items()
        if not name.startswith("PREFECT_") or name.startswith(_TUNED)
    }
    usual = {
        "PREFECT_LOGGING_EXTRA_LOGGERS": _PACKAGES,
        "PREFECT_WORKER_ENABLE_CANCELLATION": "true",
    } | RECORDING
    return (
        usual
        | kept
        | _own_home(home)
        | {
            "PREFECT_API_URL": f"{address}/api",
            "PREFECT_API_AUTH_STRING": home.password(),
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
        }
    )


def server_environment(
    home: Home,
    port: int,
    database: str,
    given: Mapping[str, str] = os.environ,
    *,
    host: str = HOST,
    pages: str = "",
) -> dict[str, str]:
    """Return the environment of the server itself.

    Args:
        home: of the server.
        port: where it is to answer.
        database: the address of its database, with the driver that Prefect uses.
        given: the environment of this process.
        host: the address that it listens on; this machine alone has it, unless told otherwise.
        pages: where browsers reach it, `https://nianbao.example`; empty for this machine and its port.
    """
    address = f"http://{HOST}:{port}"
    seen = pages or address
    return client_environment(home, address, given) | {
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_AUTH_STRING": home.password(),
        # Prefect's defaults leave both open to any page in the operator's browser.
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": seen,
        "PREFECT_SERVER_UI_API_URL": f"{seen}/api",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_LOG_RETRYABLE_ERRORS": "true",
        # In memory, who holds a limit is forgotten when the server is started anew, and the limit stays full.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    }


def _own_home(home: Home) -> dict[str, str]:
    return {
        "PREFECT_HOME": str(home.prefect),
        "PREFECT_PROFILES_PATH": str(home.prefect / "profiles.toml"),
        # Anybody who can write where results stand could run code, were they pickled.
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
        "PREFECT_CLI_COLORS": "false",
        "DO_NOT_TRACK": "1",
        MARK: str(home.folder),
    }

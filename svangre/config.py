"""Settings, read once from the environment. Names and defaults are those of README.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from svangre.national.builds import BUILDS

DENMARK = ZoneInfo("Europe/Copenhagen")


class BadSetting(Exception):
    """A setting that the program cannot start with; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    data_dir: Path = Path("data")
    database_url: str = ""  # empty: SQLite in data_dir
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    demo: bool = False
    fixed_today: date | None = None
    gm_version: str = "0.1.0"
    key_file: Path | None = None
    smtp_url: str = ""
    proxy_hops: int = 0
    mhd_url: str = ""  # document registry that signed documents are offered to (IHE MHD ITI-65); empty: none
    mhd_cert: Path | None = None
    mhd_key: Path | None = None
    metrics_token: str = ""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'svangre.db').resolve()}"

    @property
    def address(self) -> str:
        return self.base_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def is_local(self) -> bool:
        """Plain http on loopback: cookies cannot carry the __Host- prefix there."""
        return self.address.startswith("http://")

    def now(self) -> datetime:
        """The present moment in Denmark; on the fixed day, if a day is fixed."""
        now = datetime.now(DENMARK)
        return now if self.fixed_today is None else datetime.combine(self.fixed_today, now.timetz())

    def today(self) -> date:
        return self.now().date()


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from environment variables.

    Raises:
        BadSetting: a value that cannot be used, or TODAY set outside the demo.
    """
    env = os.environ if env is None else env
    demo = env.get("DEMO", "0") == "1"
    try:
        fixed = date.fromisoformat(env["TODAY"]) if env.get("TODAY") else None
        port, hops = int(env.get("PORT", "8000")), int(env.get("PROXY_HOPS", "0"))
    except ValueError as error:
        raise BadSetting(f"TODAY skal være en dato (2026-11-24), PORT og PROXY_HOPS hele tal: {error}") from None
    if fixed and not demo:
        raise BadSetting("TODAY må kun sættes sammen med DEMO=1.")
    gm_version = env.get("GM_VERSION", "0.1.0")
    if gm_version not in BUILDS:
        raise BadSetting(f"GM_VERSION skal være {' eller '.join(BUILDS)}.")
    settings = Settings(
        data_dir=Path(env.get("DATA_DIR", "data")),
        database_url=env.get("DATABASE_URL", ""),
        host=env.get("HOST", "127.0.0.1"),
        port=port,
        base_url=env.get("BASE_URL", ""),
        demo=demo,
        fixed_today=fixed,
        gm_version=gm_version,
        key_file=Path(env["KEY_FILE"]) if env.get("KEY_FILE") else None,
        smtp_url=env.get("SMTP_URL", ""),
        proxy_hops=hops,
        mhd_url=env.get("MHD_URL", "").rstrip("/"),
        mhd_cert=Path(env["MHD_CERT"]) if env.get("MHD_CERT") else None,
        mhd_key=Path(env["MHD_KEY"]) if env.get("MHD_KEY") else None,
        metrics_token=env.get("METRICS_TOKEN", ""),
    )
    if settings.mhd_url and not demo and not (settings.mhd_url.startswith("https://") and settings.mhd_cert):
        raise BadSetting("MHD_URL skal begynde med https:// og have et klientcertifikat i MHD_CERT.")
    if not demo and settings.is_local and settings.host not in ("127.0.0.1", "localhost", "::1"):
        raise BadSetting("BASE_URL skal begynde med https://, når programmet kan nås udefra.")
    return settings

"""nianbao reads annual 法治政府建设 reports; this package is all that a plugin author imports."""

from nianbao.errors import (
    FinalReadError,
    NianbaoError,
    PassingReadError,
    PluginError,
    PublishError,
    ReadError,
    UsageError,
)
from nianbao.hookspecs import hookimpl
from nianbao.model import *  # noqa: F403  the records are the interface
from nianbao.model import __all__ as _model_names
from nianbao.observing import observation_of
from nianbao.records import (
    INDICATORS,
    ITEMS,
    NUMERALS,
    SECTIONS,
    Context,
    Extractor,
    MandatedParts,
    Publisher,
    Reader,
    RegionProfile,
    ReportKind,
    Source,
    Validator,
)

__all__ = [
    "INDICATORS",
    "ITEMS",
    "NUMERALS",
    "SECTIONS",
    "Context",
    "Extractor",
    "FinalReadError",
    "NianbaoError",
    "PassingReadError",
    "PluginError",
    "PublishError",
    "ReadError",
    "Reader",
    "MandatedParts",
    "RegionProfile",
    "ReportKind",
    "Publisher",
    "Source",
    "UsageError",
    "Validator",
    "hookimpl",
    "observation_of",
]
__all__ += _model_names

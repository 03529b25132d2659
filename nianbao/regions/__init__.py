"""Regions: their profiles, which of them reads a report, and the catalogue that it then reads with."""

from nianbao.regions.apart import bearing_on, regional_plugins
from nianbao.regions.catalogues import catalogue_of, lineage_of, whole_catalogue
from nianbao.regions.choice import choose, named_profile
from nianbao.regions.hosts import chosen_region, names_host, regions_of_hosts
from nianbao.regions.profile import load_profile
from nianbao.regions.reading import in_region, is_of_other_regions, placed

__all__ = [
    "bearing_on",
    "catalogue_of",
    "choose",
    "chosen_region",
    "in_region",
    "is_of_other_regions",
    "lineage_of",
    "load_profile",
    "named_profile",
    "names_host",
    "placed",
    "regional_plugins",
    "regions_of_hosts",
    "whole_catalogue",
]

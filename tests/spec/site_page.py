"""Puts the specs on the site: mkdocs calls this as it builds, so that the page never falls behind."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from tests.spec.pages import spec_pages

PAGE = "specs.md"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of examples to the pages that are written."""
    files.append(File.generated(config, PAGE, content=spec_pages()))
    return files

"""The sections of the settings, each a module or a package with ``SECTION = SectionEntry(...)``."""

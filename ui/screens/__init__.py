"""The screens (页面): one module per noun or job, each with ``SCREEN = ScreenEntry(...)``; ``ui.frame`` finds them."""

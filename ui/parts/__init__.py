"""What screens are made of (零件): each file one part, complete by keyboard, with its name for screen readers.

Parts know the theme and each other; they know no noun, no action and no screen.
"""

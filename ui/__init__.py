"""The window (窗口): everything that knows Qt. Screens call actions and read models; no rules and no SQL live here."""

"""The window. The only home of Qt: views show, presenters send, services do."""

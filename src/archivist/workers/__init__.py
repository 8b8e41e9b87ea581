"""What runs in sandboxed children: parsers of documents. Never imported by the app's process."""

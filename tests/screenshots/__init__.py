"""Pictures of every screen, to be laid beside `design/`; `make screenshots` takes them."""
